import type { DrugId, LotId } from '../../contract/index.ts'
import { wholeUnits } from '../../contract/index.ts'
import { enterAlarm } from '../alarm/raise-alarm.ts'
import type { ReadableDb } from '../db/database.ts'
import { inTransaction, one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { moveStock } from '../stock/move-stock.ts'
import { eventNumber } from '../trace/ledger-codes.ts'
import { codeOf, keyOf } from '../trace/pack-key.ts'
import { correctLot, noteEvent, receivePack } from '../trace/pack-ledger.ts'
import { findPack } from '../trace/pack-store.ts'
import type { Code } from './key-for.ts'
import { keyFor } from './key-for.ts'

/** What a scan of one or many packs did. */
export interface Receipt {
  readonly received: number
  /** Came in before, by this paper or another way. */
  readonly already: number
  /** Received and locked at once: under suspicion, or sold elsewhere says the alarm list. */
  readonly locked: readonly string[]
  /** On no paper, so no lot is known: not received. */
  readonly unexpected: readonly string[]
  readonly lots: readonly LotId[]
  /** Papers on which something was ticked off. */
  readonly deliveries: readonly string[]
}

interface Expectation {
  readonly deliveryId: string
  readonly documentNumber: string
  readonly drugId: DrugId
  readonly lotId: LotId
  readonly unitsPerPack: number
}

const ON_PAPER = `select delivery_id as deliveryId, document_number as documentNumber, drug_id as drugId, lot_id as lotId, units_per_pack as unitsPerPack
  from delivery_code join delivery using (delivery_id) join drug using (drug_id) where pack_key = @key and level = 1 and received_at is null`
const statements = perDatabase((db) => ({
  // Of two papers that name it, the one the person holds; else the older.
  expected: db.prepare(`${ON_PAPER} order by delivery_id = @deliveryId desc, told_at, delivery_id limit 1`),
  tick: db.prepare(`update delivery_code set received_at = @at, received_by = @staffId where delivery_id = @deliveryId and pack_key = @key and received_at is null`),
  wasReceived: db.prepare(`select 1 from pack_event where pack_key = ? and kind = ${eventNumber('received')} limit 1`).pluck(),
  soldElsewhere: db.prepare(`select source from foreign_sale where pack_key = ?`).pluck(),
  unitsOfLot: db.prepare(`select units_per_pack from lot join drug using (drug_id) where lot_id = ?`).pluck(),
}))

export const wasReceived = (db: ReadableDb, code: string): boolean => {
  const key = keyOf(db, code)
  return key !== null && statements(db).wasReceived.get(key) === 1
}

const nameOf = (code: Code): string => (typeof code === 'string' ? code : code.code)

/** How one pack stands to the papers. */
type Arrival = 'new' | 'late-paper' | 'already' | 'unexpected'
const arrivalOf = (db: ReadableDb, code: string, expectation: Expectation | undefined): Arrival => {
  const pack = findPack(db, code)
  if (pack === null || pack.state === 'transferred') return expectation === undefined ? (pack === null ? 'unexpected' : 'already') : 'new'
  // Sold from the counter before its paper came: it was never booked in.
  return expectation !== undefined && !wasReceived(db, code) ? 'late-paper' : 'already'
}

/**
 * Receives those smallest packs that a paper names and that are not in: pack, history, stock and the tick on the paper, one transaction. Repeating it changes nothing.
 * A pack that the counter sold before its paper came is booked into the lot it was sold from; one still on the shelf becomes its paper's lot.
 */
export const receivePacks = (house: House, caller: Caller, codes: readonly Code[], deliveryId: string | null): Receipt => {
  const { db } = house
  const at = now(house)
  const units = new Map<LotId, number>()
  const locked: string[] = []
  const unexpected: string[] = []
  const deliveries = new Set<string>()
  let received = 0
  let already = 0
  inTransaction(db, () => {
    for (const asked of codes) {
      const key = keyFor(db, asked)
      const code = key === null ? nameOf(asked) : codeOf(db, key)
      const expectation = key === null ? undefined : (statements(db).expected.get({ key, deliveryId }) as Expectation | undefined)
      const arrival = arrivalOf(db, code, expectation)
      if (arrival === 'unexpected') unexpected.push(code)
      if (arrival === 'already') already += 1
      if (expectation === undefined) continue
      if (arrival !== 'already') {
        const change = { code, at, staffId: caller.staffId, document: expectation.documentNumber }
        let { lotId } = expectation
        if (arrival === 'new') receivePack(db, { ...change, lotId })
        else {
          const seen = findPack(db, code)
          const before = { ...change, note: 'seen before its paper' }
          if (seen !== null && seen.lot_id !== lotId && (seen.state === 'in-stock' || seen.state === 'returned')) correctLot(db, { ...before, lotId })
          else {
            noteEvent(db, before, 'received')
            lotId = seen?.lot_id ?? lotId
          }
        }
        units.set(lotId, (units.get(lotId) ?? 0) + (statements(db).unitsOfLot.get(lotId) as number))
        received += 1
        const source = statements(db).soldElsewhere.get(key) as string | undefined
        if (source !== undefined) enterAlarm(db, { newId: house.newId, at, staffId: caller.staffId }, { code, kind: 'sold-elsewhere', source, saleId: null, note: expectation.documentNumber })
        if (findPack(db, code)?.state === 'locked') locked.push(code)
      }
      one(statements(db).tick.run({ key, deliveryId: expectation.deliveryId, at, staffId: caller.staffId }), 'tick on the paper')
      deliveries.add(expectation.deliveryId)
    }
    for (const [lotId, quantity] of units) moveStock(db, { lotId, kind: 'received', quantity: wholeUnits(quantity), saleId: null, lineId: null, at, newId: house.newId })
  })
  if (locked.length > 0) house.changed('status')
  return { received, already, locked, unexpected, lots: [...units.keys()], deliveries: [...deliveries] }
}
