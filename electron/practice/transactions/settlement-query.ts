import { countNumber, priceNumber, shareNumber, yuan } from '../amounts.ts'
import { splitLine } from '../benefit/compute.ts'
import type { SettledLine, Settlement } from '../book-records.ts'
import { nodeOf, personOf } from '../call.ts'
import type { Call } from '../call.ts'
import type { CatalogueDrug } from '../catalogue.ts'
import type { InsuredPerson } from '../people.ts'
import { ageInTenths, dateText, parseTime, timeText } from '../province-time.ts'
import { refuse } from '../refusal.ts'
import { textOf } from '../wire-values.ts'
import { fundRows, LEVELS, moneyFields, selfPayShare, CHARGE_TYPES } from './settlement-answer.ts'
import type { z } from 'zod'

type Line = z.infer<typeof SettledLine>

const LIST_TYPES = { western: '101', 'chinese-patent': '101', pieces: '102' } as const
const FORMS = [['片', '片剂'], ['胶囊', '胶囊剂'], ['颗粒', '颗粒剂'], ['注射', '注射剂'], ['丸', '丸剂'], ['口服液', '口服液'], ['膏', '膏剂'], ['滴', '滴剂']] as const
/** The catalogue has no dosage form: its name says enough of it. */
const formOf = (drug: CatalogueDrug): string => (drug.kind === 'pieces' ? '饮片' : (FORMS.find(([word]) => drug.name.includes(word))?.[1] ?? '其他'))

/** 5203, 5204, 100001 ask by three numbers that must belong together. A reversed settlement never was. */
export const settlementAsked = (call: Call, psnNo: string, setlId: string, mdtrtId: string): Settlement => {
  const settlement = call.province.store.shelves.settlements.get(setlId)
  if (settlement === undefined || settlement.institution !== call.institution.code || settlement.state === 'reversed') return refuse('结算ID(setl_id)不存在')
  if (settlement.psnNo !== psnNo) refuse('人员编号(psn_no)与结算信息不一致')
  if (settlement.mdtrtId !== mdtrtId) refuse('就诊ID(mdtrt_id)与结算信息不一致')
  return settlement
}
const asked = (call: Call): { readonly settlement: Settlement; readonly person: InsuredPerson } => {
  const row = nodeOf(call, 'data')
  const person = personOf(call, textOf(row, 'psn_no'))
  return { person, settlement: settlementAsked(call, person.psnNo, textOf(row, 'setl_id'), textOf(row, 'mdtrt_id')) }
}

const identity = (call: Call, person: InsuredPerson): Readonly<Record<string, unknown>> => ({
  psn_no: person.psnNo,
  psn_name: person.name,
  psn_cert_type: '01',
  certno: person.idNumber,
  gend: person.gender,
  naty: '1',
  brdy: person.born,
  age: ageInTenths(person.born, call.now) / 10,
  psn_type: person.insurance.psnType,
  cvlserv_flag: person.insurance.civilServant ? '1' : '0',
  insu_optins: person.area,
  emp_name: person.insurance.employer,
})

/** 5203: as it was settled; `refd_setl_flag` says whether it still stands. Its account figure includes the family's share, which 2102 answers apart. */
export const querySettlement = (call: Call): unknown => {
  const { settlement, person } = asked(call)
  const { hifdm_pay: _hifdm, psn_part_amt: psnPay, psn_cash_pay: cashPay, ...money } = moneyFields(settlement, 1)
  return {
    setlinfo: {
      setl_id: settlement.setlId,
      mdtrt_id: settlement.mdtrtId,
      ...identity(call, person),
      insutype: settlement.insutype,
      flxempe_flag: '0',
      nwb_flag: '0',
      pay_loc: '2',
      fixmedins_code: call.institution.code,
      fixmedins_name: call.institution.name,
      fixmedins_poolarea: call.institution.area,
      begndate: dateText(settlement.at),
      enddate: dateText(settlement.at),
      setl_time: timeText(settlement.at),
      med_type: settlement.medType,
      clr_type: settlement.clearingType,
      clr_way: '1',
      clr_optins: settlement.clearingOffice,
      ...money,
      acct_pay: yuan(settlement.accountFen + settlement.familyAccountFen),
      psn_pay: psnPay,
      cash_payamt: cashPay,
      balc: yuan(call.province.store.shelves.people.get(person.psnNo)?.balanceFen ?? 0),
      medins_setl_id: settlement.msgid,
      refd_setl_flag: settlement.state === 'cancelled' ? '1' : '0',
      year: dateText(settlement.at).slice(0, 4),
      dise_codg: settlement.diseaseCode,
      opter_id: call.operator,
      opt_time: timeText(settlement.at),
    },
    setldetail: fundRows(settlement, { type: settlement.fundType, name: settlement.fundName }, 1),
  }
}

const drugFields = (line: Line, drug: CatalogueDrug): Readonly<Record<string, unknown>> => ({
  feedetl_sn: line.feedetlSn,
  rx_drord_no: '',
  cnt: countNumber(line.countE4),
  pric: priceNumber(line.priceMicro),
  chrgitm_lv: LEVELS[drug.class],
  hilist_code: line.nationalCode,
  hilist_name: drug.name,
  list_type: LIST_TYPES[drug.kind],
  med_list_codg: line.nationalCode,
  medins_list_codg: line.itemCode,
  medins_list_name: drug.name.slice(0, 100),
  med_chrgitm_type: CHARGE_TYPES[drug.kind],
  prodname: drug.name,
  spec: drug.spec || '/',
  dosform_name: formOf(drug),
  lmt_used_flag: '0',
  hosp_prep_flag: '0',
  hosp_appr_flag: '1',
  bas_medn_flag: '0',
  hi_nego_drug_flag: '0',
  chld_medc_flag: '0',
  etip_flag: '0',
  dscg_tkdrug_flag: '0',
  list_sp_item_flag: '0',
})

const drugOf = (call: Call, line: Line): CatalogueDrug => call.province.catalogue.drug(line.nationalCode) ?? refuse(`医疗目录编码[${line.nationalCode}]在医保目录中不存在`)

/** 5204: the lines of one settlement with how each was split. */
export const querySettledLines = (call: Call): unknown => {
  const { settlement } = asked(call)
  return settlement.lines.map((line) => {
    const drug = drugOf(call, line)
    const split = splitLine({ amountFen: line.amountFen, countE4: line.countE4, class: drug.class, preSelfPayE4: drug.preSelfPayE4, priceLimitMicro: drug.priceLimitMicro })
    return {
      mdtrt_id: settlement.mdtrtId,
      setl_id: settlement.setlId,
      med_type: settlement.medType,
      fee_ocur_time: timeText(settlement.at),
      ...drugFields(line, drug),
      det_item_fee_sumamt: yuan(line.amountFen),
      pric_uplmt_amt: drug.priceLimitMicro === null ? 0 : priceNumber(drug.priceLimitMicro),
      selfpay_prop: shareNumber(selfPayShare(drug)),
      fulamt_ownpay_amt: yuan(split.fullSelfPayFen),
      overlmt_amt: yuan(split.overLimitFen),
      preselfpay_amt: yuan(split.preSelfPayFen),
      inscp_scp_amt: yuan(split.inScopeFen),
      drt_reim_flag: '0',
      opter_id: call.operator,
      opt_time: timeText(settlement.at),
    }
  })
}

const within = (at: number, from: string, to: string): boolean => at >= (parseTime(from) ?? 0) && at <= (to === '' ? Number.MAX_SAFE_INTEGER : (parseTime(to) ?? 0))

/** 5205: what a person bought on a chronic filing, in every shop. */
export const queryChronicDrugs = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  const person = personOf(call, textOf(row, 'psn_no'))
  const [from, to] = [textOf(row, 'begntime'), textOf(row, 'endtime')]
  if (to !== '' && from > to) refuse('开始时间(begntime)晚于结束时间(endtime)')
  const { profile, store } = call.province
  const bought = [...store.shelves.settlements.values()].filter(
    (settlement) => settlement.psnNo === person.psnNo && settlement.state === 'booked' && settlement.diseaseCode !== '' && within(settlement.at, from, to),
  )
  return {
    feedetail: bought.flatMap((settlement) =>
      settlement.lines.map((line) => ({
        ...drugFields(line, drugOf(call, line)),
        fixmedins_code: settlement.institution,
        fixmedins_name: profile.institutions.find((institution) => institution.code === settlement.institution)?.name ?? settlement.institution,
        psn_no: person.psnNo,
        med_type: settlement.medType,
        fee_ocur_time: timeText(settlement.at),
      })),
    ),
  }
}

/** 5201: visits here, from settlements and from 2203A. */
export const queryVisits = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  const person = personOf(call, textOf(row, 'psn_no'))
  const [from, to] = [textOf(row, 'begntime'), textOf(row, 'endtime')]
  if (from > to) refuse('开始时间(begntime)晚于结束时间(endtime)')
  const { shelves } = call.province.store
  const medType = textOf(row, 'med_type')
  const one = textOf(row, 'mdtrt_id')
  const base = identity(call, person)
  const settled = [...shelves.settlements.values()]
    .filter((settlement) => settlement.institution === call.institution.code && settlement.state !== 'reversed')
    .map((settlement) => ({ mdtrtId: settlement.mdtrtId, psnNo: settlement.psnNo, medType: settlement.medType, at: settlement.at, insutype: settlement.insutype, diseaseCode: settlement.diseaseCode, diseaseName: '', condition: '' }))
  const known = new Set(settled.map(({ mdtrtId }) => mdtrtId))
  const reported = [...shelves.visits.values()]
    .filter((visit) => visit.institution === call.institution.code && !known.has(visit.mdtrtId))
    .map((visit) => ({ ...visit, at: parseTime(visit.begunAt) ?? visit.at, insutype: person.insurance.insutype }))
  return {
    mdtrtinfo: [...settled, ...reported]
      .filter((visit) => visit.psnNo === person.psnNo && visit.medType === medType && within(visit.at, from, to) && (one === '' || visit.mdtrtId === one))
      .map((visit) => ({
        mdtrt_id: visit.mdtrtId,
        ...base,
        insutype: visit.insutype,
        begntime: timeText(visit.at),
        endtime: timeText(visit.at),
        med_type: visit.medType,
        dise_codg: visit.diseaseCode,
        dise_name: visit.diseaseName,
        main_cond_dscr: visit.condition,
        opter_id: call.operator,
        opt_time: timeText(visit.at),
      })),
  }
}

/** 100001: which rule took how much of one settlement. Codes of the items are this province's own. */
export const queryPolicyItems = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  const psnNo = textOf(row, 'psn_No')
  const settlement = settlementAsked(call, psnNo, textOf(row, 'setl_Id'), textOf(row, 'mdtrt_Id'))
  const item = (code: string, name: string, selfFen: number, fundFen: number, shareE4: number): unknown => ({
    setlId: settlement.setlId,
    mdtrtId: settlement.mdtrtId,
    psnNo,
    polItemCode: code,
    polItemName: name,
    selfPayAmt: yuan(selfFen),
    selfPayProp: shareNumber(10_000 - shareE4),
    fundPayAmt: yuan(fundFen),
    fundPayProp: shareNumber(shareE4),
    polItemPaySum: yuan(selfFen + fundFen),
  })
  const above = settlement.inScopeFen - settlement.deductibleFen
  return {
    data: [
      ...(settlement.fullSelfPayFen > 0 ? [item('Z001', '目录外全自费', settlement.fullSelfPayFen, 0, 0)] : []),
      ...(settlement.overLimitFen > 0 ? [item('Z002', '超限价自费', settlement.overLimitFen, 0, 0)] : []),
      ...(settlement.preSelfPayFen > 0 ? [item('Z003', '乙类先行自付', settlement.preSelfPayFen, 0, 0)] : []),
      ...(settlement.deductibleFen > 0 ? [item('Q001', '起付线', settlement.deductibleFen, 0, 0)] : []),
      item('T001', '统筹基金支付', Math.max(0, above - settlement.fundFen), settlement.pooledFen, settlement.shareE4),
      ...(settlement.subsidyFen > 0 ? [item('G001', '公务员医疗补助', 0, settlement.subsidyFen, 10_000)] : []),
    ],
  }
}
