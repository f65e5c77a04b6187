import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { inTransaction } from '../../../electron/core/db/database.ts'
import type { WritableDb } from '../../../electron/core/db/database.ts'
import { openDatabase } from '../../../electron/core/db/open-database.ts'
import { remembered } from '../../../electron/core/db/remembered.ts'

const opened: WritableDb[] = []
afterEach(() => { for (const db of opened.splice(0)) db.close() })

/** A real database with what it is asked through memory, counting how often it was really read. */
const shop = () => {
  const db = openDatabase({ file: ':memory:', key: null, migrationsFolder: path.join(import.meta.dirname, '../../../migrations'), clock: () => 0, appVersion: '0' })
  opened.push(db)
  db.exec(`create table price (name text primary key, fen integer not null, sold integer not null default 0) strict; insert into price (name, fen) values ('a', 100), ('b', 200)`)
  let reads = 0
  const priceOf = remembered('price_changed', { price: ['fen'] }, (asked, name: string): number | null => {
    reads += 1
    return (asked.prepare('select fen from price where name = ?').pluck().get(name) as number | undefined) ?? null
  })
  return { db, priceOf, reads: () => reads }
}

test('before it starts, everything is read', () => {
  const { db, priceOf, reads } = shop()
  expect([priceOf(db, 'a'), priceOf(db, 'a')]).toEqual([100, 100])
  expect(reads()).toBe(2)
})
test('once started, a fact is read once, also that there is none', () => {
  const { db, priceOf, reads } = shop()
  priceOf.start(db)
  for (const name of ['a', 'b', 'none', 'a', 'b', 'none']) priceOf(db, name)
  expect(reads()).toBe(3)
})
test('a change by any statement is seen by the next question', () => {
  const { db, priceOf } = shop()
  priceOf.start(db)
  expect(priceOf(db, 'a')).toBe(100)
  db.exec(`update price set fen = 150 where name = 'a'`)
  expect(priceOf(db, 'a')).toBe(150)
  db.exec(`delete from price where name = 'a'`)
  expect(priceOf(db, 'a')).toBeNull()
  db.exec(`insert into price (name, fen) values ('a', 7)`)
  expect(priceOf(db, 'a')).toBe(7)
  db.exec(`insert into price (name, fen) values ('a', 8) on conflict (name) do update set fen = excluded.fen`)
  expect(priceOf(db, 'a')).toBe(8)
})
test('columns that are not watched leave it remembered', () => {
  const { db, priceOf, reads } = shop()
  priceOf.start(db)
  priceOf(db, 'a')
  db.exec(`update price set sold = sold + 1`)
  priceOf(db, 'a')
  expect(reads()).toBe(1)
})
test('a transaction sees its own change, and after a rollback nothing of it is left', () => {
  const { db, priceOf } = shop()
  priceOf.start(db)
  expect(priceOf(db, 'a')).toBe(100)
  expect(() => inTransaction(db, () => {
    db.exec(`update price set fen = 1 where name = 'a'`)
    db.exec(`insert into price (name, fen) values ('c', 3)`)
    expect([priceOf(db, 'a'), priceOf(db, 'c'), priceOf(db, 'a')]).toEqual([1, 3, 1])
    throw new Error('no')
  })).toThrow('no')
  expect([priceOf(db, 'a'), priceOf(db, 'c')]).toEqual([100, null])
})
test('the next transaction right after a rollback reads what stands in the file', () => {
  const { db, priceOf } = shop()
  priceOf.start(db)
  expect(() => inTransaction(db, () => { db.exec(`update price set fen = 1`); priceOf(db, 'a'); throw new Error('no') })).toThrow('no')
  inTransaction(db, () => expect(priceOf(db, 'a')).toBe(100))
})
test('after a commit it remembers again by itself, though it is only asked inside transactions', async () => {
  const { db, priceOf, reads } = shop()
  priceOf.start(db)
  inTransaction(db, () => { db.exec(`update price set fen = 1 where name = 'a'`) })
  await Promise.resolve()
  for (let n = 0; n < 3; n += 1) inTransaction(db, () => expect(priceOf(db, 'a')).toBe(1))
  expect(reads()).toBe(1)
})
test('it cannot start inside a transaction, whose rollback would end the watching', () => {
  const { db, priceOf } = shop()
  expect(() => inTransaction(db, () => { priceOf.start(db) })).toThrow(/inside a transaction/)
})
