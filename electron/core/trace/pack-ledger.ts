import type { Instant, LotId, PackEventKind, PackState, Quantity, SaleId } from '../../contract/index.ts'
import { formatQuantity } from '../../domain/amounts.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { inTransaction, one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { lostNameSql } from '../map/lost-name.ts'
import { eventNumber, stateNumber } from './ledger-codes.ts'
import { giveKey, keyOf } from './pack-key.ts'
import { appendPackEvent, findPack, insertPack } from './pack-store.ts'

/** Who did what to which pack. */
export interface PackChange {
  readonly code: string
  readonly at: Instant
  readonly staffId: string | null
  /** Delivery, alarm, link …: which paper stands behind it. */
  readonly document?: string
  /** For the pack's history. */
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
  readonly lotId: LotId
  /** Of a GS1 or MA code: these two name the pack, whatever else its symbol says. */
  readonly identifier?: string | null
  readonly serial?: string | null
  /** Its own data with separators, where the code is not that already. */
  readonly symbol?: string | null
}

const S = (state: PackState): number => stateNumber(state)
// On the shelf: received, or returned and sellable again at the same place (rules.md §5; whether it expired or was recalled is the verdict's matter).
const ON_SHELF = `state in (${S('in-stock')}, ${S('returned')})`
const OPEN = `state = ${S('split-open')}`
// Set aside, it is still the open pack that earlier sales took their units from.
const OPENED = `(${OPEN} or state = ${S('locked')} and exists (select 1 from split_pack where split_pack.pack_key = pack.pack_key))`
/** What it is on the shelf: an opened pack stays opened. */
const SHELF_STATE = `iif(exists (select 1 from split_pack where split_pack.pack_key = @key), ${S('split-open')}, ${S('in-stock')})`
const SALE = `(select sale_ref from sale where sale_id = @saleId)`
const HELD_BY_SALE = `state = ${S('in-sale')} and sale_ref = ${SALE}`
// A split pack stays at the counter; what ties it to a sale is its row on a line.
const SPLIT_IN_SALE = `${OPENED} and exists (select 1 from sale_line_pack join sale_line using (line_id) where sale_line_pack.pack_key = @key and sale_line.sale_id = @saleId)`
const KEYS_OF_SALE = `select pack_key from sale_line join sale_line_pack using (line_id) where sale_line.sale_id = @saleId and voided_reason is null`
const FULL_UNITS = `(select units_per_pack * 10000 from pack join lot using (lot_ref) join drug using (drug_id) where pack.pack_key = @key)`
// In SQLite `&`, `|` and `<<` bind alike, from left to right: hence every bracket.
/** `facts` with another state; `lot_ref` stays. Without a sale, unless it is said whose. */
const becomes = (state: number | string): string => `(facts & 16777200 | ${state})`
const keepingSale = (state: number | string): string => `(facts & ~15 | ${state})`
/** While its sale holds it, a pack becomes `then`; an opened one stays as it is. */
const fromSale = (then: number): string => `update pack set facts = iif(state = ${S('in-sale')}, ${keepingSale(then)}, facts) where pack_key = @key and (${HELD_BY_SALE} or ${SPLIT_IN_SALE})`

/** Each changes one row, and only from a state from which it is possible. */
const transitions = perDatabase((db) => ({
  putInSale: db.prepare(`update pack set facts = ${becomes(S('in-sale'))} | (${SALE} << 24) where pack_key = @key and ${ON_SHELF}`),
  takeFromSale: db.prepare(`update pack set facts = ${becomes(S('in-stock'))} where pack_key = @key and ${HELD_BY_SALE}`),
  sell: db.prepare(fromSale(S('sold'))),
  settle: db.prepare(fromSale(S('settled'))),
  reverse: db.prepare(`update pack set facts = iif(state = ${S('in-sale')}, ${becomes(S('in-stock'))}, facts) where pack_key = @key and (${HELD_BY_SALE} or ${SPLIT_IN_SALE})`),
  giveBack: db.prepare(`update pack set facts = iif(state in (${S('sold')}, ${S('settled')}), ${becomes(S('returned'))}, facts)
    where pack_key = @key and (state in (${S('sold')}, ${S('settled')}) and sale_ref = ${SALE} or ${SPLIT_IN_SALE})`),
  ofSale: db.prepare(`update pack set facts = iif(state = ${S('in-sale')}, ${keepingSale('@state')}, facts) where pack_key in (${KEYS_OF_SALE}) and (${HELD_BY_SALE} or ${OPENED})`),
  eventsOfSale: db.prepare(`insert into pack_event (pack_key, seq, at, kind, sale_ref, staff_ref)
    select pack_key, (select coalesce(max(seq), 0) + 1 from pack_event where pack_event.pack_key = sold.pack_key), @at, @event, ${SALE}, (select staff_ref from staff where staff_id = @staffId) from (select distinct pack_key from (${KEYS_OF_SALE})) as sold`),
  open: db.prepare(`update pack set facts = ${becomes(S('split-open'))} where pack_key = @key and ${ON_SHELF}`),
  unitsOfOpened: db.prepare(`insert into split_pack (pack_key, units_left) values (@key, ${FULL_UNITS}) on conflict (pack_key) do nothing`),
  takeUnits: db.prepare(
    `update split_pack set units_left = units_left - @quantity where pack_key = @key and @quantity > 0 and units_left >= @quantity and exists (select 1 from pack where pack.pack_key = @key and ${OPEN})`,
  ),
  returnUnits: db.prepare(
    `update split_pack set units_left = units_left + @quantity where pack_key = @key and @quantity > 0 and units_left + @quantity <= ${FULL_UNITS} and exists (select 1 from pack where pack.pack_key = @key and ${OPENED})`,
  ),
  lock: db.prepare(`update pack set facts = ${becomes(S('locked'))} where pack_key = @key and (${ON_SHELF} or ${OPEN})`),
  openAlarm: db.prepare(`select alarm_id from alarm where pack_key = ? and status <> 'closed'`).pluck(),
  lostName: db.prepare(`select ${lostNameSql('@key')}`).pluck(),
  release: db.prepare(`update pack set facts = (facts & 16777200) | ${SHELF_STATE} where pack_key = @key and state = ${S('locked')}`),
  destroy: db.prepare(`update pack set facts = ${becomes(S('destroyed'))} where pack_key = @key and (${ON_SHELF} or ${OPEN} or state = ${S('locked')})`),
  transfer: db.prepare(`update pack set facts = ${becomes(S('transferred'))} where pack_key = @key and (${ON_SHELF} or state = ${S('locked')})`),
  correctLot: db.prepare(`update pack set facts = (facts & ~16777200) | ((select lot_ref from lot where lot_id = @lotId) << 4) where pack_key = @key and ${ON_SHELF}`),
  comeBack: db.prepare(`update pack set facts = ((select lot_ref from lot where lot_id = @lotId) << 4) | ${SHELF_STATE} where pack_key = @key and state = ${S('transferred')}`),
}))

type Statements = ReturnType<typeof transitions>
const TO_SHELF: ReadonlySet<keyof Statements> = new Set(['takeFromSale', 'reverse', 'giveBack'])
type Change = PackChange & { readonly saleId?: SaleId; readonly quantity?: Quantity; readonly lotId?: LotId }

const move = (db: WritableDb, transition: keyof Statements, kind: PackEventKind, change: Change): void =>
  inTransaction(db, () => {
    const { code, at, staffId, saleId = null, document = null, note = '' } = change
    const key = keyOf(db, code)
    const statement = transitions(db)[transition]
    if (key === null || statement.run({ ...change, key }).changes !== 1) throw impossible(db, kind, change)
    if (transition === 'open') transitions(db).unitsOfOpened.run({ key })
    appendPackEvent(db, { key, at, kind, saleId, staffId, document, note })
    if (TO_SHELF.has(transition)) lockDoubtful(db, key, change)
  })

/** A pack with an open alarm, or one that only a revoked link named, does not lie on the shelf: locked when that is told, and when it comes (back) there. */
const lockDoubtful = (db: WritableDb, key: bigint, { at, staffId }: PackChange): void => {
  const document = (transitions(db).openAlarm.get(key) ?? transitions(db).lostName.get({ key })) as string | null
  if (document === null || transitions(db).lock.run({ key }).changes === 0) return
  appendPackEvent(db, { key, at, kind: 'locked', saleId: null, staffId, document, note: '' })
}

/** The counter decided before it acts, so this is a defect of ours and no message for a cashier. */
const impossible = (db: ReadableDb, kind: PackEventKind, { code }: PackChange): Error => {
  const pack = findPack(db, code)
  return new Error(
    `pack ${code}, ${kind}: impossible, it is ${pack === null ? 'not in the ledger' : `${pack.state} with ${pack.units_left} left${pack.sale_id === null ? '' : ` in sale ${pack.sale_id}`}`}`,
  )
}

const add = (db: WritableDb, pack: NewPack, kind: 'received' | 'first-seen', virtual: boolean): void =>
  inTransaction(db, () => {
    const { code, lotId, at, staffId, document = null, note = '' } = pack
    const known = findPack(db, code)
    if (known !== null && known.state !== 'transferred') throw impossible(db, kind, pack)
    const key = giveKey(db, { code, identifier: pack.identifier ?? null, serial: pack.serial ?? null, symbol: pack.symbol === undefined || pack.symbol === code ? null : pack.symbol })
    if (known === null) insertPack(db, { key, lotId, virtual })
    else one(transitions(db).comeBack.run({ key, lotId }), 'take a transferred pack back')
    appendPackEvent(db, { key, at, kind, saleId: null, staffId, document, note })
    lockDoubtful(db, key, pack)
  })

/** Its paper came after the counter had guessed its lot: on the shelf it becomes that lot's. Its stock is the caller's. */
export const correctLot = (db: WritableDb, change: PackChange & { readonly lotId: LotId }): void => move(db, 'correctLot', 'received', change)

/** Goods came in: a new pack on the shelf. */
export const receivePack = (db: WritableDb, pack: NewPack): void => add(db, pack, 'received', false)
/** Never received here, but in the cashier's hand: entered on the shelf, with what the cashier decided as `note`. */
export const firstSeePack = (db: WritableDb, pack: NewPack): void => add(db, pack, 'first-seen', false)
/** A code the platform gave for a drug that has none (3592B). */
export const addVirtualPack = (db: WritableDb, pack: NewPack): void => add(db, pack, 'first-seen', true)

/** in-stock | returned → in-sale. */
export const putInSale = (db: WritableDb, change: PackChangeInSale): void => move(db, 'putInSale', 'put-in-sale', change)
/** in-sale → in-stock: line or sale voided, quantity lowered. */
export const takeFromSale = (db: WritableDb, change: PackChangeInSale): void => move(db, 'takeFromSale', 'taken-from-sale', change)
/** in-sale → sold (self-paid). A split pack on a line of the sale stays split-open; its history says sold. */
export const markSold = (db: WritableDb, change: PackChangeInSale): void => move(db, 'sell', 'sold', change)
/** in-sale → settled (with the fund). A split pack on a line of the sale stays split-open; its history says settled. */
export const markSettled = (db: WritableDb, change: PackChangeInSale): void => move(db, 'settle', 'settled', change)
/** `markSold` or `markSettled` for every code on the sale's lines, as two statements: a sale of thirty lines is booked while the patient waits. `codes`: how many there are. */
export const markAllOfSale = (db: WritableDb, kind: 'sold' | 'settled', codes: number, change: Omit<PackChangeInSale, 'code'>): void =>
  inTransaction(db, () => {
    const { changes } = transitions(db).ofSale.run({ ...change, state: S(kind) })
    if (changes !== codes) throw new Error(`sale ${change.saleId}, ${kind}: ${changes} of ${codes} packs could be sold`)
    transitions(db).eventsOfSale.run({ ...change, event: eventNumber(kind) })
  })
/** The lost settlement was undone and nothing was sold: in-sale → in-stock. A split pack's units come back by `returnUnits`. */
export const markSettlementReversed = (db: WritableDb, change: PackChangeInSale): void => move(db, 'reverse', 'settlement-reversed', change)
/** sold | settled by this sale → returned, whole again. A split pack's units come back by `returnUnits`. */
export const markReturned = (db: WritableDb, change: PackChangeInSale): void => move(db, 'giveBack', 'returned', change)
/** in-stock | returned → split-open (拆零); its units are taken by `takeUnits`. */
export const openForSplit = (db: WritableDb, change: PackChangeInSale): void => move(db, 'open', 'opened-for-split', change)
/** Takes units of an open pack for a line. Throws when fewer are left. */
export const takeUnits = (db: WritableDb, change: UnitsChange): void =>
  move(db, 'takeUnits', 'units-taken', { note: formatQuantity(change.quantity), ...change })
/** Gives units back to an open pack: line voided, quantity lowered, sale returned. Throws when the pack would hold more than it ever did. */
export const returnUnits = (db: WritableDb, change: UnitsChange): void =>
  move(db, 'returnUnits', 'units-returned', { note: formatQuantity(change.quantity), ...change })
/** Set aside: in-stock | returned | split-open → locked, sold no more. */
export const lockPack = (db: WritableDb, change: PackChange): void => move(db, 'lock', 'locked', change)
/** `lockPack` when an alarm of the pack is open and it is on the shelf; else nothing. */
export const lockIfAlarmed = (db: WritableDb, change: PackChange): void => {
  const key = keyOf(db, change.code)
  if (key !== null) inTransaction(db, () => lockDoubtful(db, key, change))
}
/** Proven good: locked → in-stock, or split-open if it was opened before. */
export const releasePack = (db: WritableDb, change: PackChange): void => move(db, 'release', 'released', change)
/** in-stock | returned | split-open | locked → destroyed, for ever. Its stock is the caller's. */
export const destroyPack = (db: WritableDb, change: PackChange): void => move(db, 'destroy', 'destroyed', change)
/** in-stock | returned | locked → transferred: to another shop, back to the supplier, to the authority. Its stock is the caller's. */
export const transferPack = (db: WritableDb, change: PackChange): void => move(db, 'transfer', 'transferred', change)
/** History only; the pack's state stays. Throws for a pack that is not in the ledger. */
export const noteEvent = (db: WritableDb, change: PackChange & { readonly saleId?: SaleId }, kind: PackEventKind): void =>
  inTransaction(db, () => {
    const key = keyOf(db, change.code)
    if (key === null || findPack(db, change.code) === null) throw impossible(db, kind, change)
    const { at, staffId, saleId = null, document = null, note = '' } = change
    appendPackEvent(db, { key, at, kind, saleId, staffId, document, note })
  })
/** The platform took the upload (3505) or the upload of the return (3506): history only. */
export const noteUploaded = (db: WritableDb, change: PackChangeInSale, kind: 'uploaded' | 'return-uploaded' = 'uploaded'): void => noteEvent(db, change, kind)
