import type { BusinessDate, Instant } from '../../contract/index.ts'
import { addDays, startOfDay } from '../../domain/calendar.ts'
import type { House } from '../house.ts'
import { now, today } from '../now.ts'
import { firstBusinessDate } from './our-books.ts'
import { dayRows, endDeadRuns, nightRuns } from './reconcile-store.ts'
import { runningDate, runReconciliation } from './run-reconciliation.ts'
import { inTransaction } from '../db/database.ts'

const DAY_MS = 86_400_000
/** After a night's first failure; doubled each time. */
const RETRY_MS = 10 * 60_000

const dailyMs = (dailyAt: string): number => (Number(dailyAt.slice(0, 2)) * 60 + Number(dailyAt.slice(3))) * 60_000

/** When this night began: the last time the clock passed `dailyAt`. */
const nightStart = (house: House, dailyAt: string): Instant => {
  const at = startOfDay(today(house)) + dailyMs(dailyAt)
  return (at <= now(house) ? at : at - DAY_MS) as Instant
}
export const nextNight = (house: House): Instant | null => {
  const { dailyAt } = house.profile.reconcile
  return dailyAt === null ? null : (nightStart(house, dailyAt) + DAY_MS) as Instant
}

/**
 * The oldest day that is to be compared now, null: none. Every day before today that is not balanced, within the profile's reach: once a night, again after a failure, with doubled waits and a bound.
 * A shop that was shut at night does it when it opens. Yesterday is not compared before its night has begun.
 */
export const dueDate = (house: House): BusinessDate | null => {
  const { dailyAt, lookBackDays, triesANight } = house.profile.reconcile
  const first = firstBusinessDate(house.db)
  if (dailyAt === null || first === null) return null
  const since = nightStart(house, dailyAt)
  const last = addDays(today(house), -1)
  const rows = new Map(dayRows(house.db, addDays(last, -lookBackDays)).map((row) => [row.date, row]))
  for (let date = addDays(last, 1 - lookBackDays); date <= last; date = addDays(date, 1)) {
    if (date < first || startOfDay(date) + DAY_MS + dailyMs(dailyAt) > now(house)) continue
    const row = rows.get(date)
    // Compared in the evening, it was not over yet.
    if (row?.state === 'balanced' && row.closed === 1) continue
    const tries = nightRuns(house.db, date, since)
    // A run from a time that has not come yet was made by another clock.
    const ranAt = row === undefined || row.ran_at > now(house) ? 0 : row.ran_at
    if (tries === 0 ? row === undefined || ranAt < since || row.state === 'failed' || row.closed === 0 : row?.state === 'failed' && tries < triesANight && ranAt + RETRY_MS * 2 ** (tries - 1) <= now(house)) return date
  }
  return null
}

/** Compares what is due, day by day, until nothing is. A till that sells goes on: each step waits for the line, not for the counter. */
export const runDue = async (house: House, isOver: () => boolean = () => false): Promise<void> => {
  for (let done = 0; done < 60 && !isOver() && runningDate(house) === null; done += 1) {
    const date = dueDate(house)
    if (date === null) return
    await runReconciliation(house, 'nightly', date)
  }
}

/** `everyMs` null: only when asked (tests, scripts). The returned function stops it and resolves when nothing of it runs any more. */
export const startNightly = (house: House, everyMs: number | null): (() => Promise<void>) => {
  inTransaction(house.db, () => endDeadRuns(house.db, now(house)))
  if (everyMs === null) return async () => {}
  let over = false
  let running: Promise<void> | null = null
  const timer = setInterval(() => {
    running ??= runDue(house, () => over)
      .catch((cause: unknown) => { house.log.error({ err: cause }, 'nightly comparison failed') })
      .finally(() => { running = null })
  }, everyMs)
  timer.unref()
  return async () => {
    over = true
    clearInterval(timer)
    await running
  }
}
