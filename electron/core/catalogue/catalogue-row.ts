import { AppError } from '../../contract/index.ts'
import { parseDate } from '../../domain/calendar.ts'
import type { Cells } from '../files/zip-rows.ts'
import type { Columns } from './lists.ts'
import { versionKey } from './lists.ts'

export type RowProblem = 'no-code' | 'no-version' | 'bad-flag' | 'bad-date' | 'bad-number' | 'too-long' | 'count' | 'shrunk' | 'empty' | 'pages'

/** The whole file is refused: what is in it, or missing from it, cannot be trusted. */
export const refusedCatalogue = (problem: RowProblem, list: string, line: number | null = null, more: Readonly<Record<string, number>> = {}): AppError =>
  new AppError('catalogue.refused', `${list}: ${problem}${line === null ? '' : ` in line ${line}`}`, { list, problem: `catalogue-${problem}`, line, ...more })

/** What a row is found by and when it holds; `cells` has all of it. */
export interface ItemRow {
  readonly rowId: string
  readonly code: string
  readonly name: string
  readonly pinyin: string
  readonly baseCode: string
  readonly approvalNumber: string
  readonly valid: 0 | 1
  readonly validFrom: string
  readonly validUntil: string
  readonly version: string
  /** Of two rows of one record the one with the greater key holds, in whatever order they come. */
  readonly orderKey: string
  /** TAB between columns, nothing where nothing is. */
  readonly cells: string
}

const MAX_KEY = 200

/** A national file has a thousand dates in a million places. */
const MOST_DATES = 20_000
const seen = new Map<string, string | null>()
/** Dates come with dashes, strokes or neither, and with a time of day. null: no date. */
export const dateOf = (text: string): string | null => {
  const known = seen.get(text)
  if (known !== undefined) return known
  const date = readDate(text)
  if (seen.size < MOST_DATES) seen.set(text, date)
  return date
}
const readDate = (text: string): string | null => parseDate(/^\d{4}[-/]/.test(text) ? text.slice(0, 10).replaceAll('/', '-') : text.slice(0, 8))

const latest = (dates: readonly string[]): string => dates.reduce((found, date) => (date > found ? date : found), '')
const earliest = (dates: readonly string[]): string => dates.reduce((found, date) => (found === '' || (date !== '' && date < found) ? date : found), '')

/** Error catalogue.refused with line and problem. */
export const itemRow = (cells: Cells, columns: Columns, list: string, line: number): ItemRow => {
  const at = (column: number | null): string => (column === null ? '' : (cells[column - 1] ?? '').trim())
  const key = (column: number | null): string => {
    const text = at(column)
    if (text.length > MAX_KEY) throw refusedCatalogue('too-long', list, line)
    return text
  }
  const date = (column: number): string => {
    const text = at(column)
    if (text === '') return ''
    const found = dateOf(text)
    if (found === null) throw refusedCatalogue('bad-date', list, line)
    return found
  }
  const [code, version, flag] = [key(columns.code), key(columns.version), at(columns.valid)]
  if (code === '') throw refusedCatalogue('no-code', list, line)
  if (version === '') throw refusedCatalogue('no-version', list, line)
  if (flag !== '0' && flag !== '1') throw refusedCatalogue('bad-flag', list, line)
  return {
    // A province that numbers no rows has one row a code.
    rowId: key(columns.rowId) || `code:${code}`,
    code, version,
    name: at(columns.name),
    pinyin: key(columns.pinyin).toUpperCase().replace(/[^A-Z0-9]/g, ''),
    baseCode: key(columns.baseCode),
    approvalNumber: key(columns.approvalNumber),
    valid: flag === '1' ? 1 : 0,
    validFrom: latest(columns.from.map(date)),
    validUntil: earliest(columns.until.map(date)),
    orderKey: [versionKey(version), at(columns.updated), at(columns.transferId)].join('\u0001'),
    cells: cells.map((cell) => cell ?? '').join('\t'),
  }
}

/** A stored row's columns; nothing is null again. */
export const cellsOf = (cells: string): Cells => cells.split('\t').map((cell) => (cell === '' ? null : cell))
