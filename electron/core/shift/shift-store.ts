import type { Fen, Instant, Shift, TenderMethod } from '../../contract/index.ts'
import { AppError, fen, TenderMethod as Methods } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

interface ShiftRow { readonly shift_id: string; readonly staff_id: string; readonly staff_name: string; readonly opened_at: Instant; readonly closed_at: Instant | null; readonly float_fen: Fen; readonly counted: string | null }

const statements = perDatabase((db) => ({
  openId: db.prepare(`select shift_id from shift where closed_at is null`).pluck(),
  get: db.prepare(`select shift.*, staff.name as staff_name from shift join staff using (staff_id) where shift_id = ?`),
  open: db.prepare(`insert into shift (shift_id, staff_id, opened_at, float_fen) values (@shiftId, @staffId, @at, @floatFen)`),
  close: db.prepare(`update shift set closed_at = @at, counted = @counted where shift_id = @shiftId and closed_at is null`),
  tenders: db.prepare(`select method, sum(amount_fen) filter (where refund_of is null) as sales, sum(amount_fen) filter (where refund_of is not null) as refunds from tender where shift_id = ? group by method`),
  sold: db.prepare(`select count(*) from sale where shift_id = ? and sold_at is not null`).pluck(),
  returned: db.prepare(`select count(*) from sale where returned_shift_id = ? and status = 'returned'`).pluck(),
  // What was settled here, less what was cancelled here: a shift that is closed keeps its figures.
  fund: db.prepare(`with moved as (
      select figures, 1 as sign from settlement join sale using (sale_id) where shift_id = @shiftId and figures is not null
      union all select figures, -1 from settlement join sale using (sale_id) where returned_shift_id = @shiftId and state = 'cancelled')
    select coalesce(sum(sign * (figures ->> 'fundFen')), 0) as fund, coalesce(sum(sign * ((figures ->> 'accountFen') + (figures ->> 'familyAccountFen'))), 0) as account from moved`),
  // Of any shift: one whose settlement was answered after its shift was closed must not be forgotten.
  due: db.prepare(`select count(*) from sale where status = 'due'`).pluck(),
  unconfirmed: db.prepare(`select count(*) from sale where status in ('settling', 'unconfirmed', 'returning')`).pluck(),
}))

export const openShiftId = (db: ReadableDb): string | null => (statements(db).openId.get() as string | undefined) ?? null

/** System figures per method; cash counts the opening float. */
export const getShift = (db: ReadableDb, shiftId: string): Shift => {
  const row = statements(db).get.get(shiftId) as ShiftRow | undefined
  if (row === undefined) throw new AppError('shift.none-open', 'no such shift')
  const taken = statements(db).tenders.all(shiftId) as { method: TenderMethod; sales: number | null; refunds: number | null }[]
  const [sold, returned] = [statements(db).sold.get(shiftId) as number, statements(db).returned.get(shiftId) as number]
  const { fund, account } = statements(db).fund.get({ shiftId }) as { fund: number; account: number }
  const totals = Methods.options.map((method) => {
    const of = taken.find((entry) => entry.method === method)
    const salesFen = fen(of?.sales ?? 0)
    const refundsFen = fen(of?.refunds ?? 0)
    return { method, salesFen, refundsFen, expectedFen: fen(salesFen + refundsFen + (method === 'cash' ? row.float_fen : 0)) }
  })
  return {
    shiftId: row.shift_id, staffId: row.staff_id, staffName: row.staff_name, openedAt: row.opened_at, closedAt: row.closed_at, floatFen: row.float_fen, saleCount: sold, refundCount: returned, totals,
    insuredFundFen: fen(fund), insuredAccountFen: fen(account), counted: row.counted === null ? [] : (JSON.parse(row.counted) as Shift['counted']),
  }
}

export const openShift = (db: WritableDb, shiftId: string, staffId: string, at: Instant, floatFen: Fen): void => {
  if (openShiftId(db) !== null) throw new AppError('shift.already-open', 'a shift is open')
  statements(db).open.run({ shiftId, staffId, at, floatFen })
}

/** Errors: shift.none-open, shift.sales-open (a settled sale waits for its money). */
export const closeShift = (db: WritableDb, at: Instant, counted: readonly { readonly method: TenderMethod; readonly countedFen: Fen }[]): { readonly shift: Shift; readonly unknownSales: number } => {
  const shiftId = openShiftId(db)
  if (shiftId === null) throw new AppError('shift.none-open', 'no shift is open')
  const due = statements(db).due.get() as number
  if (due > 0) throw new AppError('shift.sales-open', 'sales wait for payment', { count: due })
  const result = getShift(db, shiftId).totals.map((total) => {
    const countedFen = counted.find((entry) => entry.method === total.method)?.countedFen ?? fen(0)
    return { method: total.method, countedFen, differenceFen: fen(countedFen - total.expectedFen) }
  })
  one(statements(db).close.run({ shiftId, at, counted: JSON.stringify(result) }), 'close shift')
  return { shift: getShift(db, shiftId), unknownSales: statements(db).unconfirmed.get() as number }
}
