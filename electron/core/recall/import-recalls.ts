import { parse } from 'csv-parse/sync'
import { AppError } from '../../contract/index.ts'
import type { Recall } from '../../contract/index.ts'
import { maskText } from '../../domain/masking.ts'
import { appendAudit } from '../audit/audit-log.ts'
import type { ReadableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { drugsByApprovalNumber, drugsByNationalCode } from '../drug/drug-store.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { enterRecall, tellTills } from './enter-recall.ts'
import { findRecall, standingRecall } from './recall-store.ts'

export const LARGEST_RECALL_LIST = 4 * 1024 * 1024
const MOST_LINES = 50_000
const HEADING = ['product', 'lot', 'reason', 'source'] as const
/** Nothing written is no lot; every lot is said. */
const EVERY_LOT = '*'

export interface RecallListReport {
  /** Rows of the list. */
  readonly rows: number
  /** Recalls entered. */
  readonly new: number
  /** Under the same recall already. */
  readonly known: number
  /** Rows of products this shop does not carry. */
  readonly notOurs: number
  /** Of the recalls entered: what lies here. */
  readonly here: readonly { readonly drugName: string; readonly lotNumber: string | null; readonly onHandPacks: number; readonly inSales: number }[]
}

interface Row {
  readonly drugIds: readonly string[]
  readonly lotNumber: string | null
  readonly reason: string
  readonly source: string
}

const invalid = (problem: string, line: number | null = null): AppError =>
  new AppError('recall.list-invalid', `recall list: ${problem}${line === null ? '' : ` in line ${line}`}`, { problem: `recall-${problem}`, line })

const readRecords = (bytes: Uint8Array): readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[] => {
  if (bytes.length > LARGEST_RECALL_LIST) throw invalid('too-large')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw invalid('not-utf-8')
  }
  try {
    return parse(text, { info: true, bom: true, trim: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 4_000 }) as never
  } catch {
    throw invalid('not-csv')
  }
}

const statements = perDatabase((db) => ({ byOurCode: db.prepare(`select drug_id from drug where drug_id = ? collate nocase`).pluck() }))

/** By our code, the approval number or the national code: a notice names what it knows. */
const drugsCalled = (db: ReadableDb, product: string): readonly string[] => {
  const own = statements(db).byOurCode.all(product) as string[]
  return own.length > 0 ? own : [...new Set<string>([...drugsByApprovalNumber(db, product), ...drugsByNationalCode(db, product)])]
}

const between = (text: string, least: number, most: number): boolean => text.length >= least && text.length <= most

/** The whole file or an error that names the first line at fault. */
const readList = (db: ReadableDb, bytes: Uint8Array): readonly Row[] => {
  const [heading, ...rows] = readRecords(bytes)
  if (heading === undefined || heading.record.map((name) => name.toLowerCase()).join() !== HEADING.join()) throw invalid('heading')
  if (rows.length > MOST_LINES) throw invalid('too-large')
  return rows.map(({ record, info }) => {
    const [product = '', lot = '', reason = '', source = ''] = record
    if (record.length !== HEADING.length) throw invalid('columns', info.lines)
    if (!between(product, 1, 60)) throw invalid('product', info.lines)
    if (!between(lot, 1, 30)) throw invalid('lot', info.lines)
    if (!between(reason, 2, 500)) throw invalid('reason', info.lines)
    if (!between(source, 2, 200)) throw invalid('source', info.lines)
    return { drugIds: drugsCalled(db, product), lotNumber: lot === EVERY_LOT ? null : lot, reason, source }
  })
}

/** A notice's list: CSV `product,lot,reason,source`, lot `*` for every lot. All or nothing; what this shop does not carry is counted. Errors: recall.list-invalid, session.forbidden. */
export const importRecalls = (house: House, caller: Caller, bytes: Uint8Array, fileName: string): RecallListReport => {
  if (caller.role === 'cashier') throw new AppError('session.forbidden', 'needs pharmacist', { needs: 'pharmacist' })
  const { db } = house
  const rows = readList(db, bytes)
  const entered: string[] = []
  const counts = inTransaction(db, () => {
    let known = 0
    for (const { drugIds, lotNumber, reason, source } of rows) {
      for (const drugId of drugIds) {
        if (standingRecall(db, { drugId, lotNumber: lotNumber?.normalize('NFKC') ?? null }) === null) entered.push(enterRecall(house, caller, { drugId, lotNumber, reason, source }))
        else known += 1
      }
    }
    const told = { rows: rows.length, new: entered.length, known, notOurs: rows.filter((row) => row.drugIds.length === 0).length }
    appendAudit(db, { at: now(house), staffId: caller.staffId, action: 'recall.importList', saleId: null, outcome: 'ok', detail: { file: maskText(fileName), ...told } })
    return told
  })
  const recalls = entered.map((recallId) => findRecall(db, recallId)).filter((recall): recall is Recall => recall !== null)
  for (const recall of recalls) tellTills(house, recall)
  house.changed('status')
  return {
    ...counts,
    here: recalls
      .filter((recall) => recall.onHand > 0 || recall.inSales > 0)
      .map(({ drugName, lotNumber, onHand, inSales }) => ({ drugName, lotNumber, onHandPacks: Math.floor(onHand / 10_000), inSales })),
  }
}
