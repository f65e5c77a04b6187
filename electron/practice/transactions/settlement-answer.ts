import { countNumber, priceNumber, shareNumber, yuan } from '../amounts.ts'
import type { Benefit } from '../benefit/compute.ts'
import type { Settlement } from '../book-records.ts'
import type { Call } from '../call.ts'
import type { CatalogueDrug } from '../catalogue.ts'
import type { CodeFlag } from '../check-codes.ts'
import { ageInTenths, timeText } from '../province-time.ts'
import type { Purchase } from '../purchase.ts'

interface Numbers {
  readonly setlId: string | null
  readonly mdtrtId: string
  readonly balanceFen: number
  readonly flags: readonly CodeFlag[]
}

type Money = Pick<
  Benefit,
  | 'totalFen'
  | 'fullSelfPayFen'
  | 'overLimitFen'
  | 'preSelfPayFen'
  | 'inScopeFen'
  | 'deductibleFen'
  | 'pooledFen'
  | 'subsidyFen'
  | 'fundFen'
  | 'personalFen'
  | 'accountFen'
  | 'familyAccountFen'
  | 'cashFen'
  | 'shareE4'
  | 'capLeftFen'
  | 'explanation'
>

const signed = (sign: 1 | -1, fen: number): number => yuan(sign * fen)

/** The money part that settlement and cancellation share; a cancellation answers it negated. */
export const moneyFields = (money: Money, sign: 1 | -1): Record<string, number> => {
  const amount = (fen: number): number => signed(sign, fen)
  return {
    medfee_sumamt: amount(money.totalFen),
    fulamt_ownpay_amt: amount(money.fullSelfPayFen),
    overlmt_selfpay: amount(money.overLimitFen),
    preselfpay_amt: amount(money.preSelfPayFen),
    inscp_scp_amt: amount(money.inScopeFen),
    act_pay_dedc: amount(money.deductibleFen),
    hifp_pay: amount(money.pooledFen),
    pool_prop_selfpay: shareNumber(money.shareE4),
    cvlserv_pay: amount(money.subsidyFen),
    hifes_pay: 0,
    hifmi_pay: 0,
    hifob_pay: 0,
    maf_pay: 0,
    hifdm_pay: 0,
    oth_pay: 0,
    fund_pay_sumamt: amount(money.fundFen),
    psn_part_amt: amount(money.personalFen),
    acct_pay: amount(money.accountFen),
    psn_cash_pay: amount(money.cashFen),
    acct_mulaid_pay: amount(money.familyAccountFen),
  }
}

interface Fund {
  readonly type: string
  readonly name: string
  readonly amountFen: number
  readonly limitFen: number
}

/** The account is a fund type of its own in the dictionary (310200); its row is no part of `fund_pay_sumamt`. */
export const fundRows = (money: Money, pooled: { readonly type: string; readonly name: string }, sign: 1 | -1): readonly unknown[] => {
  const account = money.accountFen + money.familyAccountFen
  const funds: Fund[] = [
    { ...pooled, amountFen: money.pooledFen, limitFen: money.capLeftFen },
    ...(money.subsidyFen > 0 ? [{ type: '320100', name: '公务员医疗补助基金', amountFen: money.subsidyFen, limitFen: money.subsidyFen }] : []),
    ...(account > 0 ? [{ type: '310200', name: '城镇职工基本医疗保险个人账户基金', amountFen: account, limitFen: account }] : []),
  ]
  return funds.map((fund) => ({
    fund_pay_type: fund.type,
    inscp_scp_amt: signed(sign, money.inScopeFen),
    crt_payb_lmt_amt: yuan(fund.limitFen),
    fund_payamt: signed(sign, fund.amountFen),
    fund_pay_type_name: fund.name,
    setl_proc_info: sign === 1 ? money.explanation : `撤销:${money.explanation}`,
  }))
}

export const LEVELS = { A: '01', B: '02', none: '03' } as const
export const CHARGE_TYPES = { western: '09', 'chinese-patent': '11', pieces: '10' } as const
export const selfPayShare = (drug: CatalogueDrug): number => (drug.class === 'none' ? 10_000 : drug.preSelfPayE4)

const lineRows = (call: Call, purchase: Purchase, benefit: Benefit, flags: readonly CodeFlag[]): readonly unknown[] =>
  purchase.lines.map((line, index) => {
    const split = benefit.lines[index]!
    const flagged = line.codes.some(({ code }) => flags.some((flag) => flag.code === code && flag.kind !== 'foreign-identifier'))
    const memos = [
      split.overLimitFen > 0 ? '单价超过最高限价,超出部分自费' : '',
      line.drug.class === 'none' ? '目录外药品,全额自费' : '',
      flagged ? '追溯码重复,已记录监管' : '',
    ]
    return {
      feedetl_sn: line.feedetlSn,
      det_item_fee_sumamt: yuan(line.amountFen),
      cnt: countNumber(line.countE4),
      pric: priceNumber(line.priceMicro),
      // Required by the table; 0 = no limit price.
      pric_uplmt_amt: line.drug.priceLimitMicro === null ? 0 : priceNumber(line.drug.priceLimitMicro),
      selfpay_prop: shareNumber(selfPayShare(line.drug)),
      fulamt_ownpay_amt: yuan(split.fullSelfPayFen),
      overlmt_amt: yuan(split.overLimitFen),
      preselfpay_amt: yuan(split.preSelfPayFen),
      inscp_scp_amt: yuan(split.inScopeFen),
      chrgitm_lv: LEVELS[line.drug.class],
      med_chrgitm_type: CHARGE_TYPES[line.drug.kind],
      bas_medn_flag: '0',
      hi_nego_drug_flag: '0',
      chld_medc_flag: '0',
      list_sp_item_flag: '0',
      drt_reim_flag: '0',
      memo: memos.filter((memo) => memo !== '').join(';'),
      // Only the trial's table has this one.
      ...(call.infno === '2101' ? { hosp_part_amt: 0 } : {}),
    }
  })

/** Answer of 2101 (no `setl_id`) and 2102. */
export const settlementAnswer = (call: Call, purchase: Purchase, benefit: Benefit, numbers: Numbers): unknown => {
  const { person } = purchase
  return {
    setlinfo: {
      ...(numbers.setlId === null ? {} : { setl_id: numbers.setlId }),
      mdtrt_id: numbers.mdtrtId,
      psn_no: person.psnNo,
      psn_name: person.name,
      psn_cert_type: '01',
      certno: person.idNumber,
      gend: person.gender,
      naty: '1',
      brdy: person.born,
      age: ageInTenths(person.born, call.now) / 10,
      insutype: purchase.insutype,
      psn_type: person.insurance.psnType,
      cvlserv_flag: person.insurance.civilServant ? '1' : '0',
      setl_time: timeText(call.now),
      mdtrt_cert_type: purchase.certType,
      med_type: purchase.medType,
      ...moneyFields(benefit, 1),
      balc: yuan(numbers.balanceFen),
      medins_setl_id: call.msgid,
      clr_optins: call.institution.area,
      clr_way: '1',
      clr_type: purchase.rule.clearingType,
      hosp_part_amt: 0,
      exp_content: '',
    },
    setldetail: fundRows(benefit, { type: purchase.rule.fundType, name: purchase.rule.fundName }, 1),
    detlcutinfo: lineRows(call, purchase, benefit, numbers.flags),
  }
}

/** Answer of 2103: the same amounts negated. */
export const cancellationAnswer = (call: Call, settlement: Settlement, setlId: string, balanceFen: number): unknown => ({
  setlinfo: {
    mdtrt_id: settlement.mdtrtId,
    setl_id: setlId,
    clr_optins: settlement.clearingOffice,
    setl_time: timeText(call.now),
    ...moneyFields(settlement, -1),
    balc: yuan(balanceFen),
    medins_setl_id: call.msgid,
  },
  setldetail: fundRows(settlement, { type: settlement.fundType, name: settlement.fundName }, -1),
})
