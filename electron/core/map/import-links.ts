import { parse } from 'csv-parse/sync'
import { AppError } from '../../contract/index.ts'
import type { DrugId, Instant } from '../../contract/index.ts'
import { LinkKind } from '../../contract/index.ts'
import { maskText } from '../../domain/masking.ts'
import { appendAudit } from '../audit/audit-log.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'
import { drugsByApprovalNumber, drugsByBarcode, drugsByNationalCode, findDrugFacts } from '../drug/drug-store.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { addMark, findMark, liftMark, linksOfValue } from './link-store.ts'
import { linkValue } from './link-value.ts'
import { tellLink } from './tell-link.ts'
import type { Conflict, ToldNotice } from './tell-link.ts'

/** A national file of every identifier is some 20 MB. */
export const LARGEST_IMPORT = 64 * 1024 * 1024
const MOST_LINES = 1_000_000
const COLUMNS = ['kind', 'value', 'drug', 'level', 'note'] as const
/** As a Chinese spreadsheet heads and fills them. */
const IN_CHINESE: ReadonlyMap<string, string> = new Map([
  ['种类', 'kind'],
  ['编码', 'value'],
  ['药品', 'drug'],
  ['级别', 'level'],
  ['备注', 'note'],
  ['追溯码标识', 'trace-identifier'],
  ['商品条码', 'barcode'],
  ['医保编码', 'national-code'],
  ['批准文号', 'approval-number'],
  ['本位码', 'base-code'],
  ['从未发放', 'never-issued'],
  ['已发放', 'issued'],
])
const inEnglish = (text: string): string => IN_CHINESE.get(text) ?? text.toLowerCase()

/** UTF-8, else what a Chinese Excel saves. Throws TypeError for neither. */
const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  }
}

export type Refusal =
  | 'columns'
  | 'kind'
  | 'value'
  | 'level'
  | 'note-too-long'
  | 'no-such-item'
  | 'several-items'
  | 'contradicts-line'
  /** Marked as never issued, but confirmed for an item. */
  | 'given-out'
  | Conflict
export interface ImportedLine {
  /** As an editor counts them: the heading is line 1. */
  readonly line: number
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'refused'
  readonly kind: string
  readonly value: string
  readonly refusal: Refusal | null
  readonly notice: ToldNotice | null
  /** Items that share the code, or the line that says otherwise. */
  readonly others: readonly string[]
}
export interface ImportReport {
  readonly source: 'national' | 'chain'
  /** false: dry run, or something was refused and nothing may be left out. */
  readonly taken: boolean
  readonly new: number
  readonly changed: number
  readonly unchanged: number
  readonly refused: number
  /** All but the unchanged, in order. */
  readonly lines: readonly ImportedLine[]
}
export interface ImportOptions {
  readonly source: 'national' | 'chain'
  /** Kept with every link. */
  readonly fileName: string
  readonly dryRun: boolean
  /** Take the rest although lines are refused; else one refused line refuses the file. */
  readonly leaveOut: boolean
}

interface Row {
  readonly kind: string
  readonly value: string
  readonly drug: string
  readonly level: string
  readonly note: string
}
interface Read {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/** Errors map.file-invalid: neither UTF-8 nor GB 18030, too large, no such heading, broken quotes. */
const readRows = (bytes: Uint8Array): readonly { readonly line: number; readonly row: Row | null }[] => {
  const invalid = (problem: string): AppError => new AppError('map.file-invalid', `not a file of links: ${problem}`, { problem })
  if (bytes.length > LARGEST_IMPORT) throw invalid(`more than ${LARGEST_IMPORT / 1024 / 1024} MB`)
  let records: readonly Read[]
  try {
    const text = textOf(bytes)
    records = parse(text, {
      bom: true,
      info: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: 4096,
    }) as unknown as readonly Read[]
  } catch (error) {
    throw invalid(error instanceof TypeError ? 'neither UTF-8 nor GB 18030' : 'broken quotes, or a line that is too long')
  }
  const [head, ...rest] = records
  if (head === undefined) throw invalid('empty')
  const names = head.record.map(inEnglish)
  const unknown = names.find((name) => !COLUMNS.includes(name as (typeof COLUMNS)[number]))
  if (unknown !== undefined || new Set(names).size !== names.length)
    throw invalid(`its columns are kind,value,drug,level,note${unknown === undefined ? '' : `, not ${unknown.slice(0, 40)}`}`)
  if (!names.includes('kind') || !names.includes('value')) throw invalid('the columns kind and value are missing')
  if (rest.length > MOST_LINES) throw invalid(`more than ${MOST_LINES} lines`)
  return rest.map(({ record, info }) => {
    const cell = (name: string): string => record[names.indexOf(name)] ?? ''
    return {
      line: info.lines,
      row:
        record.length > names.length
          ? null
          : { kind: inEnglish(cell('kind')), value: cell('value'), drug: cell('drug'), level: cell('level'), note: cell('note') },
    }
  })
}

/** Our number, NHSA code, approval number or bar code. */
const itemsOf = (db: ReadableDb, text: string): readonly DrugId[] => {
  const own = findDrugFacts(db, text)
  if (own !== null) return [own.drugId]
  const found = new Set<DrugId>()
  for (const kind of ['national-code', 'approval-number', 'barcode'] as const) {
    const value = linkValue(kind, text)
    if (value === null) continue
    for (const { drugId, trust } of linksOfValue(db, kind, value)) if (trust === 'confirmed') found.add(drugId)
    for (const drugId of kind === 'barcode'
      ? drugsByBarcode(db, value)
      : kind === 'national-code'
        ? drugsByNationalCode(db, value)
        : drugsByApprovalNumber(db, value))
      found.add(drugId)
  }
  return [...found]
}

const MARKS = ['never-issued', 'issued'] as const
const isMark = (kind: string): kind is (typeof MARKS)[number] => MARKS.includes(kind as (typeof MARKS)[number])

type Taken = Pick<ImportedLine, 'outcome' | 'refusal' | 'notice' | 'others'>
const done = (outcome: 'new' | 'changed' | 'unchanged'): Taken => ({ outcome, refusal: null, notice: null, others: [] })
const refused = (refusal: Refusal, others: readonly string[] = []): Taken => ({ outcome: 'refused', refusal, notice: null, others })

/** Fronts that no issuer ever gave out, and taking that back. What is confirmed for an item was given out. */
const takeMark = (db: WritableDb, mark: (typeof MARKS)[number], text: string, source: string, at: Instant): Taken => {
  const identifier = linkValue('trace-identifier', text)
  if (identifier === null) return refused('value')
  const marked = findMark(db, identifier) !== null
  if (mark === 'issued') {
    if (marked) liftMark(db, identifier)
    return done(marked ? 'changed' : 'unchanged')
  }
  if (marked) return done('unchanged')
  const claimed = linksOfValue(db, 'trace-identifier', identifier).filter(({ trust }) => trust === 'confirmed')
  if (claimed.length > 0)
    return refused(
      'given-out',
      claimed.map(({ drugId, drugName }) => `${drugId} ${drugName}`),
    )
  addMark(db, { identifier, source, at })
  return done('new')
}

interface Book {
  readonly db: WritableDb
  readonly newId: () => string
  readonly at: Instant
  readonly options: ImportOptions
  /** Which line said what of a link: a file that contradicts itself is wrong somewhere. */
  readonly said: Map<string, { readonly line: number; readonly level: number | null }>
}

const takeRow = ({ db, newId, at, options, said }: Book, line: number, row: Row | null): Taken => {
  if (row === null) return refused('columns')
  if (row.note.length > 200) return refused('note-too-long')
  const note = row.note === '' ? options.fileName : `${options.fileName}: ${maskText(row.note)}`
  if (isMark(row.kind)) return takeMark(db, row.kind, row.value, `${options.source}: ${note}`, at)
  const kind = LinkKind.safeParse(row.kind)
  if (!kind.success) return refused('kind')
  const value = linkValue(kind.data, row.value)
  if (value === null) return refused('value')
  if (!(kind.data === 'trace-identifier' ? /^[1-9]?$/ : /^$/).test(row.level)) return refused('level')
  const level = kind.data === 'trace-identifier' ? Number(row.level === '' ? 1 : row.level) : null
  const [drugId, ...more] = itemsOf(db, row.drug)
  if (drugId === undefined) return refused('no-such-item')
  if (more.length > 0) return refused('several-items', [drugId, ...more])
  const name = JSON.stringify([kind.data, value, drugId])
  const before = said.get(name)
  if (before !== undefined && before.level !== level) return refused('contradicts-line', [String(before.line)])
  said.set(name, { line, level })
  const told = tellLink(db, newId, { kind: kind.data, value, drugId, level, note }, options.source, at)
  switch (told.outcome) {
    case 'conflict':
      return refused(told.conflict, told.others)
    case 'new':
      return { outcome: 'new', refusal: null, notice: told.notice, others: told.notice === null ? [] : told.others }
    case 'changed':
    case 'unchanged':
      return done(told.outcome)
  }
}

class TakenBack extends Error {}

/** What stands in a wrong column may be anything. */
const shown = (cell: string | undefined): string => maskText(cell?.slice(0, 60) ?? '')

/**
 * A file of links, all or nothing: a refused line refuses the file unless the caller lets such lines be left out. Nothing that a pharmacist of this shop confirmed or revoked
 * is overruled. Errors session.forbidden, map.file-invalid.
 */
export const importLinks = (house: Pick<House, 'db' | 'clock' | 'newId'>, caller: Caller, bytes: Uint8Array, options: ImportOptions): ImportReport => {
  const { db, newId } = house
  if (caller.role === 'cashier') throw new AppError('session.forbidden', 'links are imported by pharmacists', { needs: 'pharmacist' })
  const rows = readRows(bytes)
  const lines: ImportedLine[] = []
  const counts = { new: 0, changed: 0, unchanged: 0, refused: 0 }
  const taken = (): boolean => !options.dryRun && (options.leaveOut || counts.refused === 0)
  try {
    inTransaction(db, () => {
      const book: Book = { db, newId, at: now(house), options, said: new Map() }
      for (const { line, row } of rows) {
        const result = takeRow(book, line, row)
        counts[result.outcome] += 1
        if (result.outcome !== 'unchanged') lines.push({ line, kind: shown(row?.kind), value: shown(row?.value), ...result })
      }
      appendAudit(db, {
        at: book.at,
        staffId: caller.staffId,
        action: 'map.importLinks',
        saleId: null,
        outcome: 'ok',
        detail: { source: options.source, file: maskText(options.fileName), ...counts },
      })
      // Everything was tried for real; now it is as if it never was.
      if (!taken()) throw new TakenBack()
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
  return { source: options.source, taken: taken(), ...counts, lines }
}
