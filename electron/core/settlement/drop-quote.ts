import type { SaleId } from '../../contract/index.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import { clearQuote, getSettlementRow, moveSettlement, saveRefusal } from './settlement-store.ts'

/** The basket or the person changed: the quote and the last refusal belong to the past. Call within the change's transaction. */
export const dropQuote = (house: House, saleId: SaleId): void => {
  const row = getSettlementRow(house.db, saleId)
  if (row === null) return
  if (row.state !== 'draft') {
    moveSettlement(house.db, saleId, { type: 'basket-changed' }, now(house))
    clearQuote(house.db, saleId)
  }
  // A lost trial leaves its reason in a draft.
  if (row.refusal !== null) saveRefusal(house.db, saleId, null)
}
