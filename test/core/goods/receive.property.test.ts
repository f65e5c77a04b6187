import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openDatabase } from '../../../electron/core/db/open-database.ts'
import type { WritableDb } from '../../../electron/core/db/database.ts'
import { inTransaction } from '../../../electron/core/db/database.ts'
import { openCarton } from '../../../electron/core/goods/cascade.ts'
import { importDelivery } from '../../../electron/core/goods/import-delivery.ts'
import { scanGoods } from '../../../electron/core/goods/scan-goods.ts'
import type { House } from '../../../electron/core/house.ts'
import { lotsOutOfBalance } from '../../../electron/core/stock/move-stock.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { emptyDatabase, migrationsFolder, NINE_OCLOCK } from '../../support/database.ts'
import { stockSmallShop } from '../../support/small-shop.ts'
import { carton, inner, pack, paper } from './papers.ts'
import type { Row } from './papers.ts'

const CALLER = { staffId: 'P1', staffName: 'P1', role: 'pharmacist' } as const

/** Packs by carton and inner pack; a pack may lie loose, in an inner pack, or straight in a carton. */
interface Tree {
  readonly rows: readonly Row[]
  readonly packs: readonly string[]
  readonly codes: readonly string[]
}
const treeOf = (packs: readonly { readonly inner: number; readonly carton: number; readonly lot: number }[], innersIn: readonly number[]): Tree => {
  const rows: Row[] = []
  const used = new Set<string>()
  const parentOfInner = (n: number): string | null => ((innersIn[n] ?? 0) === 0 ? null : carton(innersIn[n] ?? 0))
  const add = (row: Row): void => {
    if (!used.has(row.code)) rows.push(row)
    used.add(row.code)
  }
  const leaves = packs.map((where, n) => {
    let parent: string | null = null
    if (where.inner > 0) {
      parent = inner(where.inner)
      add({ code: parent, level: 2, parent: parentOfInner(where.inner) })
      const outer = parentOfInner(where.inner)
      if (outer !== null) add({ code: outer, level: 3 })
    } else if (where.carton > 0) {
      parent = carton(where.carton)
      add({ code: parent, level: 3 })
    }
    add({ code: pack(n), parent, lotNumber: `D-${where.lot}` })
    return pack(n)
  })
  return { rows, packs: leaves, codes: rows.map(({ code }) => code) }
}
const place = fc.record({ inner: fc.integer({ min: 0, max: 4 }), carton: fc.integer({ min: 0, max: 2 }), lot: fc.integer({ min: 1, max: 2 }) })
const tree = fc.tuple(fc.array(place, { minLength: 1, maxLength: 25 }), fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 })).map(([packs, innersIn]) => treeOf(packs, innersIn))

type Step = { readonly what: 'scan' | 'open' | 'crash' | 'restart'; readonly at: number; readonly twice: boolean }
const step: fc.Arbitrary<Step> = fc.record({ what: fc.constantFrom('scan', 'scan', 'scan', 'open', 'crash', 'restart'), at: fc.nat(), twice: fc.boolean() })

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'yaogui-goods-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const houseOf = (db: WritableDb): House => ({ db, clock: () => NINE_OCLOCK, newId: crypto.randomUUID.bind(crypto), changed: () => {} }) as unknown as House

/** What stands in the books once everything came in, whatever the way there. */
const books = (db: WritableDb): unknown => ({
  packs: db.prepare(`select code, state, lot_number from pack_shown join lot using (lot_id) where pack_shown.drug_id = 'P0214' order by code`).raw().all(),
  events: db.prepare(`select pack_key, seq, kind, document from pack_event where pack_key in (select pack_key from delivery_code) order by pack_key, seq`).safeIntegers().raw().all(),
  stock: db.prepare(`select lot_number, on_hand from lot where lot_number like 'D-%' order by lot_number`).raw().all(),
  paper: db.prepare(`select pack_key, level, received_at is not null from delivery_code order by pack_key`).safeIntegers().raw().all(),
})

test('random trees, scanned in any order, repeated, inner packs first, with crashes between and restarts: the same ledger, every pack received once, stock the sum of movements', () => {
  let file = 0
  const seen = { scans: 0, crashes: 0, restarts: 0, repeats: 0 }
  const open = (): { db: WritableDb; reopen: () => WritableDb } => {
    file += 1
    const name = path.join(folder, `${file}.db`)
    const reopen = (): WritableDb => openDatabase({ file: name, key: new Uint8Array(32), migrationsFolder, clock: () => NINE_OCLOCK, appVersion: 'test' })
    const db = reopen()
    stockSmallShop(db, { now: NINE_OCLOCK, newId: countingIds(), packsPerLot: 1 })
    return { db, reopen }
  }
  fc.assert(
    fc.property(tree, fc.array(step, { maxLength: 30 }), fc.infiniteStream(fc.nat()), ({ rows, packs, codes }, steps, order) => {
      const { text } = paper(rows)
      // One scan of each pack, in their order: what the books must say.
      const straight = emptyDatabase()
      stockSmallShop(straight, { now: NINE_OCLOCK, newId: countingIds(), packsPerLot: 1 })
      expect(importDelivery(houseOf(straight), CALLER, text).outcome).toBe('imported')
      for (const raw of packs) scanGoods(houseOf(straight), CALLER, { deliveryId: null, raw, purpose: 'receive', countedSince: null })

      const shop = open()
      let { db } = shop
      let house = houseOf(db)
      const { delivery } = importDelivery(house, CALLER, text)
      const scan = (raw: string, crashing: boolean): void => {
        const act = (): number => scanGoods(house, CALLER, { deliveryId: delivery?.deliveryId ?? null, raw, purpose: 'receive', countedSince: null }).packs.received
        seen.scans += 1
        if (!crashing) {
          if (act() === 0) seen.repeats += 1
          return
        }
        seen.crashes += 1
        expect(() => inTransaction(db, () => {
          act()
          throw new Error('the plug is pulled')
        })).toThrow('the plug is pulled')
      }
      for (const { what, at, twice } of steps) {
        const raw = codes[at % codes.length] ?? ''
        if (what === 'restart') {
          db.close()
          db = shop.reopen()
          house = houseOf(db)
          seen.restarts += 1
        } else if (what === 'open') {
          if (!packs.includes(raw)) openCarton(house, CALLER, raw)
        } else {
          scan(raw, what === 'crash')
          if (twice) scan(raw, false)
        }
      }
      // What is left comes in by its outermost codes, in any order.
      const key = order[Symbol.iterator]()
      const outermost = rows.filter(({ parent }) => parent === undefined || parent === null).map(({ code }) => ({ code, rank: Number(key.next().value) }))
      for (const { code } of outermost.toSorted((a, b) => a.rank - b.rank)) scan(code, false)

      expect(books(db)).toEqual(books(straight))
      expect(lotsOutOfBalance(db)).toEqual([])
      const received = db.prepare(`select count(*) from pack_event where kind = 1 and pack_key = ?`).pluck()
      const keys = db.prepare(`select pack_key from delivery_code where level = 1`).pluck().safeIntegers().all() as bigint[]
      expect(keys.map((pack) => received.get(pack))).toEqual(packs.map(() => 1))
      expect(db.prepare(`select coalesce(sum(on_hand), 0) from lot where lot_number like 'D-%'`).pluck().get()).toBe(packs.length * 24 * 10_000)
      for (const { code } of outermost) expect(scanGoods(house, CALLER, { deliveryId: null, raw: code, purpose: 'receive', countedSince: null }).packs.received).toBe(0)
      db.close()
      straight.close()
    }),
    { numRuns: 25 },
  )
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
}, 120_000)
