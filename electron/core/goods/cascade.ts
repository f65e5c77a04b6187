import type { DrugId, Instant, LotId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { inTransaction, one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import type { NamedPack } from '../trace/pack-key.ts'
import { codeOf, giveKey } from '../trace/pack-key.ts'
import type { Code } from './key-for.ts'
import { keyFor } from './key-for.ts'
import { receivePacks } from './receive-packs.ts'
import type { Receipt } from './receive-packs.ts'

export interface Carton {
  readonly drugId: DrugId
  /** 2 middle, 3 carton (trace-codes.md §1.2). */
  readonly level: number
  /** Smallest sales packs in it, all levels down; 0: its content was never told. */
  readonly packs: number
  readonly opened: boolean
}
export interface ToldCarton {
  readonly carton: NamedPack & { readonly drugId: DrugId; readonly level: number }
  readonly children: readonly NamedPack[]
  /** Who says so: 'delivery', 'platform' … */
  readonly source: string
  readonly at: Instant
}

/** Everything under a carton. `union`: even a ring in the tables would end. */
const INSIDE = `with recursive inside (key) as (select child_key from carton_content where carton_key = @key union select child_key from carton_content join inside on carton_key = key)`

const statements = perDatabase((db) => ({
  carton: db.prepare(`select drug_id, level, opened_at is not null from carton where pack_key = ?`).raw(),
  packs: db.prepare(`${INSIDE} select key from inside where not exists (select 1 from carton where pack_key = key)`).pluck().safeIntegers(),
  packCount: db.prepare(`${INSIDE} select count(*) from inside where not exists (select 1 from carton where pack_key = key)`).pluck(),
  // The oldest paper that still waits for it. A delivery that was closed with packs missing takes them when they come after all.
  expected: db.prepare(`select delivery_id, delivery_code.drug_id, lot_id from delivery_code join delivery using (delivery_id)
    where pack_key = ? and level = 1 and received_at is null order by told_at, delivery_id limit 1`).raw(),
  insertCarton: db.prepare(`insert into carton (pack_key, drug_id, level, source, told_at) values (@key, @drugId, @level, @source, @at) on conflict (pack_key) do nothing`),
  parent: db.prepare(`select carton_key from carton_content where child_key = ?`).pluck().safeIntegers(),
  insertChild: db.prepare(`insert into carton_content (carton_key, child_key) values (?, ?)`),
  // Its inner cartons are at hand from then on, but still closed.
  open: db.prepare(`update carton set opened_at = @at, opened_by = @staffId where pack_key = @key and opened_at is null`),
}))

/** Is this code an outer pack? Null: no, or nobody ever told. One look-up for a code that is none. */
export const cartonOf = (db: ReadableDb, code: Code): Carton | null => {
  const key = keyFor(db, code)
  const row = key === null ? undefined : (statements(db).carton.get(key) as [DrugId, number, 0 | 1] | undefined)
  return row === undefined ? null : { drugId: row[0], level: row[1], packs: statements(db).packCount.get({ key }) as number, opened: row[2] === 1 }
}

/** On a delivery's paper as a smallest pack, and not received. */
export const expectedPack = (db: ReadableDb, code: Code): { readonly deliveryId: string; readonly drugId: DrugId; readonly lotId: LotId } | null => {
  const key = keyFor(db, code)
  const row = key === null ? undefined : (statements(db).expected.get(key) as [string, DrugId, LotId] | undefined)
  return row === undefined ? null : { deliveryId: row[0], drugId: row[1], lotId: row[2] }
}

/** Codes of the smallest packs in a carton, all levels down; of a smallest pack, itself. */
export const packsIn = (db: ReadableDb, code: Code): readonly string[] => {
  const key = keyFor(db, code)
  if (key === null) return [typeof code === 'string' ? code : code.code]
  if (statements(db).carton.get(key) === undefined) return [codeOf(db, key)]
  return (statements(db).packs.all({ key }) as bigint[]).map((pack) => codeOf(db, pack))
}

/**
 * Opened at the till: its packs are received if they were not, and it is a carton no more. Asked again it changes nothing. One transaction.
 * Error goods.not-a-carton.
 */
export const openCarton = (house: House, caller: Caller, code: Code): Receipt & { readonly carton: Carton } => {
  const { db } = house
  return inTransaction(db, () => {
    const carton = cartonOf(db, code)
    const key = keyFor(db, code)
    if (carton === null || key === null) throw new AppError('goods.not-a-carton', 'nobody ever told that this code is an outer pack')
    const receipt = receivePacks(house, caller, packsIn(db, code), null)
    statements(db).open.run({ key, at: now(house), staffId: caller.staffId })
    return { ...receipt, carton: { ...carton, opened: true } }
  })
}

/** Writes what is in a carton, as a paper or the platform tells. Said twice it is one; a child of another carton is a defect of the caller, who looks first (`cartonAround`). */
export const tellCascade = (db: WritableDb, { carton, children, source, at }: ToldCarton): void => inTransaction(db, () => {
  const key = giveKey(db, carton)
  statements(db).insertCarton.run({ key, drugId: carton.drugId, level: carton.level, source, at })
  for (const child of children) {
    const childKey = giveKey(db, child)
    const parent = statements(db).parent.get(childKey) as bigint | undefined
    if (parent === key) continue
    if (parent !== undefined) throw new Error('a pack cannot lie in two cartons')
    one(statements(db).insertChild.run(key, childKey), 'put into carton')
  }
})

/** The carton in which a pack or an inner carton lies; null: in none that we know. */
export const cartonAround = (db: ReadableDb, code: Code): string | null => {
  const key = keyFor(db, code)
  const parent = key === null ? undefined : (statements(db).parent.get(key) as bigint | undefined)
  return parent === undefined ? null : codeOf(db, parent)
}
