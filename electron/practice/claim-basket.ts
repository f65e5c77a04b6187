import type { Call, Row } from './call.ts'
import { nodeOf, rowsOf } from './call.ts'
import { refuse } from './refusal.ts'
import { scaled, textOf } from './wire-values.ts'

/** One line of a checked basket. */
export interface ClaimOrder {
  readonly id: string
  readonly nationalCode: string
  readonly name: string
  readonly listType: string
  readonly unit: string
  readonly countE4: number
  readonly amountFen: number
}
export interface ClaimBasket {
  readonly patient: string
  readonly visit: string
  readonly gender: string
  readonly born: string
  readonly diagnoses: readonly string[]
  readonly orders: readonly ClaimOrder[]
}

const amount = (row: Row, code: string, decimals: number): number => scaled(row[code], decimals) ?? refuse(`${code}不是有效的数值`)

const orderOf = (call: Call, row: Row): ClaimOrder => {
  const nationalCode = textOf(row, 'hilist_code')
  if (call.province.catalogue.drug(nationalCode) === null) refuse(`医保目录代码[${nationalCode}]在医保目录中不存在`)
  const countE4 = amount(row, 'cnt', 4)
  if (countE4 <= 0) refuse('数量(cnt)必须大于0')
  return { id: textOf(row, 'rx_id'), nationalCode, name: textOf(row, 'hilist_name'), listType: textOf(row, 'hilist_type'), unit: textOf(row, 'spec_unt'), countE4, amountFen: amount(row, 'sumamt', 2) }
}

/** One person's one visit, as the paper says: "单次就诊明细". */
export const readClaim = (call: Call): ClaimBasket => {
  const data = nodeOf(call, 'data')
  if (textOf(data, 'trig_scen') === '' && !Array.isArray(data['rule_ids'])) refuse('规则标识集合(rule_ids)与触发场景(trig_scen)不能同时为空')
  const [patient, ...otherPatients] = rowsOf(data['patient_dtos'])
  if (patient === undefined || otherPatients.length > 0) return refuse('参保人信息(patient_dtos)应为一人')
  const [visit, ...otherVisits] = rowsOf(patient['fsi_encounter_dtos'])
  if (visit === undefined || otherVisits.length > 0) return refuse('就诊信息集合(fsi_encounter_dtos)应为单次就诊')
  if (textOf(visit, 'mdtrt_id') !== textOf(patient, 'curr_mdtrt_id')) refuse('就诊标识(mdtrt_id)与当前就诊标识(curr_mdtrt_id)不一致')
  if (textOf(visit, 'medins_id') !== call.institution.code) refuse('医疗服务机构标识(medins_id)与报文头不一致')
  const person = call.province.people.get(textOf(patient, 'patn_id'))
  if (person === undefined) return refuse('参保人标识(patn_id)不存在')
  if (person.born !== textOf(patient, 'brdy')) refuse('出生日期(brdy)与参保信息不一致')
  const rows = rowsOf(visit['fsi_order_dtos'])
  if (rows.length === 0) refuse('处方(医嘱)信息(fsi_order_dtos)不能为空')
  const orders = rows.map((row) => orderOf(call, row))
  if (new Set(orders.map((order) => order.id)).size !== orders.length) refuse('处方(医嘱)标识(rx_id)重复')
  if (orders.reduce((total, order) => total + order.amountFen, 0) !== amount(visit, 'medfee_sumamt', 2)) refuse('总费用(medfee_sumamt)与明细合计不一致')
  return {
    patient: person.psnNo, visit: textOf(visit, 'mdtrt_id'), gender: person.gender, born: person.born, orders,
    diagnoses: [textOf(visit, 'dscg_main_dise_name'), ...rowsOf(visit['fsi_diagnose_dtos']).map((row) => textOf(row, 'dise_name'))],
  }
}
