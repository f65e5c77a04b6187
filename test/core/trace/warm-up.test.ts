import { setTimeout } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import type { WritableDb } from '../../../electron/core/db/database.ts'
import { packCode } from '../../../electron/core/demo-shop/demo-codes.ts'
import { keyOf } from '../../../electron/core/trace/pack-key.ts'
import { knownGoods, prepareKnownGoods } from '../../../electron/core/trace/known-goods.ts'
import { readAhead, warmUp } from '../../../electron/core/trace/warm-up.ts'
import { emptyDatabase } from '../../support/database.ts'
import { demoDatabase } from '../demo-shop/demo-house.ts'

const shop = (): WritableDb => {
  const db = demoDatabase()
  prepareKnownGoods(db)
  return db
}
const lotOf = (db: WritableDb): number => db.prepare('select lot_ref from pack where pack_key = ?').pluck().get(keyOf(db, packCode(214, 1, 1))) as number
/** Numbers are given once and nobody watches them: who still answers by the old one has read before. */
const renumberLots = (db: WritableDb): void => { db.exec('update lot set lot_ref = lot_ref + 100000') }

test('what stands on the shelf is known without another look, after all steps', () => {
  const [warm, cold] = [shop(), shop()]
  const shelves = warm.prepare('select count(*) from lot where on_hand > 0').pluck().get() as number
  expect([...readAhead(warm)].length).toBeGreaterThan(1_000 + shelves)
  for (const db of [warm, cold]) {
    const ref = lotOf(db)
    renumberLots(db)
    expect(knownGoods(db).lot(ref)?.lot.lotNumber).toBe(db === warm ? warm.prepare('select lot_number from lot where lot_ref = ?').pluck().get(ref + 100_000) : undefined)
  }
})
test('an empty ledger has nothing to read', () => {
  const db = emptyDatabase()
  prepareKnownGoods(db)
  expect([...readAhead(db)]).toEqual([])
})
test('it goes on beside other work, and stops when told to', async () => {
  const db = shop()
  const failed = vi.fn()
  const stop = warmUp(db, failed)
  await setTimeout(1)
  stop()
  db.close()
  await setTimeout(20)
  expect(failed).not.toHaveBeenCalled()
})
test('a database that fails is told of and ends it, the process lives', async () => {
  const db = shop()
  const failed = vi.fn()
  warmUp(db, failed)
  db.close()
  await vi.waitFor(() => { expect(failed).toHaveBeenCalledOnce() })
})
