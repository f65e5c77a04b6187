import { AppError } from '../../contract/index.ts'
import type { Delivery, DeliveryCarton, DeliveryLine, DrugId, Instant, LotId, PackState } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { eventNumber, stateNumber, stateOf } from '../trace/ledger-codes.ts'
import { codeOf, codeSql } from '../trace/pack-key.ts'

export interface NewDelivery {
  readonly deliveryId: string
  readonly documentNumber: string
  readonly supplier: string
  readonly at: Instant
  readonly staffId: string
  readonly contentHash: string
}

const SHELF = `pack.state in (${(['in-stock', 'returned', 'split-open'] as const).map(stateNumber).join(', ')})`
const COUNTED = `exists (select 1 from pack_event where pack_event.pack_key = pack.pack_key and kind = ${eventNumber('counted')} and at >= @since)`
const WAS_RECEIVED = (key: string): string => `exists (select 1 from pack_event where pack_event.pack_key = ${key} and kind = ${eventNumber('received')})`
const INSIDE = `with recursive inside (key) as (select child_key from carton_content where carton_key = @key union select child_key from carton_content join inside on carton_key = key)`

const DELIVERY = `select delivery.delivery_id as deliveryId, document_number as documentNumber, supplier, told_at as toldAt, teller.name as toldBy,
    (select count(*) from delivery_code where delivery_code.delivery_id = delivery.delivery_id and level = 1) as expected,
    (select count(*) from delivery_code where delivery_code.delivery_id = delivery.delivery_id and level = 1 and received_at is not null) as received,
    ended_at as endedAt, ender.name as endedBy, ended_note as endedNote
  from delivery left join staff as teller on teller.staff_id = told_by left join staff as ender on ender.staff_id = ended_by`

const statements = perDatabase((db) => ({
  get: db.prepare(`${DELIVERY} where delivery.delivery_id = ?`),
  list: db.prepare(`${DELIVERY} order by ended_at is not null, told_at desc, delivery.delivery_id desc limit ?`),
  known: db.prepare(`select delivery_id, content_hash from delivery where supplier = ? and document_number = ?`).raw(),
  insert: db.prepare(`insert into delivery (delivery_id, document_number, supplier, told_at, told_by, content_hash) values (@deliveryId, @documentNumber, @supplier, @at, @staffId, @contentHash)`),
  insertCode: db.prepare(`insert into delivery_code (delivery_id, pack_key, drug_id, lot_id, level) values (@deliveryId, @key, @drugId, @lotId, @level)`),
  end: db.prepare(`update delivery set ended_at = @at, ended_by = @staffId, ended_note = @note where delivery_id = @deliveryId and ended_at is null`),
  papersOf: db.prepare(`select delivery_id, document_number, level, received_at is not null from delivery_code join delivery using (delivery_id) where pack_key = ? order by told_at, delivery_id`).raw(),
  lines: db.prepare(`select delivery_code.drug_id as drugId, generic_name as drugName, spec, maker, pack_unit as packUnit, lot.lot_id as lotId, lot_number as lotNumber, manufactured_on as manufacturedOn, expires_on as expiresOn,
      lot.recalled, count(*) as expected, count(received_at) as received, count(*) - count(received_at) as missing, count(*) filter (where pack.state = ${stateNumber('locked')}) as locked,
      count(*) filter (where received_at is not null and ${SHELF}) as onShelf, count(*) filter (where received_at is not null and ${SHELF} and ${COUNTED}) as counted
    from delivery_code join drug on drug.drug_id = delivery_code.drug_id join lot on lot.lot_id = delivery_code.lot_id left join pack using (pack_key)
    where delivery_id = @deliveryId and delivery_code.level = 1 group by delivery_code.drug_id, delivery_code.lot_id order by generic_name, delivery_code.drug_id, expires_on, lot_number`),
  cartons: db.prepare(`select delivery_code.pack_key as key, delivery_code.level, generic_name as drugName, opened_at as openedAt
    from delivery_code join drug using (drug_id) left join carton using (pack_key) where delivery_id = ? and delivery_code.level > 1 order by delivery_code.level desc, pack_key limit 500`).safeIntegers(),
  inside: db.prepare(`${INSIDE} select count(*), count(*) filter (where ${WAS_RECEIVED('key')})
    from inside where not exists (select 1 from carton where pack_key = key)`).raw(),
  missing: db.prepare(`select ${codeSql('delivery_code.pack_key')} from delivery_code where delivery_id = ? and level = 1 and received_at is null order by pack_key limit 200`).pluck(),
  uncountedOfDelivery: db.prepare(`select count(*) from delivery_code join pack using (pack_key) where delivery_id = @deliveryId and level = 1 and received_at is not null and ${SHELF} and not ${COUNTED}`).pluck(),
  uncountedOfLot: db.prepare(`select count(*) from pack where lot_ref = (select lot_ref from lot where lot_id = @lotId) and state > 1 and ${SHELF} and not ${COUNTED}`).pluck(),
  countedSince: db.prepare(`select 1 from pack_event where pack_key = @key and kind = ${eventNumber('counted')} and at >= @since limit 1`).pluck(),
  carton: db.prepare(`select carton.drug_id as drugId, generic_name as drugName, level, source, told_at as toldAt, opened_at as openedAt, staff.name as openedBy
    from carton join drug using (drug_id) left join staff on staff.staff_id = opened_by where pack_key = ?`),
  children: db.prepare(`select child_key as key, carton.level, pack.state, ${WAS_RECEIVED('child_key')} as received from carton_content left join carton on carton.pack_key = child_key left join pack on pack.pack_key = child_key where carton_key = ? order by child_key limit 500`).safeIntegers(),
}))

/** Error goods.delivery-not-found. */
export const getDelivery = (db: ReadableDb, deliveryId: string): Delivery => {
  const delivery = statements(db).get.get(deliveryId) as Delivery | undefined
  if (delivery === undefined) throw new AppError('goods.delivery-not-found', 'no such delivery', { deliveryId })
  return delivery
}
/** Open ones first, newest first. */
export const listDeliveries = (db: ReadableDb, limit: number): readonly Delivery[] => statements(db).list.all(limit) as Delivery[]

export const knownPaper = (db: ReadableDb, supplier: string, documentNumber: string): { readonly deliveryId: string; readonly contentHash: string } | null => {
  const row = statements(db).known.get(supplier, documentNumber) as [string, string] | undefined
  return row === undefined ? null : { deliveryId: row[0], contentHash: row[1] }
}
export const insertDelivery = (db: WritableDb, delivery: NewDelivery): void => one(statements(db).insert.run(delivery), 'insert delivery')
export const insertDeliveryCode = (db: WritableDb, row: { readonly deliveryId: string; readonly key: bigint; readonly drugId: DrugId; readonly lotId: LotId; readonly level: number }): void =>
  one(statements(db).insertCode.run(row), 'insert code of a delivery')
/** False: it was ended before. */
export const markDeliveryEnded = (db: WritableDb, change: { readonly deliveryId: string; readonly at: Instant; readonly staffId: string; readonly note: string }): boolean => statements(db).end.run(change).changes === 1

export interface PaperOfCode {
  readonly deliveryId: string
  readonly documentNumber: string
  readonly level: number
  readonly received: boolean
}
/** Every paper that names this code, oldest first. */
export const papersOf = (db: ReadableDb, key: bigint): readonly PaperOfCode[] =>
  (statements(db).papersOf.all(key) as [string, string, number, 0 | 1][]).map(([deliveryId, documentNumber, level, received]) => ({ deliveryId, documentNumber, level, received: received === 1 }))

type LineRow = Omit<DeliveryLine, 'expired' | 'recalled'> & { readonly recalled: 0 | 1 }
/** Drug by drug and lot by lot. `since` null: nothing was counted. */
export const deliveryLines = (db: ReadableDb, deliveryId: string, since: Instant | null): readonly LineRow[] =>
  statements(db).lines.all({ deliveryId, since: since ?? Number.MAX_SAFE_INTEGER }) as LineRow[]

/** Smallest packs in a carton, all levels down. */
export const packsInside = (db: ReadableDb, key: bigint): { readonly packs: number; readonly received: number } => {
  const [packs, received] = statements(db).inside.get({ key }) as [number, number]
  return { packs, received }
}
export const deliveryCartons = (db: ReadableDb, deliveryId: string): readonly DeliveryCarton[] =>
  (statements(db).cartons.all(deliveryId) as { key: bigint; level: bigint; drugName: string; openedAt: bigint | null }[]).map(({ key, level, drugName, openedAt }) => ({
    code: codeOf(db, key), level: Number(level), drugName, ...packsInside(db, key), openedAt: openedAt === null ? null : (Number(openedAt) as Instant),
  }))
export const missingCodes = (db: ReadableDb, deliveryId: string): readonly string[] => statements(db).missing.all(deliveryId) as string[]

/** On the shelf by the books and not counted since. */
export const uncounted = (db: ReadableDb, of: { readonly deliveryId: string } | { readonly lotId: LotId }, since: Instant): number =>
  ('lotId' in of ? statements(db).uncountedOfLot : statements(db).uncountedOfDelivery).get({ ...of, since }) as number
export const wasCountedSince = (db: ReadableDb, key: bigint, since: Instant): boolean => statements(db).countedSince.get({ key, since }) === 1

export interface CartonRow {
  readonly drugId: DrugId
  readonly drugName: string
  readonly level: number
  readonly source: string
  readonly toldAt: Instant
  readonly openedAt: Instant | null
  readonly openedBy: string | null
}
export const cartonRow = (db: ReadableDb, key: bigint): CartonRow | null => (statements(db).carton.get(key) as CartonRow | undefined) ?? null
export const cartonChildren = (db: ReadableDb, key: bigint): readonly { readonly code: string; readonly level: number; readonly state: PackState | null; readonly packs: number; readonly received: number }[] =>
  (statements(db).children.all(key) as { key: bigint; level: bigint | null; state: bigint | null; received: bigint }[]).map((child) => {
    const inside = child.level === null ? { packs: 1, received: Number(child.received) } : packsInside(db, child.key)
    return { code: codeOf(db, child.key), level: child.level === null ? 1 : Number(child.level), state: child.state === null ? null : stateOf(Number(child.state)), ...inside }
  })
