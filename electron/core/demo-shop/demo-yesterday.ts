import type { Instant, LineId, Quantity, SaleId } from '../../contract/index.ts'
import { fen, quantity, wholeUnits } from '../../contract/index.ts'
import { lineAmount, splitUnitPrice, sumFen } from '../../domain/amounts.ts'
import { addDays, businessDate, startOfDay } from '../../domain/calendar.ts'
import { markAlarm } from '../alarm/alarm-store.ts'
import { enterAlarm } from '../alarm/raise-alarm.ts'
import type { WritableDb } from '../db/database.ts'
import { getDrugFacts } from '../drug/drug-store.ts'
import { queueJob } from '../outbox/outbox-store.ts'
import { uploadRowKey } from '../sale/book-sale.ts'
import { insertLinePack, saleStatements } from '../sale/sale-store.ts'
import { closeShift, openShift } from '../shift/shift-store.ts'
import { moveStock } from '../stock/move-stock.ts'
import { markSold, openForSplit, putInSale, takeUnits } from '../trace/pack-ledger.ts'
import { findPack } from '../trace/pack-store.ts'
import { packCode, productId } from './demo-codes.ts'
import { LOCKED_ROW, SOLD_BEFORE } from './demo-plan.ts'
import type { SoldBefore } from './demo-plan.ts'

const MINUTE = 60_000

interface Evening {
  readonly newId: () => string
  readonly shiftId: string
  /** The next pack of lot 1 by row: no pack is used twice. */
  readonly nextPack: Map<number, number>
}

const takePack = ({ nextPack }: Evening, row: number): string => {
  const running = (nextPack.get(row) ?? 0) + 1
  nextPack.set(row, running)
  return packCode(row, 1, running)
}

const sellLine = (
  db: WritableDb,
  evening: Evening,
  sale: { saleId: SaleId; receiptNumber: string; at: Instant },
  position: number,
  { row, packs, units }: SoldBefore,
): number => {
  const { saleId, at } = sale
  const { newId } = evening
  const drug = getDrugFacts(db, productId(row))
  const lotId = findPack(db, packCode(row, 1, 1))?.lot_id ?? null
  if (lotId === null) throw new Error('the evening before sells what the shop keeps')
  const lineId = newId() as LineId
  const split = units > 0
  const sold = wholeUnits(split ? units : packs)
  const unitPrice = split ? splitUnitPrice(drug.packPrice, drug.unitsPerPack) : drug.packPrice
  const amountFen = lineAmount(unitPrice, sold)
  saleStatements(db).insertLine.run({
    lineId,
    saleId,
    position,
    drugId: drug.drugId,
    lotId,
    sellUnit: split ? 'unit' : 'pack',
    quantity: sold,
    unitPrice,
    amountFen,
  })
  const smallest: Quantity = split ? sold : wholeUnits(packs * drug.unitsPerPack)
  for (let n = 0; n < (split ? 1 : packs); n += 1) {
    const change = { code: takePack(evening, row), saleId, staffId: '1001', at }
    const fromPack = split ? smallest : wholeUnits(drug.unitsPerPack)
    insertLinePack(db, { lineId, code: change.code, quantity: fromPack })
    if (split) {
      openForSplit(db, change)
      takeUnits(db, { ...change, quantity: fromPack })
    } else putInSale(db, change)
    markSold(db, change)
  }
  moveStock(db, { lotId, kind: 'sale', quantity: quantity(0 - smallest), saleId, lineId, at, newId })
  queueJob(db, { outboxId: newId(), kind: 'upload-sale', saleId, effectKey: uploadRowKey(sale.receiptNumber, position, 'sale'), payload: { lineId }, at })
  return amountFen
}

/** The evening before, so that "already sold here" is true of some packs at once: three self-paid cash sales in a closed shift, their uploads still waiting. */
export const sellBefore = (db: WritableDb, { newId }: { readonly newId: () => string }, now: Instant): void => {
  const day = addDays(businessDate(now), -1)
  const midnight = startOfDay(day)
  const evening: Evening = { newId, shiftId: newId(), nextPack: new Map() }
  openShift(db, evening.shiftId, '1001', (midnight + 510 * MINUTE) as Instant, fen(20_000))
  const amounts = SOLD_BEFORE.map((lines, index) => {
    const at = (midnight + (16 * 60 + 20 + index * 7) * MINUTE) as Instant
    const saleId = newId() as SaleId
    const receiptNumber = `${day.replaceAll('-', '')}-01-${String(index + 1).padStart(4, '0')}`
    saleStatements(db).insertSale.run({ saleId, receiptNumber, shiftId: evening.shiftId, staffId: '1001', openedAt: at, businessDate: day, copiedFrom: null })
    const amount = lines.reduce((sum, line, position) => sum + sellLine(db, evening, { saleId, receiptNumber, at }, position + 1, line), 0)
    saleStatements(db).setSold.run({ saleId, at })
    saleStatements(db).insertTender.run({
      tenderId: newId(),
      saleId,
      shiftId: evening.shiftId,
      method: 'cash',
      amountFen: amount,
      givenFen: amount,
      changeFen: 0,
      at,
      refundOf: null,
    })
    saleStatements(db).setClosed.run({ saleId, at })
    return fen(amount)
  })
  closeShift(db, (midnight + 1110 * MINUTE) as Instant, [{ method: 'cash', countedFen: fen(20_000 + sumFen(amounts)) }])
  setAside(db, newId, (midnight + 1000 * MINUTE) as Instant)
}

/** A damaged box that the pharmacist set aside: something to handle on the page of suspect codes. */
const setAside = (db: WritableDb, newId: () => string, at: Instant): void => {
  const alarmId = enterAlarm(db, { newId, at, staffId: '2001' }, { code: packCode(LOCKED_ROW, 1, 1), kind: 'suspicion', source: 'counter', saleId: null, note: '' })
  markAlarm(db, { alarmId, place: '不合格品柜 2 层', note: '外盒破损，追溯码有刮痕，待供应商处理' })
}
