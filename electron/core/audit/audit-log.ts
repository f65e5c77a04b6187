import { hash } from 'node:crypto'
import type { ErrorDetail, SaleId } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

export interface AuditEntry {
  readonly at: number
  readonly staffId: string | null
  /** Name of the procedure, or of what core did by itself. */
  readonly action: string
  readonly saleId: string | null
  /** `ok` or an error code. */
  readonly outcome: string
  /** Already whitelisted (audit-detail.ts). */
  readonly detail: ErrorDetail
}

interface AuditLogRow {
  readonly seq: number
  readonly at: number
  readonly staff_id: string | null
  readonly action: string
  readonly sale_id: SaleId | null
  readonly outcome: string
  readonly detail: string
  readonly previous_hash: string
  readonly hash: string
}

const FIRST = '0'.repeat(64)

const statements = perDatabase(db => ({
  last: db.prepare('select seq, hash from audit_log order by seq desc limit 1'),
  insert: db.prepare('insert into audit_log (seq, at, staff_id, action, sale_id, outcome, detail, previous_hash, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  page: db.prepare('select * from audit_log where seq > ? order by seq limit ?'),
  newest: db.prepare('select * from audit_log order by seq desc limit ?'),
}))

const hashOf = (previous: string, seq: number, at: number, staffId: string | null, action: string, saleId: string | null, outcome: string, detail: string): string =>
  hash('sha256', JSON.stringify([previous, seq, at, staffId, action, saleId, outcome, detail]))

/** Adds one row in the caller's transaction, if there is one. */
export const appendAudit = (db: WritableDb, entry: AuditEntry): void => inTransaction(db, () => {
  const { last, insert } = statements(db)
  const before = last.get() as { seq: number; hash: string } | undefined
  const seq = (before?.seq ?? 0) + 1
  const previous = before?.hash ?? FIRST
  const detail = JSON.stringify(entry.detail)
  insert.run(seq, entry.at, entry.staffId, entry.action, entry.saleId, entry.outcome, detail, previous, hashOf(previous, seq, entry.at, entry.staffId, entry.action, entry.saleId, entry.outcome, detail))
})

export interface ChainCheck { readonly intact: boolean; readonly rows: number; readonly brokenAt: number | null }
interface Walk extends ChainCheck { readonly previous: string; readonly ended: boolean }

const BEGIN: Walk = { intact: true, rows: 0, brokenAt: null, previous: FIRST, ended: false }

const walkPage = (db: ReadableDb, walk: Walk, most: number): Walk => {
  let { rows, previous } = walk
  const page = statements(db).page.all(rows, most) as AuditLogRow[]
  for (const row of page) {
    rows++
    const expected = hashOf(previous, rows, row.at, row.staff_id, row.action, row.sale_id, row.outcome, row.detail)
    if (row.seq !== rows || row.previous_hash !== previous || row.hash !== expected) return { intact: false, rows, brokenAt: row.seq, previous, ended: true }
    previous = row.hash
  }
  return { ...walk, rows, previous, ended: page.length < most }
}
const PAGE = 1_000

/** Walks the whole chain. A changed, removed or inserted row breaks it from there on; rows cut off at the end are not seen. */
export const verifyChain = (db: ReadableDb): ChainCheck => {
  let walk = BEGIN
  while (!walk.ended) walk = walkPage(db, walk, PAGE)
  return { intact: walk.intact, rows: walk.rows, brokenAt: walk.brokenAt }
}

/** The same, letting others in between: a year of rows takes seconds, and the till goes on selling. */
export const verifyChainBeside = async (db: ReadableDb): Promise<ChainCheck> => {
  let walk = BEGIN
  while (!walk.ended) {
    walk = walkPage(db, walk, PAGE)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { intact: walk.intact, rows: walk.rows, brokenAt: walk.brokenAt }
}

export const newestAudit = (db: ReadableDb, limit: number): readonly AuditLogRow[] => statements(db).newest.all(limit) as AuditLogRow[]
