import type { Statement } from 'better-sqlite3'
import type { DrugId, Instant, LotId, PackEventKind, Quantity, SaleId } from '../../contract/index.ts'
import { formatQuantity } from '../../domain/amounts.ts'
import type { WritableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { appendPackEvent, findPack, insertPack } from './pack-store.ts'

/** Who did what to which pack. `note` is for the pack's history. */
export interface PackChange {
  readonly code: string
  readonly at: Instant
  readonly staffId: string | null
  readonly note?: string
}
export interface PackChangeInSale extends PackChange {
  readonly saleId: SaleId
}
export interface UnitsChange extends PackChangeInSale {
  /** Smallest units, 10⁻⁴. */
  readonly quantity: Quantity
}
export interface NewPack extends PackChange {
  readonly drugId: DrugId
  readonly lotId: LotId
  /** Smallest units of the whole pack, 10⁻⁴. */
  readonly unitsLeft: Quantity
}

// On the shelf: received, or returned and sellable again at the same place (rules.md §5; whether it expired or was recalled is the verdict's matter).
const ON_SHELF = `state in ('in-stock', 'returned')`
const HELD_BY_SALE = `state = 'in-sale' and sale_id = @saleId`
// A split pack stays at the counter; what ties it to a sale is its row on a line.
const SPLIT_IN_SALE = `state = 'split-open' and exists (select 1 from sale_line_pack join sale_line using (line_id) where sale_line_pack.code = @code and sale_line.sale_id = @saleId)`
const CODES_OF_SALE = `select code from sale_line join sale_line_pack using (line_id) where sale_line.sale_id = @saleId and voided_reason is null`
const FULL_UNITS = `(select units_per_pack * 10000 from drug where drug.drug_id = pack.drug_id)`

/** Each changes one row, and only from a state from which it is possible. */
const transitions = perDatabase((db) => ({
  putInSale: db.prepare(`update pack set state = 'in-sale', sale_id = @saleId, changed_at = @at where code = @code and ${ON_SHELF}`),
  takeFromSale: db.prepare(`update pack set state = 'in-stock', sale_id = null, changed_at = @at where code = @code and ${HELD_BY_SALE}`),
  sell: db.prepare(
    `update pack set state = iif(state = 'in-sale', @kind, state), units_left = iif(state = 'in-sale', 0, units_left), changed_at = @at where code = @code and (${HELD_BY_SALE} or ${SPLIT_IN_SALE})`,
  ),
  reverse: db.prepare(
    `update pack set state = iif(state = 'in-sale', 'in-stock', state), sale_id = null, changed_at = @at where code = @code and (${HELD_BY_SALE} or ${SPLIT_IN_SALE})`,
  ),
  giveBack:
    db.prepare(`update pack set units_left = iif(state = 'split-open', units_left, ${FULL_UNITS}), state = iif(state = 'split-open', state, 'returned'), sale_id = null, changed_at = @at
    where code = @code and (state in ('sold', 'settled') and sale_id = @saleId or ${SPLIT_IN_SALE})`),
  sellOfSale: db.prepare(`update pack set state = iif(state = 'in-sale', @kind, state), units_left = iif(state = 'in-sale', 0, units_left), changed_at = @at
    where code in (${CODES_OF_SALE}) and (${HELD_BY_SALE} or state = 'split-open')`),
  eventsOfSale: db.prepare(`insert into pack_event (code, at, kind, sale_id, staff_id, note) select distinct code, @at, @kind, @saleId, @staffId, '' from (${CODES_OF_SALE})`),
  open: db.prepare(`update pack set state = 'split-open', sale_id = null, changed_at = @at where code = @code and ${ON_SHELF}`),
  takeUnits: db.prepare(
    `update pack set units_left = units_left - @quantity, changed_at = @at where code = @code and state = 'split-open' and @quantity > 0 and units_left >= @quantity`,
  ),
  returnUnits: db.prepare(
    `update pack set units_left = units_left + @quantity, changed_at = @at where code = @code and state = 'split-open' and @quantity > 0 and units_left + @quantity <= ${FULL_UNITS}`,
  ),
  lock: db.prepare(`update pack set state = 'locked', sale_id = null, changed_at = @at where code = @code and (${ON_SHELF} or state = 'split-open')`),
}))

type Transition = (statements: ReturnType<typeof transitions>) => Statement

const move = (
  db: WritableDb,
  transition: Transition,
  kind: PackEventKind,
  change: PackChange & { readonly saleId?: SaleId; readonly quantity?: Quantity },
): void =>
  inTransaction(db, () => {
    const { code, at, staffId, saleId = null, note = '' } = change
    if (transition(transitions(db)).run({ ...change, kind }).changes !== 1) throw impossible(db, kind, change)
    appendPackEvent(db, { code, at, kind, saleId, staffId, note })
  })

/** The counter decided before it acts, so this is a defect of ours and no message for a cashier. */
const impossible = (db: WritableDb, kind: PackEventKind, { code }: PackChange): Error => {
  const pack = findPack(db, code)
  return new Error(
    `pack ${code}, ${kind}: impossible, it is ${pack === null ? 'not in the ledger' : `${pack.state} with ${pack.units_left} left${pack.sale_id === null ? '' : ` in sale ${pack.sale_id}`}`}`,
  )
}

const add = (db: WritableDb, pack: NewPack, kind: 'received' | 'first-seen', virtual: boolean): void =>
  inTransaction(db, () => {
    const { code, drugId, lotId, unitsLeft, at, staffId, note = '' } = pack
    if (findPack(db, code) !== null) throw impossible(db, kind, pack)
    insertPack(db, { code, drugId, lotId, virtual, unitsLeft, at })
    appendPackEvent(db, { code, at, kind, saleId: null, staffId, note })
  })

/** Goods came in: a new pack on the shelf. */
export const receivePack = (db: WritableDb, pack: NewPack): void => add(db, pack, 'received', false)
/** Never received here, but in the cashier's hand: entered on the shelf, with what the cashier decided as `note`. */
export const firstSeePack = (db: WritableDb, pack: NewPack): void => add(db, pack, 'first-seen', false)
/** A code the platform gave for a drug that has none (3592B). */
export const addVirtualPack = (db: WritableDb, pack: NewPack): void => add(db, pack, 'first-seen', true)

/** in-stock | returned → in-sale. */
export const putInSale = (db: WritableDb, change: PackChangeInSale): void => move(db, (to) => to.putInSale, 'put-in-sale', change)
/** in-sale → in-stock: line or sale voided, quantity lowered. */
export const takeFromSale = (db: WritableDb, change: PackChangeInSale): void => move(db, (to) => to.takeFromSale, 'taken-from-sale', change)
/** in-sale → sold (self-paid). A split pack on a line of the sale stays split-open; its history says sold. */
export const markSold = (db: WritableDb, change: PackChangeInSale): void => move(db, (to) => to.sell, 'sold', change)
/** in-sale → settled (with the fund). A split pack on a line of the sale stays split-open; its history says settled. */
export const markSettled = (db: WritableDb, change: PackChangeInSale): void => move(db, (to) => to.sell, 'settled', change)
/** `markSold` or `markSettled` for every code on the sale's lines, as two statements: a sale of thirty lines is booked while the patient waits. `codes`: how many there are. */
export const markAllOfSale = (db: WritableDb, kind: 'sold' | 'settled', codes: number, change: Omit<PackChangeInSale, 'code'>): void => inTransaction(db, () => {
  const { changes } = transitions(db).sellOfSale.run({ ...change, kind })
  if (changes !== codes) throw new Error(`sale ${change.saleId}, ${kind}: ${changes} of ${codes} packs could be sold`)
  transitions(db).eventsOfSale.run({ ...change, kind })
})
/** The lost settlement was undone and nothing was sold: in-sale → in-stock. A split pack's units come back by `returnUnits`. */
export const markSettlementReversed = (db: WritableDb, change: PackChangeInSale): void => move(db, (to) => to.reverse, 'settlement-reversed', change)
/** sold | settled by this sale → returned, whole again. A split pack's units come back by `returnUnits`. */
export const markReturned = (db: WritableDb, change: PackChangeInSale): void => move(db, (to) => to.giveBack, 'returned', change)
/** in-stock | returned → split-open (拆零); its units are taken by `takeUnits`. */
export const openForSplit = (db: WritableDb, change: PackChangeInSale): void => move(db, (to) => to.open, 'opened-for-split', change)
/** Takes units of an open pack for a line. Throws when fewer are left. */
export const takeUnits = (db: WritableDb, change: UnitsChange): void =>
  move(db, (to) => to.takeUnits, 'units-taken', { note: formatQuantity(change.quantity), ...change })
/** Gives units back to an open pack: line voided, quantity lowered, sale returned. Throws when the pack would hold more than it ever did. */
export const returnUnits = (db: WritableDb, change: UnitsChange): void =>
  move(db, (to) => to.returnUnits, 'units-returned', { note: formatQuantity(change.quantity), ...change })
/** Set aside: in-stock | returned | split-open → locked, sold no more. */
export const lockPack = (db: WritableDb, change: PackChange): void => move(db, (to) => to.lock, 'locked', change)
/** The platform took the upload (3505) or the upload of the return (3506): history only. */
export const noteUploaded = (db: WritableDb, change: PackChangeInSale, kind: 'uploaded' | 'return-uploaded' = 'uploaded'): void => {
  if (findPack(db, change.code) === null) throw impossible(db, kind, change)
  appendPackEvent(db, { code: change.code, at: change.at, kind, saleId: change.saleId, staffId: change.staffId, note: change.note ?? '' })
}
