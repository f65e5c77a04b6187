import type { BusinessDate, Cure, ErrorCode, ErrorDetail, Fen, Instant, SaleId, SettlementFigures } from '../../contract/index.ts'
import type { DifferenceKind, GroupKey, Sums } from '../../domain/reconcile/books.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

export interface DayRow { readonly date: BusinessDate; readonly state: 'balanced' | 'differs' | 'failed'; readonly last_run_id: string; readonly ran_at: Instant; readonly closed: 0 | 1; readonly error: string | null }
export interface GroupRow {
  readonly insurance_type: string; readonly clearing_type: string; readonly clearing_office: string; readonly refund: 0 | 1; readonly count: number
  readonly total_fen: Fen; readonly fund_fen: Fen; readonly account_fen: Fen; readonly balanced: 0 | 1; readonly explanation: string; readonly theirs: string | null; readonly asked_at: Instant
}
/** What one side has, as it is shown and as the cure will use it. `complete`: the evidence covers every day on which it can have been booked. */
export interface StoredSide { readonly setlId: string; readonly visitId: string; readonly totalFen: Fen | null; readonly fundFen: Fen | null; readonly accountFen: Fen | null; readonly cashFen: Fen | null; readonly trial: boolean; readonly words: string; readonly complete: boolean
  /** The whole settlement (5203), where it was asked for. */
  readonly held: { readonly figures: SettlementFigures; readonly settledAt: string; readonly clearingOffice: string } | null
}
export interface DifferenceRow {
  readonly difference_id: string; readonly date: BusinessDate; readonly subject: string; readonly kind: DifferenceKind; readonly refund: 0 | 1; readonly sale_id: SaleId | null; readonly message_id: string
  readonly cures: string; readonly ours: string | null; readonly theirs: string | null; readonly run_id: string; readonly seen_at: Instant; readonly state: 'open' | 'decided' | 'gone'
  readonly decided_cure: Cure | null; readonly reason: string | null; readonly decided_by: string | null; readonly decided_at: Instant | null; readonly note: string
}
export interface NewDifference {
  readonly differenceId: string; readonly date: BusinessDate; readonly subject: string; readonly kind: DifferenceKind; readonly refund: boolean; readonly saleId: string | null; readonly messageId: string
  readonly cures: readonly Cure[]; readonly ours: StoredSide | null; readonly theirs: StoredSide | null
}
export interface AskedGroup extends GroupKey, Sums { readonly refund: boolean; readonly balanced: boolean; readonly explanation: string; readonly theirs: Sums | null; readonly askedAt: Instant }

const statements = perDatabase((db) => ({
  startRun: db.prepare(`insert into reconcile_run (run_id, date, staff_id, started_at, closed) values (@runId, @date, @staffId, @at, @closed)`),
  endRun: db.prepare(`update reconcile_run set ended_at = @at, outcome = @outcome where run_id = @runId and ended_at is null`),
  endDeadRuns: db.prepare(`update reconcile_run set ended_at = @at, outcome = 'failed' where ended_at is null`),
  nightRuns: db.prepare(`select count(*) from reconcile_run where date = @date and staff_id is null and started_at >= @since`).pluck(),
  saveDay: db.prepare(`insert into reconcile_day (date, state, last_run_id, ran_at, closed, error) values (@date, @state, @runId, @at, @closed, @error)
    on conflict (date) do update set state = excluded.state, last_run_id = excluded.last_run_id, ran_at = excluded.ran_at, closed = excluded.closed, error = excluded.error`),
  // Nobody answered: what the last whole comparison found stays in view.
  failDay: db.prepare(`insert into reconcile_day (date, state, last_run_id, ran_at, closed, error) values (@date, 'failed', @runId, @at, 0, @error)
    on conflict (date) do update set state = 'failed', ran_at = excluded.ran_at, error = excluded.error`),
  addGroup: db.prepare(`insert into reconcile_group (run_id, position, insurance_type, clearing_type, clearing_office, refund, count, total_fen, fund_fen, account_fen, balanced, explanation, theirs, asked_at)
    values (@runId, @position, @insuranceType, @clearingType, @clearingOffice, @refund, @count, @totalFen, @fundFen, @accountFen, @balanced, @explanation, @theirs, @askedAt)`),
  knowGroup: db.prepare(`insert into reconcile_known_group (insurance_type, clearing_type, clearing_office, last_date) values (@insuranceType, @clearingType, @clearingOffice, @date)
    on conflict do update set last_date = max(last_date, excluded.last_date)`),
  addAbsence: db.prepare(`insert into reconcile_absence (message_id, refund, date, run_id) values (@messageId, @refund, @date, @runId) on conflict do update set run_id = excluded.run_id`),
  dropAbsence: db.prepare(`delete from reconcile_absence where message_id = @messageId and refund = @refund and date = @date`),
  absences: db.prepare(`select date from reconcile_absence where message_id = @messageId and refund = @refund`).pluck(),
  // A decision stays decided while the difference is still seen; what had gone and is back is open again.
  addDifference: db.prepare(`insert into reconcile_difference (difference_id, date, subject, kind, refund, sale_id, message_id, cures, ours, theirs, run_id, seen_at, state)
    values (@differenceId, @date, @subject, @kind, @refund, @saleId, @messageId, @cures, @ours, @theirs, @runId, @at, 'open')
    on conflict (subject) do update set cures = excluded.cures, ours = excluded.ours, theirs = excluded.theirs, run_id = excluded.run_id, seen_at = excluded.seen_at, state = iif(state = 'decided' and decided_cure = 'by-hand', 'decided', 'open')`),
  dropUnseen: db.prepare(`update reconcile_difference set state = 'gone' where date = @date and state = 'open' and run_id <> @runId`),
  decide: db.prepare(`update reconcile_difference set state = 'decided', decided_cure = @cure, reason = @reason, decided_by = @staffId, decided_at = @at, note = @note where difference_id = @differenceId and state = 'open'`),
  getDay: db.prepare(`select * from reconcile_day where date = ?`),
  days: db.prepare(`select * from reconcile_day where date >= ?`),
  groups: db.prepare(`select * from reconcile_group where run_id = ? order by position`),
  difference: db.prepare(`select * from reconcile_difference where difference_id = ?`),
  differences: db.prepare(`select * from reconcile_difference where date = @date and state <> 'gone' order by state = 'decided', sale_id is null, seen_at, difference_id limit @limit`),
  differenceCount: db.prepare(`select count(*) from reconcile_difference where date = ? and state <> 'gone'`).pluck(),
  counts: db.prepare(`select date, sum(state = 'open' and (sale_id is null or cures ->> 0 not in ('book-here', 'release-here', 'return-here', 'keep-here')
      or exists (select 1 from settlement where settlement.sale_id = reconcile_difference.sale_id and settlement.state in ('unknown', 'reversing', 'parked', 'cancelling', 'cancel-unknown')))) as open,
    sum(state = 'decided') as decided from reconcile_difference where date >= ? group by date`),
  openCount: db.prepare(`select count(*) from reconcile_difference left join settlement using (sale_id) where reconcile_difference.state = 'open'
    and (sale_id is null or cures ->> 0 not in ('book-here', 'release-here', 'return-here', 'keep-here') or settlement.state in ('unknown', 'reversing', 'parked', 'cancelling', 'cancel-unknown'))`).pluck(),
}))

export const startRun = (db: WritableDb, run: { readonly runId: string; readonly date: BusinessDate; readonly staffId: string | null; readonly at: Instant; readonly closed: boolean }): void => {
  statements(db).startRun.run({ ...run, closed: run.closed ? 1 : 0 })
}
/** Runs whose process died: nothing of them counts. */
export const endDeadRuns = (db: WritableDb, at: Instant): number => statements(db).endDeadRuns.run({ at }).changes
export const nightRuns = (db: ReadableDb, date: BusinessDate, since: number): number => statements(db).nightRuns.get({ date, since }) as number

export const failRun = (db: WritableDb, run: { readonly runId: string; readonly date: BusinessDate; readonly at: Instant; readonly error: { readonly code: ErrorCode; readonly detail: ErrorDetail } }): void => {
  one(statements(db).endRun.run({ runId: run.runId, at: run.at, outcome: 'failed' }), 'end run')
  statements(db).failDay.run({ date: run.date, runId: run.runId, at: run.at, error: JSON.stringify(run.error) })
}

export interface RunResult {
  readonly runId: string; readonly date: BusinessDate; readonly at: Instant; readonly outcome: 'balanced' | 'differs'; readonly closed: boolean
  readonly groups: readonly AskedGroup[]; readonly differences: readonly NewDifference[]
}
export const saveRun = (db: WritableDb, result: RunResult): void => {
  const { runId, date, at, outcome } = result
  const of = statements(db)
  one(of.endRun.run({ runId, at, outcome }), 'end run')
  result.groups.forEach((group, position) => {
    of.addGroup.run({ ...group, runId, position, refund: group.refund ? 1 : 0, balanced: group.balanced ? 1 : 0, theirs: group.theirs === null ? null : JSON.stringify(group.theirs) })
    if (group.count > 0) of.knowGroup.run({ insuranceType: group.insuranceType, clearingType: group.clearingType, clearingOffice: group.clearingOffice, date })
  })
  for (const difference of result.differences) {
    const { ours, theirs } = difference
    of.addDifference.run({ ...difference, refund: difference.refund ? 1 : 0, cures: JSON.stringify(difference.cures), ours: ours === null ? null : JSON.stringify(ours), theirs: theirs === null ? null : JSON.stringify(theirs), runId, at })
  }
  of.dropUnseen.run({ date, runId })
  of.saveDay.run({ date, state: outcome, runId, at, closed: result.closed ? 1 : 0, error: null })
}
/** The books of this day have nothing of it; or (absent: false) they have. Returns the days for which it is known. */
export const noteAbsence = (db: WritableDb, of: { readonly messageId: string; readonly refund: boolean; readonly date: BusinessDate; readonly runId: string }, absent: boolean): ReadonlySet<string> => {
  const key = { messageId: of.messageId, refund: of.refund ? 1 : 0 }
  if (absent) statements(db).addAbsence.run({ ...key, date: of.date, runId: of.runId })
  else statements(db).dropAbsence.run({ ...key, date: of.date })
  return new Set(statements(db).absences.all(key) as string[])
}
export const decideRow = (db: WritableDb, decision: { readonly differenceId: string; readonly cure: Cure; readonly reason: string; readonly staffId: string; readonly at: Instant; readonly note: string }): void =>
  one(statements(db).decide.run(decision), 'decide difference')

export const getDayRow = (db: ReadableDb, date: BusinessDate): DayRow | null => (statements(db).getDay.get(date) as DayRow | undefined) ?? null
export const dayRows = (db: ReadableDb, from: BusinessDate): readonly DayRow[] => statements(db).days.all(from) as DayRow[]
export const groupRows = (db: ReadableDb, runId: string): readonly GroupRow[] => statements(db).groups.all(runId) as GroupRow[]
export const getDifferenceRow = (db: ReadableDb, differenceId: string): DifferenceRow | null => (statements(db).difference.get(differenceId) as DifferenceRow | undefined) ?? null
export const differenceRows = (db: ReadableDb, date: BusinessDate, limit: number): readonly DifferenceRow[] => statements(db).differences.all({ date, limit }) as DifferenceRow[]
export const differencesOfDay = (db: ReadableDb, date: BusinessDate): number => statements(db).differenceCount.get(date) as number
export const differenceCounts = (db: ReadableDb, from: BusinessDate): ReadonlyMap<string, { readonly open: number; readonly decided: number }> =>
  new Map((statements(db).counts.all(from) as { date: string; open: number; decided: number }[]).map(({ date, ...counts }) => [date, counts]))
export const openDifferenceCount = (db: ReadableDb): number => statements(db).openCount.get() as number
