import type { LotId } from '../../electron/contract/index.ts'
import { wholeUnits } from '../../electron/contract/index.ts'
import type { WritableDb } from '../../electron/core/db/database.ts'
import { moveStock } from '../../electron/core/stock/move-stock.ts'
import type { DrugKey } from './small-shop.ts'
import { drugIdOf, lotNumberOf } from './small-shop.ts'

export const lotIdOf = (db: WritableDb, drug: DrugKey, lot: 1 | 2 = 1): LotId =>
  db.prepare('select lot_id from lot where drug_id = ? and lot_number = ?').pluck().get(drugIdOf(drug), lotNumberOf(drug, lot)) as LotId

/** Packs without a code came in: more stock than there are codes. */
export const receiveWithoutCodes = (db: WritableDb, newId: () => string, drug: DrugKey, packs: number, lot: 1 | 2 = 1): LotId => {
  const lotId = lotIdOf(db, drug, lot)
  const units = db.prepare('select units_per_pack from drug where drug_id = ?').pluck().get(drugIdOf(drug)) as number
  moveStock(db, { lotId, kind: 'received', quantity: wholeUnits(packs * units), saleId: null, lineId: null, at: 1_700_000_000_000 as never, newId })
  return lotId
}
