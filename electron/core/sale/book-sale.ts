import type { Quantity, SaleId } from '../../contract/index.ts'
import { quantity } from '../../contract/index.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import { queueJob } from '../outbox/outbox-store.ts'
import { openShiftId } from '../shift/shift-store.ts'
import { moveStock } from '../stock/move-stock.ts'
import { lockPack, markAllOfSale, markReturned, returnUnits } from '../trace/pack-ledger.ts'
import { findPack } from '../trace/pack-store.ts'
import { releasePacksOf } from '../uncoded/uncoded-store.ts'
import { broughtBack } from './return-store.ts'
import type { LineDetails } from './line-details.ts'
import { getLineDetails } from './line-details.ts'
import type { Basket } from './sale-view.ts'
import { readBasket } from './sale-view.ts'
import type { LinePackRow } from './sale-store.ts'
import { getLinePackRows, getSaleRow, getTenderRows, saleStatements } from './sale-store.ts'

/** Smallest units of a line, 10⁻⁴. */
export const smallestUnits = (line: Pick<LineDetails, 'sell_unit' | 'quantity' | 'units_per_pack'>): Quantity =>
  line.sell_unit === 'unit' ? line.quantity : quantity(line.quantity * line.units_per_pack)

/** One upload a line and direction, for ever (3505 `fixmedins_bchno`: ours to choose, ≤ 30 characters). */
export const uploadRowKey = (receiptNumber: string, position: number, direction: 'sale' | 'return'): string => `${direction === 'sale' ? 'S' : 'R'}${receiptNumber.replaceAll('-', '')}${String(position).padStart(3, '0')}`

const forEachPack = (packs: readonly LinePackRow[], line: LineDetails, act: (pack: LinePackRow, split: boolean) => void): void => {
  for (const pack of packs) if (pack.line_id === line.line_id) act(pack, line.sell_unit === 'unit')
}

/**
 * Goods leave: stock, packs and the upload rows, in the transaction that books the sale. What happened is never refused here: stock may go below zero rather than lose a booked sale.
 * `by`: settled by the fund, or sold for money.
 */
export const bookSale = (house: House, saleId: SaleId, staffId: string, by: 'fund' | 'money', basket: Basket = readBasket(house.db, saleId)): void => {
  const { db, newId } = house
  const at = now(house)
  const sale = getSaleRow(db, saleId)
  const codes = new Set(basket.packs.map((pack) => pack.code))
  markAllOfSale(db, by === 'fund' ? 'settled' : 'sold', codes.size, { saleId, staffId, at })
  for (const line of basket.lines) {
    moveStock(db, { lotId: line.lot_id, kind: 'sale', quantity: quantity(0 - smallestUnits(line)), saleId, lineId: line.line_id, at, newId, mayGoBelowZero: true })
    // Decoction pieces are not collected for now (rules.md §1.4).
    if (line.code_requirement !== 'none') queueJob(db, { outboxId: newId(), kind: 'upload-sale', saleId, effectKey: uploadRowKey(sale.receipt_number, line.position, 'sale'), payload: { lineId: line.line_id }, at })
  }
  saleStatements(db).setSold.run({ saleId, at })
}

/** Goods and money come back: the original tenders negated, stock and packs back, return uploads queued behind the sale's own. */
export const bookReturn = (house: House, saleId: SaleId, staffId: string): void => {
  const { db, newId } = house
  const at = now(house)
  const sale = getSaleRow(db, saleId)
  if (sale.returned_shift_id === null) throw new Error('a return needs the shift that asked for it')
  // A cancellation confirmed after its shift was closed is paid out of the open one: counted money does not change afterwards.
  const shiftId = openShiftId(db) ?? sale.returned_shift_id
  if (shiftId !== sale.returned_shift_id) saleStatements(db).setReturning.run({ saleId, shiftId })
  const packs = getLinePackRows(db, saleId)
  const cameBack = broughtBack(db, saleId)
  for (const line of getLineDetails(db, saleId)) {
    moveStock(db, { lotId: line.lot_id, kind: 'return', quantity: smallestUnits(line), saleId, lineId: line.line_id, at, newId })
    forEachPack(packs, line, (pack, split) => {
      if (split) returnUnits(db, { code: pack.code, saleId, staffId, at, quantity: pack.quantity })
      markReturned(db, { code: pack.code, saleId, staffId, at })
      // Opened, damaged or no longer readable: here, but never on the shelf again.
      const told = cameBack.get(pack.code)
      if (told !== undefined && told.condition !== 'good' && findPack(db, pack.code)?.state === 'returned') lockPack(db, { code: pack.code, staffId, at, document: sale.receipt_number, note: told.condition === 'damaged' ? '退货时已拆或破损' : `退货时码读不出：${told.note}` })
    })
    releasePacksOf(db, line.line_id, at, packs.filter((pack) => pack.line_id === line.line_id && pack.virtual === 1 && (cameBack.get(pack.code)?.condition ?? 'good') !== 'good').length)
    if (line.code_requirement !== 'none') queueJob(db, { outboxId: newId(), kind: 'upload-return', saleId, effectKey: uploadRowKey(sale.receipt_number, line.position, 'return'), payload: { lineId: line.line_id }, at })
  }
  for (const tender of getTenderRows(db, saleId)) {
    if (tender.refund_of !== null) continue
    saleStatements(db).insertTender.run({
      tenderId: newId(), saleId, shiftId, method: tender.method, amountFen: 0 - tender.amount_fen, givenFen: 0 - tender.amount_fen, changeFen: 0, at, refundOf: tender.tender_id,
    })
  }
  saleStatements(db).setReturned.run({ saleId, at })
}
