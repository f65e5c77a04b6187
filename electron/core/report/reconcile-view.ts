import type { BusinessDate, Cure, ReconcileDay, ReconcileDayView, ReconcileDifference, ReconcileGroup, SaleStatus, SettlementState } from '../../contract/index.ts'
import { AppError, fen } from '../../contract/index.ts'
import { addDays } from '../../domain/calendar.ts'
import { perDatabase } from '../db/statements.ts'
import type { House } from '../house.ts'
import { today } from '../now.ts'
import { clearingTypeName, insuranceName } from '../platform/profile-words.ts'
import { summaryOf } from '../sale/list-sales.ts'
import { firstBusinessDate, openSalesByDay } from './our-books.ts'
import type { DayRow, DifferenceRow, GroupRow, StoredSide } from './reconcile-store.ts'
import { dayRows, differenceCounts, differenceRows, differencesOfDay, getDayRow, getDifferenceRow, groupRows } from './reconcile-store.ts'
import { runningDate } from './run-reconciliation.ts'

const statements = perDatabase((db) => ({
  sale: db.prepare(`select receipt_number as receiptNumber, status, coalesce(state, 'draft') as state from sale left join settlement using (sale_id) where sale_id = ?`),
  staffName: db.prepare(`select name from staff where staff_id = ?`).pluck(),
}))

/** A day with more than this is not worked through row by row. */
const MOST_SHOWN = 300

const HERE: ReadonlySet<Cure> = new Set(['book-here', 'release-here', 'return-here', 'keep-here'])
const STILL_OPEN: ReadonlySet<string> = new Set(['unknown', 'reversing', 'parked', 'cancelling', 'cancel-unknown'])

const sideOf = (text: string | null): ReconcileDifference['ours'] => {
  if (text === null) return null
  const { setlId, totalFen, fundFen, accountFen, cashFen, trial, words } = JSON.parse(text) as StoredSide
  return { setlId, totalFen, fundFen, accountFen, cashFen, trial, words }
}

const toView = (house: House, row: DifferenceRow): ReconcileDifference => {
  const { db } = house
  const sale = row.sale_id === null ? undefined : (statements(db).sale.get(row.sale_id) as { receiptNumber: string; status: SaleStatus; state: SettlementState } | undefined)
  const cures = JSON.parse(row.cures) as Cure[]
  const overtaken = row.state === 'open' && cures.some((cure) => HERE.has(cure)) && !STILL_OPEN.has(sale?.state ?? '')
  const state = overtaken ? 'overtaken' : row.state
  return {
    differenceId: row.difference_id, date: row.date, kind: row.kind, refund: row.refund === 1, cures: state === 'open' ? cures : [], state, saleId: row.sale_id, receiptNumber: sale?.receiptNumber ?? null,
    saleStatus: sale?.status ?? null, settlement: sale?.state ?? null, messageId: row.message_id, ours: sideOf(row.ours), theirs: sideOf(row.theirs), seenAt: row.seen_at,
    decided: row.decided_cure === null || row.decided_at === null || row.state !== 'decided' ? null
      : { cure: row.decided_cure, reason: row.reason ?? '', staffName: (statements(db).staffName.get(row.decided_by) as string | undefined) ?? row.decided_by ?? '', at: row.decided_at, note: row.note },
  }
}
export const differenceView = (house: House, differenceId: string): ReconcileDifference => {
  const row = getDifferenceRow(house.db, differenceId)
  if (row === null) throw new AppError('reconcile.not-found', 'no such difference')
  return toView(house, row)
}

const groupView = (row: GroupRow): ReconcileGroup => {
  const sign = row.refund === 1 ? -1 : 1
  const signed = (amount: number): ReconcileGroup['totalFen'] => fen(sign * amount + 0)
  const theirs = row.theirs === null ? null : JSON.parse(row.theirs) as NonNullable<ReconcileGroup['theirs']>
  return {
    insuranceType: row.insurance_type, insuranceName: insuranceName(row.insurance_type), clearingType: row.clearing_type, clearingName: clearingTypeName(row.clearing_type), clearingOffice: row.clearing_office,
    refund: row.refund === 1, count: row.count, totalFen: signed(row.total_fen), fundFen: signed(row.fund_fen), accountFen: signed(row.account_fen), balanced: row.balanced === 1, explanation: row.explanation, askedAt: row.asked_at,
    theirs: theirs === null ? null : { count: theirs.count, totalFen: signed(theirs.totalFen), fundFen: signed(theirs.fundFen), accountFen: signed(theirs.accountFen) },
  }
}

const dayView = (house: House, date: BusinessDate, row: DayRow | null, counts: { readonly open: number; readonly decided: number } | undefined, unconfirmed: number): ReconcileDay => ({
  date,
  // What balanced in the evening may have got more until midnight.
  state: runningDate(house) === date ? 'running' : row === null || (row.closed === 0 && row.state === 'balanced' && date < today(house)) ? (date >= today(house) ? 'not-over' : 'not-yet') : row.state,
  ranAt: row?.ran_at ?? null, error: row === null || row.error === null ? null : JSON.parse(row.error) as NonNullable<ReconcileDay['error']>,
  openDifferences: counts?.open ?? 0, decidedDifferences: counts?.decided ?? 0, unconfirmed,
})

/** Newest first, today on top. */
export const listDays = (house: House, days: number): readonly ReconcileDay[] => {
  const last = today(house)
  const first = addDays(last, 1 - days)
  const rows = new Map(dayRows(house.db, first).map((row) => [row.date, row]))
  const counts = differenceCounts(house.db, first)
  const open = openSalesByDay(house)
  // Before its first settlement a shop has nothing to compare.
  const begun = firstBusinessDate(house.db) ?? last
  return Array.from({ length: days }, (_, back) => addDays(last, -back)).filter((date) => date === last || date >= begun || rows.has(date)).map((date) => {
    const row = rows.get(date) ?? null
    return dayView(house, date, row, counts.get(date), open.get(date)?.length ?? 0)
  })
}

export const getDay = (house: House, date: BusinessDate): ReconcileDayView => {
  const { db } = house
  const row = getDayRow(db, date)
  const unconfirmed = openSalesByDay(house).get(date) ?? []
  const differences = differenceRows(db, date, MOST_SHOWN)
  return {
    day: dayView(house, date, row, differenceCounts(db, date).get(date), unconfirmed.length),
    groups: row === null ? [] : groupRows(db, row.last_run_id).map(groupView),
    differences: differences.map((difference) => toView(house, difference)),
    moreDifferences: differencesOfDay(db, date) - differences.length,
    unconfirmed: unconfirmed.map((saleId) => summaryOf(house, saleId)),
  }
}
