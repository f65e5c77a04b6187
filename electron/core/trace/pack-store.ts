import type { DrugId, Instant, LotId, Pack, PackEventKind, PackState, Quantity, SaleId } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

export interface PackRow {
  readonly code: string
  readonly drug_id: DrugId | null
  readonly lot_id: LotId | null
  readonly state: PackState
  readonly sale_id: SaleId | null
  readonly virtual: 0 | 1
  readonly units_left: Quantity
  readonly first_seen_at: Instant
  readonly changed_at: Instant
}

export interface PackEvent {
  readonly code: string
  readonly at: Instant
  readonly kind: PackEventKind
  readonly saleId: SaleId | null
  readonly staffId: string | null
  readonly note: string
}

const statements = perDatabase((db) => ({
  get: db.prepare(`select * from pack where code = ?`),
  insert: db.prepare(
    `insert into pack (code, drug_id, lot_id, state, virtual, units_left, first_seen_at, changed_at) values (@code, @drugId, @lotId, 'in-stock', @virtual, @unitsLeft, @at, @at)`,
  ),
  insertEvent: db.prepare(`insert into pack_event (code, at, kind, sale_id, staff_id, note) values (@code, @at, @kind, @saleId, @staffId, @note)`),
  shown:
    db.prepare(`select pack.code, pack.state, pack.drug_id as drugId, drug.generic_name as drugName, pack.lot_id as lotId, lot.lot_number as lotNumber, lot.expires_on as expiresOn,
      pack.virtual, pack.units_left as unitsLeft, pack.first_seen_at as firstSeenAt
    from pack left join drug on drug.drug_id = pack.drug_id left join lot on lot.lot_id = pack.lot_id where pack.code = ?`),
  events:
    db.prepare(`select pack_event.at, pack_event.kind, pack_event.sale_id as saleId, sale.receipt_number as receiptNumber, staff.name as staffName, pack_event.note
    from pack_event left join sale on sale.sale_id = pack_event.sale_id left join staff on staff.staff_id = pack_event.staff_id where pack_event.code = ? order by event_id`),
}))

export const findPack = (db: ReadableDb, code: string): PackRow | null => (statements(db).get.get(code) as PackRow | undefined) ?? null

export const insertPack = (
  db: WritableDb,
  pack: {
    readonly code: string
    readonly drugId: DrugId
    readonly lotId: LotId
    readonly virtual: boolean
    readonly unitsLeft: Quantity
    readonly at: Instant
  },
): void => one(statements(db).insert.run({ ...pack, virtual: pack.virtual ? 1 : 0 }), 'insert pack')
export const appendPackEvent = (db: WritableDb, event: PackEvent): void => one(statements(db).insertEvent.run(event), 'append pack event')

/** A pack with its whole history, oldest first; null when this shop never saw it. */
export const showPack = (db: ReadableDb, code: string): Pack | null => {
  const pack = statements(db).shown.get(code) as (Omit<Pack, 'virtual' | 'events'> & { readonly virtual: 0 | 1 }) | undefined
  return pack === undefined ? null : { ...pack, virtual: pack.virtual === 1, events: statements(db).events.all(code) as Pack['events'] }
}
