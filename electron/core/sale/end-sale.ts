import type { SaleId } from '../../contract/index.ts'
import { AppError, quantity } from '../../contract/index.ts'
import { mayChangeBasket } from '../../domain/settlement.ts'
import { foreignSourceOf } from '../alarm/alarm-store.ts'
import type { ReadableDb } from '../db/database.ts'
import { inTransaction, one } from '../db/database.ts'
import { getDrugFacts } from '../drug/drug-store.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { releasePacks } from '../settlement/carry-out.ts'
import { dropQuote } from '../settlement/drop-quote.ts'
import { settlementState } from '../settlement/settlement-store.ts'
import { takePacks, uncodedPacksOf } from '../uncoded/uncoded-store.ts'
import { keyOf } from '../trace/pack-key.ts'
import { findPack } from '../trace/pack-store.ts'
import { openForSplit, putInSale } from '../trace/pack-ledger.ts'
import { insertLine } from './change-sale.ts'
import { takeFromOpenPack } from './edit-lines.ts'
import { getLinePackRows, getLineRow, getLineRows, getSaleRow, insertLinePack, saleStatements } from './sale-store.ts'
import { startSale } from './start-sale.ts'

/** Held or, after a refusal that came while the till had moved on, still open. */
export const recallSale = (house: House, caller: Caller, saleId: SaleId): void => {
  inTransaction(house.db, () => {
    const sale = getSaleRow(house.db, saleId)
    if (sale.status !== 'held' && sale.status !== 'open' && sale.status !== 'due') throw new AppError('sale.wrong-state', `sale is ${sale.status}`, { status: sale.status, receiptNumber: sale.receipt_number })
    if (sale.status === 'held') one(saleStatements(house.db).recall.run({ saleId, staffId: caller.staffId }), 'recall sale')
  })
  house.changed({ saleId })
}

export const voidSale = (house: House, caller: Caller, saleId: SaleId, reason: string): void => {
  inTransaction(house.db, () => {
    const sale = getSaleRow(house.db, saleId)
    // A trial on its way books nothing: whatever it answers is about a sale given up.
    if (sale.status === 'open' || sale.status === 'held') dropQuote(house, saleId)
    const state = settlementState(house.db, saleId)
    if ((sale.status !== 'open' && sale.status !== 'held') || !mayChangeBasket(state)) throw new AppError('sale.wrong-state', `sale is ${sale.status}, settlement ${state}`, { status: sale.status, receiptNumber: sale.receipt_number })
    releasePacks(house, saleId, caller.staffId, 'voided')
    saleStatements(house.db).setEnded.run({ saleId, at: now(house), status: 'voided' })
    saleStatements(house.db).setNote.run({ saleId, note: reason })
  })
  house.changed({ saleId })
}

/** The fund has a part in it: only the platform can undo that. */
export const isSettled = (db: ReadableDb, saleId: SaleId): boolean => settlementState(db, saleId) === 'settled'

/** Lines and codes of a sale that was undone, as a new open sale; uncoded packs as many as the list still has; a code that is no longer on the shelf stays behind and shows as missing. */
export const copyToNew = (house: House, caller: Caller, from: SaleId): SaleId => {
  const { db } = house
  const saleId = inTransaction(db, () => {
    const old = getSaleRow(db, from)
    if (old.status !== 'reversed' && old.status !== 'voided' && old.status !== 'returned') throw new AppError('sale.wrong-state', `sale is ${old.status}`, { status: old.status, receiptNumber: old.receipt_number })
    const copy = startSale(house, caller, from)
    const packs = getLinePackRows(db, from)
    for (const line of getLineRows(db, from)) {
      const lineId = insertLine(house, copy, getDrugFacts(db, line.drug_id), line.lot_id, line.sell_unit, line.quantity)
      for (const pack of packs.filter((row) => row.line_id === line.line_id && (row.virtual === 0 || uncodedPacksOf(db, line.line_id) === 0))) {
        const key = keyOf(db, pack.code)
        // Told of since: a pack sold elsewhere goes into no new sale.
        if (key === null || foreignSourceOf(db, key) !== null) continue
        const state = findPack(db, pack.code)?.state
        const change = { code: pack.code, saleId: copy, staffId: caller.staffId, at: now(house) }
        if (line.sell_unit === 'unit') {
          if (state === 'in-stock' || state === 'returned') openForSplit(db, change)
          if (findPack(db, pack.code)?.state === 'split-open') takeFromOpenPack(house, caller, getLineRow(db, copy, lineId), pack.code)
        } else if (state === 'in-stock' || state === 'returned') {
          insertLinePack(db, { lineId, code: pack.code, quantity: quantity(pack.quantity) })
          putInSale(db, change)
        }
      }
      takePacks(db, { lotId: line.lot_id, lineId, packs: uncodedPacksOf(db, line.line_id), at: now(house) })
    }
    return copy
  })
  house.changed({ saleId })
  return saleId
}
