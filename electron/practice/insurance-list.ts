import type { CatalogueDrug } from './catalogue.ts'
import { loadCatalogue } from './catalogue.ts'
import { once } from './once.ts'

/** What the province's insurance list says of its drugs, by the same figures that settling goes by. */

export type ListRow = Readonly<Record<string, string | number>>

const START = '2025-01-01'
/** Rows of the second half changed later: questions by date of change have something to leave out. */
const changedOn = (place: number): string => (place % 5 === 4 ? '2026-03-02' : '2025-07-01')

const record = (rid: string, place: number): ListRow => ({
  vali_flag: '1', rid, updt_time: changedOn(place), crter_id: '0001', crter_name: '练习中心', crte_time: START, crte_optins_no: '999900', opter_id: '', opter_name: '', opt_time: '', optins_no: '',
})
const begun = (area: string): ListRow => ({ insu_admdvs: area, begndate: START, enddate: '' })
const listCode = (place: number): string => `HL${String(place).padStart(8, '0')}`
const pad = (place: number): string => String(place).padStart(8, '0')

interface Listed {
  readonly drug: CatalogueDrug
  readonly place: number
}
const listed = once((): readonly Listed[] => loadCatalogue().drugs.map((drug, place) => ({ drug, place })).filter(({ drug }) => drug.class !== 'none'))

const LIST_TYPE = { western: '101', 'chinese-patent': '101', pieces: '102' } as const
const CHARGE = { western: '09', 'chinese-patent': '11', pieces: '10' } as const

const entries = (area: string): readonly ListRow[] => listed().map(({ drug, place }) => ({
  hilist_code: listCode(place), hilist_name: drug.name, ...begun(area), med_chrgitm_type: CHARGE[drug.kind], chrgitm_lv: drug.class === 'A' ? '01' : '02', lmt_used_flag: drug.diseases.length > 0 ? '1' : '0',
  list_type: LIST_TYPE[drug.kind], med_use_flag: '1', matn_used_flag: '0', hilist_use_type: '1', lmt_cpnd_type: '1', wubi: '', pinyin: '', memo: '', ...record(`L${pad(place)}`, place), poolarea_no: area,
}))

const matches = (area: string): readonly ListRow[] => listed().map(({ drug, place }) => ({
  med_list_codg: drug.nationalCode, hilist_code: listCode(place), list_type: LIST_TYPE[drug.kind], ...begun(area), memo: '', ...record(`M${pad(place)}`, place), poolarea_no: area,
}))

const limits = (area: string): readonly ListRow[] => listed().flatMap(({ drug, place }) => (drug.priceLimitMicro === null ? [] : [{
  hilist_code: listCode(place), hilist_lmtpric_type: '1', overlmt_dspo_way: drug.overLimit === 'refuse' ? '2' : '1', ...begun(area), hilist_pric_uplmt_amt: drug.priceLimitMicro / 1_000_000,
  ...record(`P${pad(place)}`, place), tabname: '', poolarea_no: area,
}]))

const shares = (area: string): readonly ListRow[] => listed().flatMap(({ drug, place }) => ['310', '390'].map((kind) => ({
  hilist_code: listCode(place), selfpay_prop_psn_type: kind, selfpay_prop_type: '10', ...begun(area), selfpay_prop: drug.preSelfPayE4 / 10_000, ...record(`S${pad(place)}${kind}`, place), tabname: '', poolarea_no: area,
})))

/** Rows of 1312, 1316, 1318 and 1319 for one insurance area, in the order in which pages are cut. */
export const insuranceList = (infno: '1312' | '1316' | '1318' | '1319', area: string): readonly ListRow[] => {
  switch (infno) {
    case '1312':
      return entries(area)
    case '1316':
      return matches(area)
    case '1318':
      return limits(area)
    case '1319':
      return shares(area)
  }
}
