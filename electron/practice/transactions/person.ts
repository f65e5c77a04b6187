import { yuan } from '../amounts.ts'
import { nodeOf, personOf, stateOf } from '../call.ts'
import type { Call } from '../call.ts'
import { identify } from '../credential.ts'
import { entitlementOf, validFilings } from '../entitlement.ts'
import { ageInTenths, compactTime, dateText, parseTime } from '../province-time.ts'
import { refuse } from '../refusal.ts'
import { textOf } from '../wire-values.ts'

/** 1101: who it is, how insured, with which balance. Paused insurance is shown, not refused. */
export const readPerson = (call: Call): unknown => {
  const person = identify(call, nodeOf(call, 'data'))
  const { insurance } = person
  return {
    baseinfo: {
      psn_no: person.psnNo,
      psn_cert_type: '01',
      certno: person.idNumber,
      psn_name: person.name,
      gend: person.gender,
      naty: '1',
      brdy: person.born,
      age: ageInTenths(person.born, call.now) / 10,
      exp_content: '',
    },
    insuinfo: [
      {
        balc: yuan(stateOf(call.province, person).balanceFen),
        insutype: insurance.insutype,
        psn_type: insurance.psnType,
        psn_insu_stas: insurance.status,
        psn_insu_date: insurance.since,
        paus_insu_date: insurance.pausedSince,
        cvlserv_flag: insurance.civilServant ? '1' : '0',
        insuplc_admdvs: person.area,
        emp_name: insurance.employer,
      },
    ],
    idetinfo: person.identities.map((identity) => ({
      psn_idet_type: identity.type,
      psn_type_lv: '',
      memo: '',
      begntime: identity.begins,
      endtime: identity.ends,
    })),
  }
}

/** 2001: one row a fund, each with its own yes or no. */
export const checkEntitlement = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  const person = personOf(call, textOf(row, 'psn_no'))
  if (textOf(row, 'fixmedins_code') !== call.institution.code) refuse('定点医药机构编号(fixmedins_code)与报文头不一致')
  const insutype = textOf(row, 'insutype')
  const at = parseTime(textOf(row, 'begntime')) ?? call.now
  const entitlement = entitlementOf(call, person, insutype, textOf(row, 'med_type'), textOf(row, 'dise_codg'), at)
  const from = dateText(at)
  const fund = (type: string, enjoys: boolean, reason: string, begins = from, ends: string | null = `${from.slice(0, 4)}-12-31`): unknown => ({
    psn_no: person.psnNo,
    trt_chk_type: '01',
    fund_pay_type: type,
    trt_enjymnt_flag: enjoys ? '1' : '0',
    begndate: begins,
    enddate: ends,
    trt_chk_rslt: reason,
  })
  const pooled = entitlement.rule?.fundType ?? (insutype === '390' ? '390100' : '310100')
  if (!entitlement.entitled) return { trtinfo: [fund(pooled, false, entitlement.reason)] }
  const filing = entitlement.filings[0]
  const noPooling = `${call.province.tables.nameOf('med_type', textOf(row, 'med_type'))}统筹基金不支付`
  return {
    trtinfo: [
      entitlement.rule.pooling === null ? fund(pooled, false, noPooling) : fund(pooled, true, '', filing?.begins, filing?.ends),
      ...(entitlement.rule.account ? [fund('310200', true, '')] : []),
    ],
  }
}

/** 5301. The paper: the filings that are valid now. */
export const listFilings = (call: Call): unknown => {
  const person = personOf(call, textOf(nodeOf(call, 'data'), 'psn_no'))
  const filings = call.province.profile.filings === 'all' ? person.filings : validFilings(person.filings, call.now)
  return { feedetail: filings.map((filing) => ({ opsp_dise_code: filing.code, opsp_dise_name: filing.name, begndate: filing.begins, enddate: filing.ends })) }
}

/**
 * 5206: accumulators of a year. Codes are this province's own (letter + med_type in four digits; Q 起付线 is seen elsewhere):
 * Q deductible paid, T pooled fund, W civil servants' subsidy, G personal account.
 */
export const listAccumulators = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  const person = personOf(call, textOf(row, 'psn_no'))
  const month = textOf(row, 'cum_ym') || compactTime(call.now).slice(0, 6)
  if (!/^\d{4}(0[1-9]|1[0-2])$/.test(month)) refuse('累计年月(cum_ym)格式错误,应为yyyyMM')
  const year = month.slice(0, 4)
  const { insutype } = person.insurance
  const totals = new Map<string, number>()
  const add = (code: string, fen: number): unknown => totals.set(code, (totals.get(code) ?? 0) + fen)
  for (const rule of call.province.profile.benefit.rules) {
    if (rule.insutype !== insutype || rule.pooling === null) continue
    const type = rule.medType.padStart(4, '0')
    if (rule.pooling.deductibleFen > 0) add(`Q${type}`, 0)
    add(`T${type}`, 0)
  }
  for (const [key, used] of Object.entries(stateOf(call.province, person).used)) {
    const [usedYear, usedInsurance, medType = ''] = key.split(':')
    if (usedYear !== year || usedInsurance !== insutype) continue
    const type = medType.padStart(4, '0')
    if (used.deductibleFen > 0) add(`Q${type}`, used.deductibleFen)
    if (used.fundFen > 0) add(`T${type}`, used.fundFen)
    if (used.subsidyFen > 0) add(`W${type}`, used.subsidyFen)
    if (used.accountFen > 0) add(`G${type}`, used.accountFen)
  }
  return { cuminfo: [...totals].map(([code, fen]) => ({ insutype, year, cum_ym: month, cum_type_code: code, cum: yuan(fen) })) }
}
