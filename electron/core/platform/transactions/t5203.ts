import { z } from 'zod'
import type { Fen, SettlementFigures } from '../../../contract/index.ts'
import { neededAmount, neededText, neededTime, row, rows, someAmount, someDate, someFlag, someTenths, someText, someTime } from '../answer-fields.ts'
import { sentRow, words } from '../wire-row.ts'
import type { WordsOf } from '../wire-row.ts'
import { amountFields, figuresOf, setldetail } from './settlement-answer.ts'

/** 5203 one settlement as the platform holds it, asked by its own number. */
const question = sentRow({ personNumber: ['psn_no', words(30)], setlId: ['setl_id', words(30)], visitId: ['mdtrt_id', words(30)] })
export const input = z.strictObject({ data: question.schema })

export const build = (settlement: WordsOf<typeof question>): z.infer<typeof input> => input.parse({ data: question.write(settlement) })

/** Two figures have other names here than in 2102, and 伤残 has none. */
const { psn_part_amt: _personal, psn_cash_pay: _cash, hifdm_pay: _disabled, ...sameAmounts } = amountFields

export const outputNodes = {
  setlinfo: z.object({
    setl_id: neededText(30), mdtrt_id: neededText(30), psn_no: neededText(30), psn_name: someText(50), psn_cert_type: someText(6, 'psn_cert_type'), certno: someText(50), gend: someText(6, 'gend'), naty: someText(3, 'naty'),
    brdy: someDate(), age: someTenths(), insutype: someText(6, 'insutype'), psn_type: someText(6, 'psn_type'), cvlserv_flag: someText(3, 'cvlserv_flag'), flxempe_flag: someText(3, 'flxempe_flag'), nwb_flag: someText(3, 'nwb_flag'),
    insu_optins: someText(6), emp_name: someText(200), pay_loc: someText(6, 'pay_loc'), fixmedins_code: someText(12), fixmedins_name: someText(200), hosp_lv: someText(6, 'hosp_lv'), fixmedins_poolarea: someText(6),
    lmtpric_hosp_lv: someText(6, 'lmtpric_hosp_lv'), dedc_hosp_lv: someText(6, 'dedc_hosp_lv'), begndate: someDate(), enddate: someDate(), setl_time: neededTime(), mdtrt_cert_type: someText(3, 'mdtrt_cert_type'),
    med_type: someText(6, 'med_type'), clr_type: someText(6, 'clr_type'), clr_way: someText(6, 'clr_way'), clr_optins: someText(6),
    ...sameAmounts, psn_pay: neededAmount(), cash_payamt: neededAmount(), pref_fund_pay: someAmount(),
    medins_setl_id: someText(30), refd_setl_flag: someFlag(3, 'refd_setl_flag'), year: someText(4), dise_codg: someText(30), dise_name: someText(500), invono: someText(20), opter_id: someText(20), opter_name: someText(50), opt_time: someTime(),
  }),
  setldetail,
}
const output = row(z.object({ setlinfo: row(outputNodes.setlinfo), setldetail: rows(outputNodes.setldetail).optional() }))

export interface HeldSettlement {
  readonly setlId: string
  readonly visitId: string
  readonly personNumber: string
  /** The message that booked it. */
  readonly settlementMessageId: string
  readonly institutionCode: string
  readonly insuranceType: string
  readonly clearingType: string
  readonly clearingOffice: string
  readonly refund: boolean
  readonly settledAt: string
  readonly figures: SettlementFigures
}

/** Without lines. The account's figure has the family account's in it here (note 4 of the table), ours has not. Throws ZodError. */
export const read = (answer: unknown): HeldSettlement => {
  const { setlinfo: info, setldetail: funds = [] } = output.parse(answer)
  const familyWithin = info.psn_pay === info.acct_pay + info.cash_payamt ? info.acct_mulaid_pay : 0
  return {
    setlId: info.setl_id, visitId: info.mdtrt_id, personNumber: info.psn_no, settlementMessageId: info.medins_setl_id, institutionCode: info.fixmedins_code, insuranceType: info.insutype, clearingType: info.clr_type,
    clearingOffice: info.clr_optins, refund: info.refd_setl_flag === true, settledAt: info.setl_time,
    figures: figuresOf({ ...info, acct_pay: (info.acct_pay - familyWithin) as Fen, psn_part_amt: info.psn_pay, psn_cash_pay: info.cash_payamt, hifdm_pay: 0 as Fen }, funds, []),
  }
}
