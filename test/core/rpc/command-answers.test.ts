import { expect, test } from 'vitest'
import { findAnswer, hashInput, purgeAnswers, storeAnswer } from '../../../electron/core/rpc/command-answers.ts'
import { emptyDatabase } from '../../support/database.ts'

const DAY = 24 * 3600 * 1000
const id = '019aa5f0-0000-7000-8000-000000000001'

test('an answer is found by its command for a week', () => {
  const db = emptyDatabase()
  storeAnswer(db, { commandId: id, name: 'sale.voidSale', inputHash: 'h', answer: '{"a":1}', at: 0 })
  expect(purgeAnswers(db, 7 * DAY)).toBe(0)
  expect(findAnswer(db, id, 'sale.voidSale', 'h')).toBe('{"a":1}')
  expect(purgeAnswers(db, 7 * DAY + 1)).toBe(1)
  expect(findAnswer(db, id, 'sale.voidSale', 'h')).toBe(null)
})
test('another command under the same id is refused', () => {
  const db = emptyDatabase()
  storeAnswer(db, { commandId: id, name: 'sale.voidSale', inputHash: 'h', answer: '{}', at: 0 })
  const refused = expect.objectContaining({ code: 'rpc.invalid-input' })
  expect(() => findAnswer(db, id, 'sale.holdSale', 'h')).toThrow(refused)
  expect(() => findAnswer(db, id, 'sale.voidSale', 'other')).toThrow(refused)
})
test('the hash is of name and input', () => {
  expect(hashInput('a', { x: 1 })).toBe(hashInput('a', { x: 1 }))
  expect(hashInput('a', { x: 1 })).not.toBe(hashInput('a', { x: 2 }))
  expect(hashInput('a', { x: 1 })).not.toBe(hashInput('b', { x: 1 }))
})

test('old answers go in portions that a sale does not feel', () => {
  const db = emptyDatabase()
  for (let n = 0; n < 1_100; n += 1) storeAnswer(db, { commandId: `c${n}`, name: 'x', inputHash: 'h', answer: '{}', at: n })
  expect([1, 2, 3, 4].map(() => purgeAnswers(db, 30 * 86_400_000))).toEqual([500, 500, 100, 0])
})
