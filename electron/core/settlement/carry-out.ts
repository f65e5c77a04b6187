import type { SaleId } from '../../contract/index.ts'
import type { SettlementEffect, SettlementEvent } from '../../domain/settlement.ts'
import { saleStatusFor } from '../../domain/settlement.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import { dropJobs, queueJob } from '../outbox/outbox-store.ts'
import { bookReturn, bookSale } from '../sale/book-sale.ts'
import { leftToPay } from '../sale/due.ts'
import { getLinePackRows, getLineRows, getSaleRow, saleStatements, setSaleStatus } from '../sale/sale-store.ts'
import { markSettlementReversed, returnUnits, takeFromSale } from '../trace/pack-ledger.ts'
import { releasePacksOfSale } from '../uncoded/uncoded-store.ts'
import { getSettlementRow, moveSettlement, settlementState } from './settlement-store.ts'

/** Every code of the sale, and what it took of the uncoded list, goes back to what it was before: given up, or settled in vain. */
export const releasePacks = (house: House, saleId: SaleId, staffId: string, why: 'voided' | 'reversed'): void => {
  const { db } = house
  const split = new Set(getLineRows(db, saleId).filter((line) => line.sell_unit === 'unit').map((line) => line.line_id))
  for (const { code, line_id, quantity } of getLinePackRows(db, saleId)) {
    const change = { code, saleId, staffId, at: now(house) }
    if (split.has(line_id)) returnUnits(db, { ...change, quantity })
    else if (why === 'voided') takeFromSale(db, change)
    if (why === 'reversed') markSettlementReversed(db, change)
  }
  releasePacksOfSale(db, saleId, now(house))
}

const carryOut = (house: House, saleId: SaleId, staffId: string, effect: SettlementEffect): void => {
  const { db, newId } = house
  const at = now(house)
  switch (effect) {
    case 'book-sale':
      return bookSale(house, saleId, staffId, 'fund')
    case 'book-return':
      return bookReturn(house, saleId, staffId)
    case 'release-packs':
      releasePacks(house, saleId, staffId, 'reversed')
      saleStatements(db).setEnded.run({ saleId, at, status: 'reversed' })
      return
    case 'queue-reversal': {
      const messageId = getSettlementRow(db, saleId)?.settle_message_id
      if (messageId === undefined || messageId === null) throw new Error('a reversal needs the message it reverses')
      return queueJob(db, { outboxId: newId(), kind: 'reverse-settlement', saleId, effectKey: `reverse-${messageId}`, payload: { messageId, staffId }, at })
    }
    case 'queue-cancel':
      return queueJob(db, { outboxId: newId(), kind: 'cancel-settlement', saleId, effectKey: `cancel-${getSettlementRow(db, saleId)?.setl_id ?? ''}`, payload: { staffId }, at })
    case 'drop-reversal':
      return dropJobs(db, saleId, 'reverse-settlement', at)
    case 'drop-cancel':
      return dropJobs(db, saleId, 'cancel-settlement', at)
  }
}

/**
 * One event of a settlement with everything it brings, in the caller's transaction: state, story, effects, and what the till calls the sale.
 * false: the event came too late and nothing was changed.
 */
export const settlementEvent = (house: House, saleId: SaleId, staffId: string, event: SettlementEvent, about: { readonly messageId?: string; readonly note?: string } = {}): boolean => {
  if (!house.db.inTransaction) throw new Error('a settlement moves only inside a transaction')
  const effects = moveSettlement(house.db, saleId, event, now(house), about)
  if (effects === null) return false
  for (const effect of effects) carryOut(house, saleId, staffId, effect)
  const state = settlementState(house.db, saleId)
  const status = saleStatusFor(state)
  // A held sale stays held while its quote comes and goes; and no quote opens a sale that is over.
  const mayOpen = (): boolean => ['open', 'settling'].includes(getSaleRow(house.db, saleId).status)
  if (status !== null && (status !== 'open' || mayOpen()) && status !== 'returned' && status !== 'reversed') setSaleStatus(house.db, saleId, status)
  // A cancellation that came to nothing: the sale is what it was.
  if (state === 'settled' && (event.type === 'cancel-refused' || event.type === 'cancel-not-sent' || event.type === 'person-decided' || effects.includes('drop-cancel'))) setSaleStatus(house.db, saleId, leftToPay(house, saleId) > 0 ? 'due' : 'closed')
  return true
}
