import type { BusinessDate } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { cellsOf } from './catalogue-row.ts'
import type { FileList } from './lists.ts'
import { COLUMNS, FILE_LISTS } from './lists.ts'

/** One record of a catalogue, as it holds. */
export interface CatalogueItem {
  readonly list: FileList
  readonly rowId: string
  readonly code: string
  readonly name: string
  readonly pinyin: string
  readonly baseCode: string
  readonly approvalNumber: string
  readonly valid: boolean
  /** '' where the catalogue says none. */
  readonly validFrom: string
  readonly validUntil: string
  readonly version: string
  readonly cells: readonly (string | null)[]
}

interface StoredItem extends Omit<CatalogueItem, 'list' | 'valid' | 'cells'> {
  readonly list: number
  readonly valid: number
  readonly cells: string
}

const SHOWN = `list, row_id as rowId, code, name, pinyin, base_code as baseCode, approval_number as approvalNumber, valid, valid_from as validFrom, valid_until as validUntil, version, cells`
/** Of several records of one code: what holds now, before what held; then the newest. */
const HOLDS = `valid = 1 and valid_from <= @on and (valid_until = '' or valid_until >= @on)`
const BEST = `order by (${HOLDS}) desc, valid desc, order_key desc`

const statements = perDatabase((db) => ({
  byCode: db.prepare(`select ${SHOWN} from item where code = @code ${BEST} limit 50`),
  byBaseCode: db.prepare(`select ${SHOWN} from item where base_code = @value and base_code <> '' ${BEST} limit 50`),
  byApprovalNumber: db.prepare(`select ${SHOWN} from item where approval_number = @value and approval_number <> '' ${BEST} limit 50`),
  codePrefix: db.prepare(`select ${SHOWN} from item where code >= @text and code < @after order by code limit @limit`),
  pinyinPrefix: db.prepare(`select ${SHOWN} from item where pinyin <> '' and pinyin >= @text and pinyin < @after order by valid desc, pinyin limit @limit`),
  namePrefix: db.prepare(`select ${SHOWN} from item where name >= @text and name < @after order by name limit @limit`),
  nameWithin: db.prepare(`select ${SHOWN} from item where id in (select id from item indexed by item_name where instr(name, @text) > 1 limit @limit)`),
}))

const LISTS: ReadonlyMap<number, FileList> = new Map(FILE_LISTS.map((list) => [Number(list), list]))
const itemOf = ({ list, valid, cells, ...item }: StoredItem): CatalogueItem => ({ ...item, list: LISTS.get(list) ?? '1301', valid: valid === 1, cells: cellsOf(cells) })

export const holdsOn = ({ valid, validFrom, validUntil }: Pick<CatalogueItem, 'valid' | 'validFrom' | 'validUntil'>, on: BusinessDate): boolean =>
  valid && validFrom <= on && (validUntil === '' || validUntil >= on)

/** All records of a code, the one that holds on that day first. */
export const itemsOfCode = (db: ReadableDb, code: string, on: BusinessDate): readonly CatalogueItem[] => (statements(db).byCode.all({ code, on }) as StoredItem[]).map(itemOf)
/** Of a 本位码. */
export const itemsOfBaseCode = (db: ReadableDb, value: string, on: BusinessDate): readonly CatalogueItem[] => (statements(db).byBaseCode.all({ value, on }) as StoredItem[]).map(itemOf)
export const itemsOfApprovalNumber = (db: ReadableDb, value: string, on: BusinessDate): readonly CatalogueItem[] =>
  (statements(db).byApprovalNumber.all({ value, on }) as StoredItem[]).map(itemOf)

/** The text after every text that begins with this one. */
const after = (text: string): string => `${text}\u{10ffff}`

/** By code or pinyin initials from the beginning, by name anywhere. */
export const searchItems = (db: ReadableDb, text: string, limit: number): readonly CatalogueItem[] => {
  const { codePrefix, pinyinPrefix, namePrefix, nameWithin } = statements(db)
  const found = new Map<string, CatalogueItem>()
  const add = (rows: unknown): void => {
    for (const row of rows as StoredItem[]) if (found.size < limit) found.set(`${row.list}:${row.rowId}`, itemOf(row))
  }
  const upper = text.toUpperCase()
  const asked = (begin: string) => ({ text: begin, after: after(begin), limit })
  if (/^[A-Z0-9]+$/.test(upper)) {
    add(codePrefix.all(asked(upper)))
    if (/^[A-Z]+$/.test(upper)) add(pinyinPrefix.all(asked(upper)))
  }
  add(namePrefix.all(asked(text)))
  if (found.size < limit) add(nameWithin.all({ text, limit }))
  return [...found.values()]
}

/** A drug of 1301 in trade words: what a till shows and what settling and uploading may ask for. Everything as the catalogue writes it. */
export interface CatalogueDrug extends CatalogueItem {
  readonly tradeName: string
  readonly registeredName: string
  readonly dosageForm: string
  readonly kind: string
  readonly spec: string
  readonly registeredSpec: string
  readonly otc: string
  readonly packSpec: string
  readonly packCount: string
  readonly smallestPackCount: string
  readonly packUnit: string
  readonly doseUnit: string
  readonly conversionRatio: string
  readonly maker: string
  readonly licenceHolder: string
  readonly specialDrug: string
  readonly restriction: string
  readonly restricted: string
  readonly insuranceNote: string
  /** 甲 or 乙. */
  readonly grade: string
  readonly negotiated: string
  readonly marketStatus: string
}

const drugOf = (item: CatalogueItem): CatalogueDrug => {
  const at = (column: number): string => item.cells[column - 1] ?? ''
  return {
    ...item,
    tradeName: at(2), registeredName: at(8), dosageForm: at(11), kind: at(13), spec: at(14), registeredSpec: at(17), otc: at(29), packSpec: at(32), packCount: at(33),
    smallestPackCount: at(42), packUnit: at(45), doseUnit: at(46), conversionRatio: at(47), maker: at(54), licenceHolder: at(93), specialDrug: at(56), restriction: at(57), restricted: at(58),
    insuranceNote: at(69), grade: at(92), negotiated: at(76), marketStatus: at(66),
  }
}

/** The drug of a national code as it holds on a day, or as it last held (see `valid` and its dates). null: the catalogue has no such drug. */
export const findCatalogueDrug = (db: ReadableDb, nationalCode: string, on: BusinessDate): CatalogueDrug | null => {
  const item = itemsOfCode(db, nationalCode, on).find(({ list }) => list === '1301')
  return item === undefined || item.cells.length > COLUMNS['1301'].count ? null : drugOf(item)
}
