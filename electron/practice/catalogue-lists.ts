import type { CatalogueDrug } from './catalogue.ts'
import { loadCatalogue } from './catalogue.ts'
import type { TextRow } from './files.ts'
import { once } from './once.ts'

/**
 * The centre's catalogues in the columns of the paper, made from the practice list by rule: a first edition, a second that changes and adds, a third that withdraws.
 * Version numbers are dates here; no public paper says what real ones look like.
 */
export const EDITIONS = ['20250701', '20260301', '20260901'] as const
type Edition = (typeof EDITIONS)[number]

export const CATALOGUE_NAMES = {
  1301: '西药中成药', 1302: '中药饮片', 1320: '中药配方颗粒', 1306: '医用耗材', 1307: '疾病与诊断', 1309: '门诊慢特病种',
} as const
export type CatalogueNumber = keyof typeof CATALOGUE_NAMES

/** One record in one edition. */
interface Entry {
  readonly rowId: string
  readonly edition: Edition
  readonly cells: TextRow
}

const day = (edition: Edition): string => `${edition.slice(0, 4)}-${edition.slice(4, 6)}-${edition.slice(6)}`
const time = (edition: Edition): string => `${day(edition)} 00:00:00`

/** A row of so many columns from the few that are filled, counted from 1 as in the paper. */
const rowOf = (columns: number, filled: Readonly<Record<number, string | null>>): TextRow =>
  Array.from({ length: columns }, (_, index) => (filled[index + 1] === '' ? null : (filled[index + 1] ?? null)))

interface State {
  readonly edition: Edition
  readonly valid?: boolean
  readonly note?: string
  readonly until?: string
}

const drugRow = (drug: CatalogueDrug, place: number, rowId: string, code: string, { edition, valid = true, note = '', until = '' }: State): TextRow =>
  rowOf(97, {
    1: code, 4: drug.name, 8: drug.name, 9: `86${String(900_000_000_000 + place)}`, 12: drug.kind === 'western' ? '1' : '2', 13: drug.kind === 'western' ? '西药' : '中成药',
    14: drug.spec, 17: drug.spec, 24: drug.kind === 'western' ? '0' : '1', 32: drug.packSpec, 33: drug.packCount, 37: '2020-01-01', 42: drug.packCount, 45: /\/([^/\s]+)\s*$/.exec(drug.packSpec)?.[1] ?? '盒', 51: `LXY${place}`, 54: drug.maker,
    62: drug.approvalNumber, 65: '1', 66: '正常', 69: note, 79: valid ? '1' : '0', 80: rowId, 81: time('20250701'), 82: time(edition), 83: edition, 84: `${edition}版`,
    92: drug.class === 'A' ? '甲' : drug.class === 'B' ? '乙' : '', 93: drug.maker, 94: '1', 95: `T${edition}${rowId}`, 96: day(edition), 97: until,
  })

const isDrug = (drug: CatalogueDrug): boolean => drug.kind !== 'pieces'

/** Every eleventh comes with the second edition, every seventh is changed by it; every nineteenth had an older pack that the third withdraws. */
const drugs = (): readonly Entry[] => loadCatalogue().drugs.filter(isDrug).flatMap((drug, place) => {
  const rowId = `D${String(place).padStart(8, '0')}`
  const first: Edition = place % 11 === 3 ? EDITIONS[1] : EDITIONS[0]
  const entries: Entry[] = [{ rowId, edition: first, cells: drugRow(drug, place, rowId, drug.nationalCode, { edition: first }) }]
  if (place % 7 === 2 && first === EDITIONS[0]) entries.push({ rowId, edition: EDITIONS[1], cells: drugRow(drug, place, rowId, drug.nationalCode, { edition: EDITIONS[1], note: '限二级及以上医疗机构' }) })
  if (place % 19 === 5) {
    const [oldRow, oldCode] = [`O${String(place).padStart(8, '0')}`, `${drug.nationalCode.slice(0, 20)}OLD`.slice(0, 23)]
    entries.push({ rowId: oldRow, edition: EDITIONS[0], cells: drugRow(drug, place, oldRow, oldCode, { edition: EDITIONS[0] }) })
    entries.push({ rowId: oldRow, edition: EDITIONS[2], cells: drugRow(drug, place, oldRow, oldCode, { edition: EDITIONS[2], valid: false, until: '2026-08-31' }) })
  }
  return entries
})

const simple = (number: Exclude<CatalogueNumber, 1301>, rows: readonly (readonly [code: string, name: string])[]): readonly Entry[] => rows.map(([code, name], place) => {
  const edition: Edition = place % 11 === 3 ? EDITIONS[1] : EDITIONS[0]
  const rowId = `R${number}${String(place).padStart(6, '0')}`
  const [made, changed] = [time('20250701'), time(edition)]
  switch (number) {
    case 1302:
      return { rowId, edition, cells: rowOf(33, { 1: code, 2: name, 3: '1', 12: '2020-01-01', 14: '1', 15: rowId, 16: made, 17: changed, 18: edition, 19: `${edition}版`, 20: name, 30: '1', 31: `T${rowId}`, 32: day(edition) }) }
    case 1320:
      return { rowId, edition, cells: rowOf(44, { 1: rowId, 2: code, 3: name, 4: 'g', 9: '练习颗粒制药有限公司', 20: code.slice(2), 21: name.slice(0, -2), 29: '1', 30: rowId, 31: changed, 34: made, 42: edition, 43: `${edition}版`, 44: `T${rowId}` }) }
    case 1306:
      return { rowId, edition, cells: rowOf(71, { 1: code, 2: name, 8: '标准型', 16: '盒', 47: '2020-01-01', 60: '练习器械有限公司', 68: '1', 69: rowId, 70: edition, 71: `${edition}版` }) }
    case 1307:
      return { rowId, edition, cells: rowOf(24, { 1: rowId, 11: code, 12: name, 13: '1', 19: '1', 20: rowId, 21: made, 22: changed, 23: edition, 24: `${edition}版` }) }
    case 1309:
      return { rowId, edition, cells: rowOf(16, { 1: code, 2: '门诊慢特病', 4: '999900', 6: '1', 7: rowId, 8: made, 9: changed, 10: edition, 12: `${edition}版`, 15: name }) }
  }
})

const pieces = (): readonly CatalogueDrug[] => loadCatalogue().drugs.filter((drug) => !isDrug(drug))
const CONSUMABLES = [['C0901010010000109999', '医用外科口罩'], ['C0902010010000209999', '一次性使用输液器'], ['C0903010010000309999', '血糖试纸'], ['C0904010010000409999', '医用棉签']] as const
const DISEASES = [['I10.x00', '高血压'], ['E11.900', '2型糖尿病'], ['J06.900', '急性上呼吸道感染'], ['K29.700', '胃炎'], ['M54.500', '腰痛']] as const
const CHRONIC = [['M03900', '高血压'], ['M01600', '糖尿病'], ['M04600', '冠心病']] as const

const BOOKS: Readonly<Record<CatalogueNumber, () => readonly Entry[]>> = {
  1301: once(drugs),
  1302: once(() => simple(1302, pieces().map((drug) => [drug.nationalCode, drug.name]))),
  1320: once(() => simple(1320, pieces().slice(0, 60).map((drug) => [`KL${drug.nationalCode}`, `${drug.name}颗粒`]))),
  1306: once(() => simple(1306, CONSUMABLES)),
  1307: once(() => simple(1307, DISEASES)),
  1309: once(() => simple(1309, CHRONIC)),
}

const numberOf = (version: string): bigint => BigInt(/\d+/.exec(version)?.[0] ?? '0')

/** What is newer than a version, each record once as it is now; with `step`, only the next edition, as it was then. */
export const newerThan = (number: CatalogueNumber, version: string, step: boolean): readonly TextRow[] => {
  const newer = EDITIONS.filter((edition) => numberOf(edition) > numberOf(version))
  const wanted = step ? newer.slice(0, 1) : newer
  const last = new Map<string, Entry>()
  for (const entry of BOOKS[number]()) if (wanted.includes(entry.edition) && entry.edition >= (last.get(entry.rowId)?.edition ?? '')) last.set(entry.rowId, entry)
  // An edition in which nothing changed has no file.
  return last.size === 0 && step && newer.length > 1 ? newerThan(number, wanted[0] ?? '', true) : [...last.values()].map(({ cells }) => cells)
}
