import type { Fen, Sale, SaleId, TenderMethod } from '../../contract/index.ts'
import { AppError, fen } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { openShiftId } from '../shift/shift-store.ts'
import { bookSale } from './book-sale.ts'
import { refuseBlocked } from './refuse-blocked.ts'
import { saleStatements } from './sale-store.ts'
import { readBasket, saleView } from './sale-view.ts'

/**
 * Money taken (recorded, not charged). A self-paid sale is booked with its first tender: money, stock, packs and uploads in one transaction.
 * Errors: sale.tender-excess (only cash gives change), sale.blocked, shift.none-open.
 */
export const takeTender = (house: House, caller: Caller, saleId: SaleId, method: TenderMethod, given: Fen): Sale => {
  const { db } = house
  house.reach('tender:before-commit')
  const after = inTransaction(db, () => {
    const basket = readBasket(db, saleId)
    const sale = saleView(house, saleId, basket)
    const selfPaid = sale.status === 'open' && !sale.insured
    if (!selfPaid && sale.status !== 'due') throw new AppError('sale.wrong-state', `sale is ${sale.status}`, { status: sale.status, receiptNumber: sale.receiptNumber })
    const shiftId = openShiftId(db)
    if (shiftId === null) throw new AppError('shift.none-open', 'money needs an open shift')
    if (selfPaid) refuseBlocked(sale, ['quote-first'])
    const due = sale.dueFen
    if (given <= 0 || due <= 0) throw new AppError('sale.tender-short', 'nothing to take', { dueFen: due, givenFen: given })
    if (given > due && method !== 'cash') throw new AppError('sale.tender-excess', 'only cash gives change', { dueFen: due, givenFen: given })
    // Goods do not leave for part of the money.
    if (selfPaid && given < due) throw new AppError('sale.tender-short', 'a self-paid sale is paid at once', { dueFen: due, givenFen: given })
    const amount = fen(Math.min(given, due))
    saleStatements(db).insertTender.run({ tenderId: house.newId(), saleId, shiftId, method, amountFen: amount, givenFen: given, changeFen: given - amount, at: now(house), refundOf: null })
    saleStatements(db).setShift.run({ saleId, shiftId, staffId: caller.staffId })
    if (selfPaid) bookSale(house, saleId, caller.staffId, 'money', basket)
    if (amount === due) saleStatements(db).setClosed.run({ saleId, at: now(house) })
    return saleView(house, saleId, basket)
  })
  // Runs when the transaction around this call is committed.
  queueMicrotask(() => house.reach('tender:after-commit'))
  house.changed({ saleId })
  return after
}
