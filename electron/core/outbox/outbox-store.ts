import type { ErrorCode, ErrorDetail, Instant, OutboxItem, OutboxKind, OutboxStatus, SaleId } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

/** An upload is of one line: whose drug it is, a person reads first. */
const ITEM = `outbox.*, sale.receipt_number, drug.generic_name from outbox join sale on sale.sale_id = aggregate_id left join sale_line on line_id = payload ->> 'lineId' left join drug using (drug_id)`
const OF_STATUS = `outbox.status in (select value from json_each(@statuses))`
const PARKED_FIRST = `order by (outbox.status = 'parked') desc, outbox.created_at desc, sequence limit @limit`

const statements = perDatabase((db) => ({
  insert: db.prepare(`insert into outbox (outbox_id, kind, aggregate_id, sequence, effect_key, payload, status, created_at, due_at)
    values (@outboxId, @kind, @saleId, (select coalesce(max(sequence), 0) + 1 from outbox where aggregate_id = @saleId), @effectKey, @payload, 'pending', @at, @dueAt)
    on conflict (effect_key) do update set status = 'pending', due_at = excluded.due_at, done_at = null, error = null, repair = 'none' where status = 'parked' or status = 'done' and kind in ('reverse-settlement', 'cancel-settlement')`),
  noteMessage: db.prepare(`update outbox set last_message_id = @messageId where outbox_id = @outboxId`),
  done: db.prepare(`update outbox set status = 'done', done_at = @at, leased_until = null, error = null, repair = 'none' where outbox_id = @outboxId and status = 'leased'`),
  retryLater: db.prepare(`update outbox set status = 'pending', due_at = @dueAt, leased_until = null, error = @error where outbox_id = @outboxId and status = 'leased'`),
  park: db.prepare(`update outbox set status = 'parked', leased_until = null, error = @error, repair = @repair where outbox_id = @outboxId and status = 'leased'`),
  unpark: db.prepare(`update outbox set status = 'pending', due_at = @now, error = null, repair = 'none' where outbox_id = @outboxId and status = 'parked'`),
  unparkLot: db.prepare(`update outbox set status = 'pending', due_at = @now, error = null, repair = 'none'
    where status = 'parked' and repair = 'lot-manufactured-on' and payload ->> 'lineId' in (select line_id from sale_line where lot_id = @lotId)`),
  unparkDrug: db.prepare(`update outbox set status = 'pending', due_at = @now, error = null, repair = 'none'
    where status = 'parked' and error ->> '$.code' = 'platform.invalid-request' and payload ->> 'lineId' in (select line_id from sale_line join lot using (lot_id) where lot.drug_id = @drugId)`),
  unparkLicence: db.prepare(`update outbox set status = 'pending', due_at = @now, error = null, repair = 'none' where status = 'parked' and error ->> '$.detail.value' = 'pharmacistLicence'`),
  settleParked: db.prepare(`update outbox set status = 'done', done_at = @at, repair = 'none' where aggregate_id = @saleId and kind = @kind and status = 'parked'`),
  drop: db.prepare(`update outbox set status = 'done', done_at = @at, error = null, repair = 'none' where aggregate_id = @saleId and kind = @kind and status in ('pending', 'parked')`),
  wake: db.prepare(`update outbox set due_at = @now where status in ('pending', 'leased') and status = 'pending' and due_at > @now`),
  wakeSale: db.prepare(`update outbox set due_at = @now where status = 'pending' and due_at > @now and aggregate_id = @saleId`),
  releaseLeases: db.prepare(`update outbox set status = 'pending', leased_until = null, due_at = @now where status = 'leased'`),
  // Found anew by the claims: nothing waits for ever for a row that a defect ended by the back door.
  forgetWaiting: db.prepare(`update outbox set waits_for = null where waits_for is not null`),
  // One seek an index each.
  nextDue: db.prepare(`select min(due_at) from outbox where status in ('pending', 'leased') and status = 'pending' and waits_for is null and due_at > @after`).pluck(),
  nextLease: db.prepare(`select min(leased_until) from outbox where status = 'leased' and leased_until > @after`).pluck(),
  get: db.prepare(`select ${ITEM} where outbox_id = ?`),
  list: db.prepare(`select ${ITEM} where ${OF_STATUS} ${PARKED_FIRST}`),
  // Chosen by two indexes before anything is joined: ten thousand wait at the end of a day without line.
  listWaiting: db.prepare(`select ${ITEM} where outbox_id in (
      select outbox_id from (select outbox_id from outbox where status = 'parked' and status in (select value from json_each(@statuses)) order by created_at desc limit @limit)
      union all select outbox_id from (select outbox_id from outbox where status in ('pending', 'leased') and status in (select value from json_each(@statuses)) order by created_at desc limit @limit))
    ${PARKED_FIRST}`),
  // One condition an index: a year of jobs that are done is not read for the few that wait.
  counts: db.prepare(`select (select count(*) from outbox indexed by outbox_waiting where status in ('pending', 'leased') and kind in ('upload-sale', 'upload-return')) as waiting,
    (select created_at from outbox indexed by outbox_waiting where status in ('pending', 'leased') and kind in ('upload-sale', 'upload-return') order by created_at limit 1) as oldestAt,
    (select count(*) from outbox where status = 'parked' and kind in ('upload-sale', 'upload-return', 'claim-feedback')) as parked`),
  kindStates: db.prepare(`select status, count(*) as n from outbox where aggregate_id = @saleId and kind = @kind group by status`),
}))

/** Written in the caller's transaction. `effectKey` names the effect for ever: the same effect is queued once, and asking for a parked one again puts it back. */
export const queueJob = (db: WritableDb, job: { readonly outboxId: string; readonly kind: OutboxKind; readonly saleId: SaleId; readonly effectKey: string; readonly payload: unknown; readonly at: Instant; readonly dueAt?: number }): void => {
  statements(db).insert.run({ ...job, payload: JSON.stringify(job.payload), dueAt: job.dueAt ?? job.at })
}
/** Under which message it was last sent. */
export const noteMessage = (db: WritableDb, outboxId: string, messageId: string): void => one(statements(db).noteMessage.run({ outboxId, messageId }), 'note message')
export const finishJob = (db: WritableDb, outboxId: string, at: number): void => one(statements(db).done.run({ outboxId, at }), 'finish job')
export const retryJobLater = (db: WritableDb, outboxId: string, dueAt: number, error: { readonly code: ErrorCode; readonly detail: ErrorDetail }): void =>
  one(statements(db).retryLater.run({ outboxId, dueAt, error: JSON.stringify(error) }), 'retry job later')
export const parkJob = (db: WritableDb, outboxId: string, error: { readonly code: ErrorCode; readonly detail: ErrorDetail }, repair: OutboxItem['repair']): void =>
  one(statements(db).park.run({ outboxId, error: JSON.stringify(error), repair }), 'park job')
export const unparkJob = (db: WritableDb, outboxId: string, now: number): boolean => statements(db).unpark.run({ outboxId, now }).changes === 1
/** The lot's missing date is known now. */
export const unparkLot = (db: WritableDb, lotId: string, now: number): number => statements(db).unparkLot.run({ lotId, now }).changes
/** The drug's missing national code is known now: rows that our own tables refused go again. */
export const unparkDrug = (db: WritableDb, drugId: string, now: number): number => statements(db).unparkDrug.run({ drugId, now }).changes
/** A pharmacist's licence number is known now. */
export const unparkLicence = (db: WritableDb, now: number): number => statements(db).unparkLicence.run({ now }).changes
/** A person decided what the job could not: it is over. False: no such job is parked. */
export const settleParkedJob = (db: WritableDb, saleId: SaleId, kind: OutboxKind, at: number): boolean => statements(db).settleParked.run({ saleId, kind, at }).changes > 0
/** What it was to find out is known: nothing is asked any more. One that a run holds right now sees the new state by itself. */
export const dropJobs = (db: WritableDb, saleId: SaleId, kind: OutboxKind, at: number): void => { statements(db).drop.run({ saleId, kind, at }) }
/** After the line came back: everything is due now. */
export const wakeJobs = (db: WritableDb, now: number): void => { statements(db).wake.run({ now }) }
export const wakeJobsOfSale = (db: WritableDb, saleId: SaleId, now: number): void => { statements(db).wakeSale.run({ saleId, now }) }
/** At start: nobody but us could hold a lease. */
export const releaseLeases = (db: WritableDb, now: number): void => {
  statements(db).releaseLeases.run({ now })
  statements(db).forgetWaiting.run()
}
/** When something becomes due that is not due yet. */
export const nextDueAt = (db: ReadableDb, after: number): number | null => {
  const times = [statements(db).nextDue.get({ after }) as number | null, statements(db).nextLease.get({ after }) as number | null].filter((time) => time !== null)
  return times.length === 0 ? null : Math.min(...times)
}

export const outboxCounts = (db: ReadableDb): { readonly waiting: number; readonly oldestAt: Instant | null; readonly parked: number } =>
  statements(db).counts.get() as { waiting: number; oldestAt: Instant | null; parked: number }

const SUBJECTS: Record<OutboxKind, string> = { 'reverse-settlement': '2601', 'cancel-settlement': '2103', 'upload-sale': '3505', 'upload-return': '3506', 'claim-feedback': '3103' }

const toItem = (row: Record<string, unknown>): OutboxItem => ({
  outboxId: row['outbox_id'] as string, kind: row['kind'] as OutboxKind, status: row['status'] as OutboxStatus, saleId: row['aggregate_id'] as SaleId, receiptNumber: row['receipt_number'] as string,
  subject: [row['generic_name'] as string | null, SUBJECTS[row['kind'] as OutboxKind], row['effect_key'] as string].filter((part) => part !== null).join(' · '), attempts: row['attempts'] as number, createdAt: row['created_at'] as Instant, dueAt: row['due_at'] as Instant,
  doneAt: row['done_at'] as Instant | null, error: row['error'] === null ? null : JSON.parse(row['error'] as string), repair: row['repair'] as OutboxItem['repair'], messageId: row['last_message_id'] as string | null,
})
export const getJob = (db: ReadableDb, outboxId: string): OutboxItem | null => {
  const row = statements(db).get.get(outboxId) as Record<string, unknown> | undefined
  return row === undefined ? null : toItem(row)
}
export const listJobs = (db: ReadableDb, statuses: readonly OutboxStatus[], limit: number): readonly OutboxItem[] =>
  (statements(db)[statuses.includes('done') ? 'list' : 'listWaiting'].all({ statuses: JSON.stringify(statuses), limit }) as Record<string, unknown>[]).map(toItem)

/** How far a sale's uploads are: parked if any is, waiting if any waits. */
export const uploadState = (db: ReadableDb, saleId: SaleId, kind: 'upload-sale' | 'upload-return'): 'none' | 'waiting' | 'uploaded' | 'parked' => {
  const counts = statements(db).kindStates.all({ saleId, kind }) as { status: OutboxStatus; n: number }[]
  if (counts.length === 0) return 'none'
  if (counts.some((row) => row.status === 'parked')) return 'parked'
  return counts.every((row) => row.status === 'done') ? 'uploaded' : 'waiting'
}
