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
  all: db.prepare('select * from audit_log order by seq'),
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

/** Walks the whole chain. A changed, removed or inserted row breaks it from there on; rows cut off at the end are not seen. */
export const verifyChain = (db: ReadableDb): { readonly intact: boolean; readonly rows: number; readonly brokenAt: number | null } => {
  let previous = FIRST
  let rows = 0
  for (const row of statements(db).all.iterate() as IterableIterator<AuditLogRow>) {
    rows++
    const expected = hashOf(previous, rows, row.at, row.staff_id, row.action, row.sale_id, row.outcome, row.detail)
    if (row.seq !== rows || row.previous_hash !== previous || row.hash !== expected) return { intact: false, rows, brokenAt: row.seq }
    previous = row.hash
  }
  return { intact: true, rows, brokenAt: null }
}

export const newestAudit = (db: ReadableDb, limit: number): readonly AuditLogRow[] => statements(db).newest.all(limit) as AuditLogRow[]
