import { nodeOf, rowsOf } from '../call.ts'
import type { Call, Row } from '../call.ts'
import { findMapping, mappingKey, mappingsOf } from '../mappings.ts'
import { dateText } from '../province-time.ts'
import type { Mapping } from '../records/mapping.ts'
import { refuse } from '../refusal.ts'
import { scaled, textOf } from '../wire-values.ts'
import type { Open } from './open.ts'

const LIST_TYPES = { western: '101', 'chinese-patent': '101', pieces: '102' } as const

const mappingOf = (call: Call, row: Row): Mapping => ({
  institution: call.institution.code, itemId: textOf(row, 'fixmedins_hilist_id'), itemName: textOf(row, 'fixmedins_hilist_name'), listType: textOf(row, 'list_type'), nationalCode: textOf(row, 'med_list_codg'),
  begins: textOf(row, 'begndate'), ends: textOf(row, 'enddate'), approvalNumber: textOf(row, 'aprvno'), form: textOf(row, 'dosform'), priceUnit: textOf(row, 'prcunt'), spec: textOf(row, 'spec'), packSpec: textOf(row, 'pacspec'),
  memo: textOf(row, 'memo'), madeAt: call.now, changedAt: call.now, withdrawnAt: null,
})
const same = (a: Mapping, b: Mapping): boolean => JSON.stringify({ ...a, madeAt: 0, changedAt: 0 }) === JSON.stringify({ ...b, madeAt: 0, changedAt: 0 })

const upload = (call: Call, row: Row): void => {
  const { province } = call
  const mapping = mappingOf(call, row)
  const drug = province.catalogue.drug(mapping.nationalCode)
  if (drug === null) return refuse(`医疗目录编码[${mapping.nationalCode}]在医保目录中不存在`)
  if (LIST_TYPES[drug.kind] !== mapping.listType) refuse(`医疗目录编码[${mapping.nationalCode}]与目录类别[${mapping.listType}]不符`)
  if (mapping.ends < mapping.begins) refuse('结束日期(enddate)早于开始日期(begndate)')
  if (mapping.ends < dateText(call.now)) refuse('结束日期(enddate)早于当前日期')
  if (mapping.approvalNumber !== '' && drug.approvalNumber !== '' && mapping.approvalNumber !== drug.approvalNumber) refuse(`批准文号[${mapping.approvalNumber}]与医疗目录[${mapping.nationalCode}]不符`)
  const key = mappingKey(mapping)
  const known = findMapping(province, key)
  if (known !== null && known.withdrawnAt === null) {
    if (province.profile.mapping.repeated === 'accept-same' && same(known, mapping)) return
    refuse(`定点医药机构目录[${mapping.itemId}]的对照信息已存在`)
  }
  const other = mappingsOf(province, mapping.institution).find((held) => held.itemId === mapping.itemId && held.withdrawnAt === null && held.begins <= mapping.ends && held.ends >= mapping.begins)
  if (other !== undefined) refuse(`定点医药机构目录[${mapping.itemId}]在${other.begins}至${other.ends}已有有效对照[${other.nationalCode}],时间重叠`)
  province.store.put('mappings', key, mapping)
}

/** 3301: every row is taken, or none of the message. */
const uploadMappings = (call: Call): unknown => {
  for (const row of rowsOf(call.input['data'])) upload(call, row)
  return null
}

const isUsed = (call: Call, mapping: Mapping): boolean =>
  [...call.province.store.shelves.settlements.values()].some(
    (settlement) => settlement.institution === mapping.institution && settlement.state === 'booked' && dateText(settlement.at) >= mapping.begins && settlement.lines.some((line) => line.itemCode === mapping.itemId && line.nationalCode === mapping.nationalCode),
  )

/** 3302: one mapping, found by item and national code; the table knows no day, so the newest. */
const withdrawMapping = (call: Call): unknown => {
  const { province } = call
  const row: Row = province.profile.mapping.withdrawNode === 'data' ? nodeOf(call, 'data') : call.input
  if (textOf(row, 'fixmedins_code') !== call.institution.code) refuse('定点医药机构编号(fixmedins_code)与报文头不一致')
  const itemId = textOf(row, 'fixmedins_hilist_id')
  const found = mappingsOf(province, call.institution.code).filter((mapping) => mapping.itemId === itemId && mapping.nationalCode === textOf(row, 'med_list_codg') && mapping.listType === textOf(row, 'list_type'))
  const held = found.filter((mapping) => mapping.withdrawnAt === null).toSorted((a, b) => (a.begins < b.begins ? -1 : 1)).at(-1)
  if (held === undefined) return refuse(found.length > 0 ? `定点医药机构目录[${itemId}]的对照已撤销` : `未找到定点医药机构目录[${itemId}]的对照信息`)
  if (province.profile.mapping.withdrawUsed === 'refuse' && isUsed(call, held)) refuse(`定点医药机构目录[${itemId}]的对照已用于结算,不能撤销`)
  province.store.put('mappings', mappingKey(held), { ...held, withdrawnAt: call.now, changedAt: call.now })
  return null
}

/** 1317: changed on or after a day, in pages from 1. Withdrawn ones are there as invalid. */
const queryMappings = (call: Call): unknown => {
  const asked = nodeOf(call, 'data')
  const institution = textOf(asked, 'fixmedins_code') || call.institution.code
  if (institution !== call.institution.code) return refuse('只能查询本机构的目录对照信息')
  const [page, size] = [scaled(asked['page_num'], 0) ?? 0, scaled(asked['page_size'], 0) ?? 0]
  if (page < 1 || size < 1) return refuse('页数(page_num)和本页数据量(page_size)应从1开始')
  const wants = (code: string, value: string): boolean => textOf(asked, code) === '' || textOf(asked, code) === value
  const on = textOf(asked, 'query_date')
  const rows = mappingsOf(call.province, institution).filter((mapping) => dateText(mapping.changedAt) >= textOf(asked, 'updt_time') && wants('medins_list_codg', mapping.itemId) && wants('med_list_codg', mapping.nationalCode)
    && wants('list_type', mapping.listType) && wants('begndate', mapping.begins) && wants('vali_flag', mapping.withdrawnAt === null ? '1' : '0') && wants('insu_admdvs', call.institution.area)
    && mapping.itemName.includes(textOf(asked, 'medins_list_name')) && (on === '' || (mapping.begins <= on && mapping.ends >= on)))
  return rows.slice((page - 1) * size, page * size).map((mapping) => ({
    fixmedins_code: mapping.institution, medins_list_codg: mapping.itemId, medins_list_name: mapping.itemName, insu_admdvs: call.institution.area, list_type: mapping.listType, med_list_codg: mapping.nationalCode,
    begndate: mapping.begins, enddate: mapping.ends, aprvno: mapping.approvalNumber, dosform: mapping.form, exct_cont: '', item_cont: '', prcunt: mapping.priceUnit, spec: mapping.spec, pacspec: mapping.packSpec, memo: mapping.memo,
    vali_flag: mapping.withdrawnAt === null ? '1' : '0', rid: `${mapping.itemId}-${mapping.begins.replaceAll('-', '')}`, updt_time: dateText(mapping.changedAt), crter_id: '', crter_name: '', crte_time: dateText(mapping.madeAt),
    crte_optins_no: '', opter_id: '', opter_name: '', opt_time: dateText(mapping.changedAt), optins_no: '', poolarea_no: call.institution.area,
  }))
}

/** 3301, 3302, 1317. */
export const mapping: Open = { 3301: uploadMappings, 3302: withdrawMapping, 1317: queryMappings }
