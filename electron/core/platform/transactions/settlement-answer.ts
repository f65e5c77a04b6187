import { z } from 'zod'
import type { Fen, SettlementFigures, UnitPrice } from '../../../contract/index.ts'
import { neededAmount, neededCount, neededPrice, neededText, neededTime, row, rows, someAmount, someDate, somePrice, someShare, someTenths, someText } from '../answer-fields.ts'
import type { Booked, InsuredBasket } from '../client.ts'
import { fundName } from '../profile-words.ts'

/** The amounts that every settlement answer carries. The six of the equations must be there; another that is missing is 0 (platform.md §2). */
export const amountFields = {
  medfee_sumamt: neededAmount(), fulamt_ownpay_amt: someAmount(), overlmt_selfpay: someAmount(), preselfpay_amt: someAmount(), inscp_scp_amt: someAmount(), act_pay_dedc: someAmount(),
  hifp_pay: someAmount(), pool_prop_selfpay: someShare(), cvlserv_pay: someAmount(), hifes_pay: someAmount(), hifmi_pay: someAmount(), hifob_pay: someAmount(), maf_pay: someAmount(), oth_pay: someAmount(),
  fund_pay_sumamt: neededAmount(), psn_part_amt: neededAmount(), acct_pay: neededAmount(), psn_cash_pay: neededAmount(), balc: someAmount(), acct_mulaid_pay: someAmount(), hifdm_pay: someAmount(),
}
/** 2101 and 2102 alike, but for `setl_id`. */
export const setlinfoFields = {
  ...amountFields,
  mdtrt_id: neededText(30), psn_no: neededText(30), psn_name: someText(50), psn_cert_type: someText(6, 'psn_cert_type'), certno: someText(50), gend: someText(6, 'gend'), naty: someText(3, 'naty'), brdy: someDate(), age: someTenths(),
  insutype: someText(6, 'insutype'), psn_type: someText(6, 'psn_type'), cvlserv_flag: someText(3, 'cvlserv_flag'), setl_time: neededTime(), mdtrt_cert_type: someText(3, 'mdtrt_cert_type'), med_type: someText(6, 'med_type'), medins_setl_id: someText(30), clr_optins: someText(6),
  clr_way: someText(6, 'clr_way'), clr_type: someText(6, 'clr_type'), exp_content: someText(4000), hosp_part_amt: someAmount(),
}
export const setldetail = z.object({
  fund_pay_type: someText(6, 'fund_pay_type'), inscp_scp_amt: someAmount(), crt_payb_lmt_amt: someAmount(), fund_payamt: someAmount(), fund_pay_type_name: someText(200), setl_proc_info: someText(4000),
})
export const detlcutinfo = z.object({
  feedetl_sn: neededText(30), det_item_fee_sumamt: neededAmount(), cnt: neededCount(), pric: neededPrice(), pric_uplmt_amt: somePrice(), selfpay_prop: someShare(), fulamt_ownpay_amt: someAmount(),
  overlmt_amt: someAmount(), preselfpay_amt: someAmount(), inscp_scp_amt: someAmount(), chrgitm_lv: neededText(3, 'chrgitm_lv'), med_chrgitm_type: someText(6, 'med_chrgitm_type'), bas_medn_flag: someText(3, 'bas_medn_flag'), hi_nego_drug_flag: someText(3, 'hi_nego_drug_flag'),
  chld_medc_flag: someText(3, 'chld_medc_flag'), list_sp_item_flag: someText(3, 'list_sp_item_flag'), drt_reim_flag: someText(3, 'drt_reim_flag'), memo: someText(500),
})
/** Only the trial prints the hospital's share by line. */
const trialCut = detlcutinfo.extend({ hosp_part_amt: someAmount() })

type Amounts = z.infer<z.ZodObject<typeof amountFields>> & { readonly hosp_part_amt?: Fen; readonly clr_type?: string }

/** Personal and family accounts in the national table of fund kinds: some provinces list them among the funds. They are the patient's own money and have figures of their own. */
const ACCOUNT_FUNDS: ReadonlySet<string> = new Set(['310200', '390500'])

export const figuresOf = (info: Amounts, funds: readonly z.infer<typeof setldetail>[], lines: SettlementFigures['lines']): SettlementFigures => ({
  totalFen: info.medfee_sumamt,
  fundFen: info.fund_pay_sumamt,
  pooledFundFen: info.hifp_pay,
  personalFen: info.psn_part_amt,
  accountFen: info.acct_pay,
  familyAccountFen: info.acct_mulaid_pay,
  cashFen: info.psn_cash_pay,
  hospitalFen: info.hosp_part_amt ?? (0 as Fen),
  fullSelfPayFen: info.fulamt_ownpay_amt,
  overLimitFen: info.overlmt_selfpay,
  preSelfPayFen: info.preselfpay_amt,
  inScopeFen: info.inscp_scp_amt,
  deductibleFen: info.act_pay_dedc,
  poolingShare: info.pool_prop_selfpay ?? 0,
  balanceAfterFen: info.balc,
  clearingType: info.clr_type ?? '',
  funds: funds.filter((fund) => !ACCOUNT_FUNDS.has(fund.fund_pay_type)).map((fund) => ({
    code: fund.fund_pay_type, name: fund.fund_pay_type_name || fundName(fund.fund_pay_type), amountFen: fund.fund_payamt, limitFen: fund.crt_payb_lmt_amt, process: fund.setl_proc_info,
  })),
  lines: [...lines],
})

/** 收费项目等级, national code table. */
const LEVELS = { '01': 'A', '02': 'B', '03': 'C' } as const
const levelOf = z.enum(['01', '02', '03']).transform((code) => LEVELS[code])

const linesOf = (cuts: readonly z.infer<typeof detlcutinfo>[], basket: InsuredBasket): SettlementFigures['lines'] => cuts.map((cut) => {
  const asked = basket.lines.find((line) => String(line.position) === cut.feedetl_sn)
  return {
    // A line that nobody asked about keeps the platform's number: checkFigures finds no such line.
    lineId: (asked?.lineId ?? cut.feedetl_sn) as SettlementFigures['lines'][number]['lineId'],
    amountFen: cut.det_item_fee_sumamt,
    quantity: cut.cnt,
    unitPrice: cut.pric,
    // Required by the table, so a drug without a limit comes with 0.
    priceLimit: cut.pric_uplmt_amt === (0 as UnitPrice) ? null : cut.pric_uplmt_amt,
    level: levelOf.parse(cut.chrgitm_lv),
    selfPayShare: cut.selfpay_prop,
    fullSelfPayFen: cut.fulamt_ownpay_amt,
    overLimitFen: cut.overlmt_amt,
    preSelfPayFen: cut.preselfpay_amt,
    inScopeFen: cut.inscp_scp_amt,
    message: cut.memo,
  }
})

/** Whose and which settlement the answer says it is: compared with the question by the client. */
export interface AnswerIdentity { readonly personNumber: string; readonly settlementMessageId: string }

const trialInfo = z.object({ ...setlinfoFields })
const settledInfo = z.object({ setl_id: neededText(30), ...setlinfoFields })
const trialOutput = row(z.object({ setlinfo: row(trialInfo), setldetail: rows(setldetail).optional(), detlcutinfo: rows(trialCut).optional() }))
const settledOutput = row(z.object({ setlinfo: row(settledInfo), setldetail: rows(setldetail).optional(), detlcutinfo: rows(detlcutinfo).optional() }))
export const outputNodesOf = { trial: { setlinfo: trialInfo, setldetail, detlcutinfo: trialCut }, settled: { setlinfo: settledInfo, setldetail, detlcutinfo } }

/** Throws ZodError when something is missing that money depends on. */
export const readBooked = (kind: 'trial' | 'settled', answer: unknown, basket: InsuredBasket, clearingOffice: string): Booked & AnswerIdentity => {
  const parsed = kind === 'trial' ? { ...trialOutput.parse(answer), setlId: null } : withId(settledOutput.parse(answer))
  const { setlinfo, setldetail: funds = [], detlcutinfo: cuts = [], setlId } = parsed
  return {
    figures: figuresOf(setlinfo, funds, linesOf(cuts, basket)),
    setlId,
    visitId: setlinfo.mdtrt_id,
    settledAt: setlinfo.setl_time,
    clearingOffice: setlinfo.clr_optins || clearingOffice,
    clearingType: setlinfo.clr_type,
    personNumber: setlinfo.psn_no,
    settlementMessageId: setlinfo.medins_setl_id,
  }
}
const withId = (parsed: z.infer<typeof settledOutput>) => ({ ...parsed, setlId: parsed.setlinfo.setl_id })
