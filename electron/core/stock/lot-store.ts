import { AppError } from '../../contract/index.ts'
import type { BusinessDate, DrugId, Lot, LotId, Quantity } from '../../contract/index.ts'
import { isExpired } from '../../domain/calendar.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { isRecalled } from '../recall/recall-store.ts'

export interface StockLot extends Lot {
  readonly drugId: DrugId
  readonly recalled: boolean
}

interface LotRow {
  readonly lot_id: LotId
  readonly drug_id: DrugId
  readonly lot_number: string
  readonly manufactured_on: BusinessDate | null
  readonly expires_on: BusinessDate
  readonly recalled: 0 | 1
  readonly on_hand: Quantity
}

const statements = perDatabase((db) => ({
  get: db.prepare(`select * from lot where lot_id = ?`),
  ofDrug: db.prepare(`select * from lot where drug_id = ? order by expires_on, lot_number`),
  byNumber: db.prepare(`select * from lot where drug_id = ? and lot_number = ?`),
  insert: db.prepare(
    `insert into lot (lot_id, drug_id, lot_number, manufactured_on, expires_on, recalled) values (@lotId, @drugId, @lotNumber, @manufacturedOn, @expiresOn, @recalled)`,
  ),
  setManufacturedOn: db.prepare(`update lot set manufactured_on = @manufacturedOn where lot_id = @lotId`),
}))

const toLot = (row: LotRow): StockLot => ({
  lotId: row.lot_id,
  drugId: row.drug_id,
  lotNumber: row.lot_number,
  manufacturedOn: row.manufactured_on,
  expiresOn: row.expires_on,
  recalled: row.recalled === 1,
  onHand: row.on_hand,
})

/** Error drug.no-lot. */
export const getLot = (db: ReadableDb, lotId: string): StockLot => {
  const row = statements(db).get.get(lotId) as LotRow | undefined
  if (row === undefined) throw new AppError('drug.no-lot', 'no such lot', { lotId })
  return toLot(row)
}
export const findLotByNumber = (db: ReadableDb, drugId: string, lotNumber: string): StockLot | null => {
  const row = statements(db).byNumber.get(drugId, lotNumber) as LotRow | undefined
  return row === undefined ? null : toLot(row)
}
/** All lots of a drug, first expiring first. */
export const lotsOf = (db: ReadableDb, drugId: string): readonly StockLot[] => (statements(db).ofDrug.all(drugId) as LotRow[]).map(toLot)
/** Lots a line may take from: stock on hand, not expired, not recalled; first expiring first. */
export const sellableLots = (db: ReadableDb, drugId: string, today: BusinessDate, lastSaleDaysBefore = 0): readonly StockLot[] =>
  lotsOf(db, drugId).filter((lot) => lot.onHand > 0 && !lot.recalled && !isExpired(lot.expiresOn, today, lastSaleDaysBefore))

/** What the contract shows of a lot. */
export const contractLot = ({ lotId, lotNumber, manufacturedOn, expiresOn, onHand }: StockLot): Lot => ({ lotId, lotNumber, manufacturedOn, expiresOn, onHand })

/** A lot begins empty; goods come by `moveStock`. One that a recall names already is recalled from the first day. */
export const insertLot = (db: WritableDb, lot: Omit<StockLot, 'onHand'>): void => {
  statements(db).insert.run({ ...lot, recalled: lot.recalled || isRecalled(db, lot.drugId, lot.lotNumber) ? 1 : 0 })
}
/** The date the supplier's paper gave later; an upload was held back for it. */
export const setLotManufacturedOn = (db: WritableDb, lotId: string, manufacturedOn: BusinessDate): void =>
  one(statements(db).setManufacturedOn.run({ lotId, manufacturedOn }), 'set manufacture date')
