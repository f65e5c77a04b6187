/** The catalogues that come as files, and where in a row stands what is needed of it. Columns are counted from 1, as in the papers (platform.md §9 for 1301). */
export const FILE_LISTS = ['1301', '1302', '1320', '1306', '1307', '1309'] as const
export type FileList = (typeof FILE_LISTS)[number]
/** The catalogues that are asked for page by page, by the date of their last change. */
export const PAGED_LISTS = ['1312', '1316', '1318', '1319'] as const
export type PagedList = (typeof PAGED_LISTS)[number]
export type CatalogueList = FileList | PagedList

export interface Columns {
  readonly count: number
  readonly code: number
  readonly name: number
  readonly pinyin: number | null
  readonly baseCode: number | null
  readonly approvalNumber: number | null
  readonly valid: number
  readonly rowId: number
  readonly version: number
  readonly updated: number | null
  readonly transferId: number | null
  /** Begin and end as the list knows them, and from when to when this row holds: both must be true. */
  readonly from: readonly number[]
  readonly until: readonly number[]
}

const NONE = { pinyin: null, baseCode: null, approvalNumber: null, updated: null, transferId: null, from: [], until: [] } as const

export const COLUMNS: Readonly<Record<FileList, Columns>> = {
  // 西药中成药
  '1301': { count: 97, code: 1, name: 4, pinyin: 51, baseCode: 9, approvalNumber: 62, valid: 79, rowId: 80, updated: 82, version: 83, transferId: 95, from: [37, 96], until: [38, 97] },
  // 中药饮片
  '1302': { ...NONE, count: 33, code: 1, name: 2, valid: 14, rowId: 15, updated: 17, version: 18, transferId: 31, from: [12, 32], until: [13, 33] },
  // 中药配方颗粒
  '1320': { ...NONE, count: 44, code: 2, name: 3, valid: 29, rowId: 30, updated: 31, version: 42, transferId: 44 },
  // 医用耗材
  '1306': { ...NONE, count: 71, code: 1, name: 2, approvalNumber: 51, valid: 68, rowId: 69, version: 70, from: [47], until: [48] },
  // 疾病与诊断
  '1307': { ...NONE, count: 24, code: 11, name: 12, valid: 19, rowId: 20, updated: 22, version: 23 },
  // 门诊慢特病种
  '1309': { ...NONE, count: 16, code: 1, name: 15, valid: 6, rowId: 7, updated: 9, version: 10 },
}

/** Rows of one file have one version, or few. */
let last = { version: '', key: '' }
/** Digits count as a number, everything else as text: `V9` stands before `V10`. Texts that compare as their versions do. */
export const versionKey = (version: string): string => {
  if (version !== last.version) last = { version, key: keyOf(version) }
  return last.key
}
const keyOf = (version: string): string => version.replace(/\d+/g, (digits) => {
  const number = digits.replace(/^0+(?=\d)/, '')
  return String.fromCodePoint(0x40 + Math.min(number.length, 60)) + number
})
export const isNewerVersion = (version: string, than: string): boolean => versionKey(version) > versionKey(than)
