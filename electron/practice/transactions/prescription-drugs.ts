import { nodeOf } from '../call.ts'
import type { Call } from '../call.ts'
import type { CatalogueDrug } from '../catalogue.ts'
import { refuse } from '../refusal.ts'
import { scaled, textOf } from '../wire-values.ts'
import { checkShop } from './prescription-grant.ts'
import { packUnit } from './prescription-use.ts'

const LEVELS = { A: '01', B: '02', none: '03' } as const
const LIST_TYPES = { western: '101', 'chinese-patent': '101', pieces: '102' } as const

const drugRow = (call: Call, drug: CatalogueDrug): unknown => ({
  medListCodg: drug.nationalCode,
  genname: drug.name.slice(0, 100),
  prodname: drug.name.slice(0, 100),
  regName: drug.name,
  listType: LIST_TYPES[drug.kind],
  listTypeName: call.province.tables.nameOf('list_type', LIST_TYPES[drug.kind]),
  specName: drug.spec || '/',
  prdrName: drug.maker || '/',
  aprvno: drug.approvalNumber,
  dosformName: drug.kind === 'pieces' ? '饮片' : '制剂',
  minPacunt: packUnit(call, drug.nationalCode).slice(0, 50),
  minPacCnt: drug.packCount.slice(0, 50),
  poolareaNo: call.institution.area,
  poolareaName: '练习统筹区',
  dualchnlFlag: drug.dualChannel ? '1' : '0',
  oppoolFlag: drug.class === 'none' ? '0' : '1',
  natHiDruglistChrgitmLv: LEVELS[drug.class],
  chrgitmLv: LEVELS[drug.class],
  ...(drug.priceLimitMicro === null ? {} : { hiPayStd: Math.round(drug.priceLimitMicro / 10_000) / 100 }),
})

/** 7211: the drugs an electronic prescription may be filled with, by code, by codes or by name. */
export const listPrescriptionDrugs = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  checkShop(call, row)
  const code = textOf(row, 'medListCodg')
  const name = textOf(row, 'drugName')
  const codes = Array.isArray(row.medListCodgs) ? row.medListCodgs.map(String) : []
  if (code === '' && name === '' && codes.length === 0) refuse('医疗目录编码(medListCodg)和药品名称(drugName)必须传其一')
  const [page, size] = [scaled(row.pageNum, 0) ?? 0, scaled(row.pageSize, 0) ?? 0]
  if (page < 1) refuse('页码(pageNum)必须大于0')
  if (size < 1 || size > 100) refuse('分页大小(pageSize)应为1至100')
  const wantsFlag = (field: string, has: boolean): boolean => textOf(row, field) === '' || (textOf(row, field) === '1') === has
  const found = call.province.catalogue.drugs.filter(
    (drug) =>
      (code === '' || drug.nationalCode === code) &&
      (name === '' || drug.name.includes(name)) &&
      (codes.length === 0 || codes.includes(drug.nationalCode)) &&
      wantsFlag('dualchnlFlag', drug.dualChannel) &&
      wantsFlag('oppoolFlag', drug.class !== 'none'),
  )
  return { data: { total: found.length, size }, list: found.slice((page - 1) * size, page * size).map((drug) => drugRow(call, drug)) }
}
