import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeOf, codeSql, digitsKey, giveKey, keyOf, keyOfPack } from '../../../electron/core/trace/pack-key.ts'
import { emptyDatabase } from '../../support/database.ts'

const twentyDigits = fc.stringMatching(/^8\d{19}$/)
const named = (code: string) => ({ code, identifier: null, serial: null })

test('every 20-digit code from 8 is its own key, and the key gives it back, in code and in SQL', () => {
  const db = emptyDatabase()
  const sql = db.prepare(`select ${codeSql('@key')}`).pluck()
  const check = (code: string): void => {
    const key = keyOf(db, code)
    expect(key).not.toBeNull()
    expect(codeOf(db, key ?? 0n)).toBe(code)
    expect(sql.get({ key })).toBe(code)
  }
  for (const edge of ['80000000000000000000', '84999999999999999999', '85000000000000000000', '89999999999999999999']) check(edge)
  fc.assert(fc.property(twentyDigits, check), { numRuns: 500 })
})

test('keys keep the order of codes, so that a front of a code is a range of keys', () => {
  fc.assert(
    fc.property(twentyDigits, twentyDigits, (a, b) => {
      expect(Math.sign(Number((digitsKey(a) ?? 0n) - (digitsKey(b) ?? 0n)))).toBe(a < b ? -1 : a > b ? 1 : 0)
    }),
  )
})

test('any other code gets a key of its own when it is first seen, and none before', () => {
  const db = emptyDatabase()
  expect(keyOf(db, '010699900000001221A')).toBeNull()
  const first = giveKey(db, { code: '010699900000001221A', identifier: '06999000000012', serial: 'A' })
  const second = giveKey(db, named('8'.repeat(21)))
  expect(second).not.toBe(first)
  expect(keyOf(db, '010699900000001221A')).toBe(first)
  expect([codeOf(db, first), codeOf(db, second)]).toEqual(['010699900000001221A', '8'.repeat(21)])
  expect(giveKey(db, named('8'.repeat(21)))).toBe(second)
  expect(() => codeOf(db, second + 1n)).toThrow(/without a code/)
})

test('identifier and serial name one GS1 pack, however its symbol orders its elements', () => {
  const db = emptyDatabase()
  const identity = { identifier: '06999000000012', serial: 'A7' }
  const key = giveKey(db, { code: '010699900000001221A71728010110L1', ...identity })
  const otherOrder = { code: '01069990000000121728010110L121A7', ...identity }
  expect(keyOf(db, otherOrder.code)).toBeNull()
  expect(keyOfPack(db, otherOrder)).toBe(key)
  expect(giveKey(db, otherOrder)).toBe(key)
  expect(keyOfPack(db, { ...otherOrder, serial: 'A8' })).toBeNull()
  // Case matters in a serial.
  expect(keyOfPack(db, { ...otherOrder, serial: 'a7' })).toBeNull()
})
