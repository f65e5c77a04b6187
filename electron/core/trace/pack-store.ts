import type { DrugId, Instant, LotId, Pack, PackEventKind, PackState, Quantity, SaleId } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { eventNumber, eventOf, stateNumber, stateOf } from './ledger-codes.ts'
import { codeOf, keyOf } from './pack-key.ts'

export interface PackRow {
  readonly code: string
  readonly drug_id: DrugId | null
  readonly lot_id: LotId | null
  readonly state: PackState
  readonly sale_id: SaleId | null
  readonly virtual: 0 | 1
  readonly units_left: Quantity
}

export interface PackEvent {
  readonly key: bigint
  readonly at: Instant
  readonly kind: PackEventKind
  readonly saleId: SaleId | null
  readonly staffId: string | null
  /** Which paper stands behind it. */
  readonly document: string | null
  readonly note: string
}

/** Sold, destroyed and transferred packs hold nothing; an opened one what is counted; any other is whole. Numbers: ledger-codes.ts. */
export const UNITS_LEFT_SQL = `coalesce(split_pack.units_left, iif(pack.state in (0, 1, 7, 8), 0, drug.units_per_pack * 10000), 0)`
const FROM_PACK = `from pack left join split_pack using (pack_key) left join lot on lot.lot_ref = pack.lot_ref left join drug on drug.drug_id = lot.drug_id left join sale on sale.sale_ref = pack.sale_ref`

const statements = perDatabase((db) => ({
  get: db.prepare(`select pack.state, lot.drug_id, lot.lot_id, sale.sale_id, exists (select 1 from virtual_code where virtual_code.pack_key = pack.pack_key), ${UNITS_LEFT_SQL} ${FROM_PACK} where pack.pack_key = ?`).raw(),
  insert: db.prepare(`insert into pack (pack_key, facts) values (@key, (coalesce((select lot_ref from lot where lot_id = @lotId), 0) << 4) | @state)`),
  insertVirtual: db.prepare(`insert into virtual_code (pack_key) values (?)`),
  insertEvent: db.prepare(`insert into pack_event (pack_key, seq, at, kind, sale_ref, staff_ref, document, note) values (@key, (select coalesce(max(seq), 0) + 1 from pack_event where pack_key = @key), @at, @kind,
    (select sale_ref from sale where sale_id = @saleId), (select staff_ref from staff where staff_id = @staffId), @document, nullif(@note, ''))`),
  shown: db.prepare(`select pack.state, lot.drug_id as drugId, drug.generic_name as drugName, lot.lot_id as lotId, lot.lot_number as lotNumber, lot.expires_on as expiresOn,
      exists (select 1 from virtual_code where virtual_code.pack_key = pack.pack_key) as virtual, ${UNITS_LEFT_SQL} as unitsLeft ${FROM_PACK} where pack.pack_key = ?`),
  events: db.prepare(`select pack_event.at, pack_event.kind, sale.sale_id as saleId, sale.receipt_number as receiptNumber, staff.name as staffName, pack_event.document, coalesce(pack_event.note, '') as note
    from pack_event left join sale on sale.sale_ref = pack_event.sale_ref left join staff on staff.staff_ref = pack_event.staff_ref where pack_event.pack_key = ? order by seq`),
}))

type PackColumns = [state: number, drugId: DrugId | null, lotId: LotId | null, saleId: SaleId | null, virtual: 0 | 1, unitsLeft: Quantity]

/** Null when this shop never had it. */
export const findPack = (db: ReadableDb, code: string): PackRow | null => {
  const key = keyOf(db, code)
  const row = key === null ? undefined : (statements(db).get.get(key) as PackColumns | undefined)
  if (row === undefined) return null
  const [state, drug_id, lot_id, sale_id, virtual, units_left] = row
  return { code, state: stateOf(state), drug_id, lot_id, sale_id, virtual, units_left }
}

/** `lotId` null: neither lot nor drug is known. */
export const insertPack = (db: WritableDb, pack: { readonly key: bigint; readonly lotId: LotId | null; readonly virtual: boolean }): void => {
  one(statements(db).insert.run({ key: pack.key, lotId: pack.lotId, state: stateNumber('in-stock') }), 'insert pack')
  if (pack.virtual) one(statements(db).insertVirtual.run(pack.key), 'insert virtual code')
}
export const appendPackEvent = (db: WritableDb, event: PackEvent): void => one(statements(db).insertEvent.run({ ...event, kind: eventNumber(event.kind) }), 'append pack event')

type ShownRow = Omit<Pack, 'code' | 'state' | 'virtual' | 'firstSeenAt' | 'events'> & { readonly state: number; readonly virtual: 0 | 1 }
type EventRow = Omit<Pack['events'][number], 'kind'> & { readonly kind: number }

/** A pack with its whole history, oldest first; null when this shop never saw it. */
export const showPack = (db: ReadableDb, code: string): Pack | null => {
  const key = keyOf(db, code)
  const pack = key === null ? undefined : (statements(db).shown.get(key) as ShownRow | undefined)
  if (key === null || pack === undefined) return null
  const events = (statements(db).events.all(key) as EventRow[]).map((event) => ({ ...event, kind: eventOf(event.kind) }))
  return { ...pack, code: codeOf(db, key), state: stateOf(pack.state), virtual: pack.virtual === 1, firstSeenAt: events[0]?.at ?? (0 as Instant), events }
}
