import { expect, test } from 'vitest'
import { isAppError } from '../../../electron/contract/index.ts'
import { signIn } from '../../../electron/core/session/sign-in.ts'
import { createStaff, findStaff, listStaff, setPin } from '../../../electron/core/session/staff-store.ts'
import { emptyDatabase } from '../../support/database.ts'
import { addStaff, TEST_PIN } from '../../support/staff.ts'

const MINUTE = 60_000
const shop = () => {
  const db = emptyDatabase()
  addStaff(db, 'C1', 'cashier')
  return db
}
const outcome = (attempt: Promise<unknown>): Promise<unknown> => attempt.then(() => 'in', (error: unknown) => (isAppError(error) ? [error.code, error.detail] : error))

test('the right PIN signs in and says who it is', async () => {
  expect(await signIn(shop(), 'C1', TEST_PIN, 0)).toEqual({ staffId: 'C1', staffName: 'C1', role: 'cashier' })
})

test('the fifth wrong PIN locks for five minutes, each further one twice as long; the right one does not help meanwhile', async () => {
  const db = shop()
  for (const left of [4, 3, 2, 1, 0]) expect(await outcome(signIn(db, 'C1', '0001', 0))).toEqual(['session.wrong-pin', { attemptsLeft: left }])
  expect(await outcome(signIn(db, 'C1', TEST_PIN, 1))).toEqual(['session.locked-out', { untilMinutes: 5 }])
  expect(await outcome(signIn(db, 'C1', TEST_PIN, 5 * MINUTE - 1))).toEqual(['session.locked-out', { untilMinutes: 1 }])
  expect(await outcome(signIn(db, 'C1', '0001', 5 * MINUTE))).toEqual(['session.wrong-pin', { attemptsLeft: 0 }])
  expect(await outcome(signIn(db, 'C1', TEST_PIN, 5 * MINUTE + 1))).toEqual(['session.locked-out', { untilMinutes: 10 }])
  expect(await outcome(signIn(db, 'C1', TEST_PIN, 15 * MINUTE))).toBe('in')
  expect(await outcome(signIn(db, 'C1', '0001', 15 * MINUTE))).toEqual(['session.wrong-pin', { attemptsLeft: 4 }])
})

test('many guesses at once get no more than five tries', async () => {
  const db = shop()
  const outcomes = await Promise.all(Array.from({ length: 12 }, (_, i) => outcome(signIn(db, 'C1', String(2000 + i), 0))))
  expect(outcomes.filter(result => Array.isArray(result) && result[0] === 'session.wrong-pin')).toHaveLength(5)
  expect(outcomes.filter(result => Array.isArray(result) && result[0] === 'session.locked-out')).toHaveLength(7)
})

test('somebody who does not work here is told no more than a wrong PIN', async () => {
  const db = shop()
  expect(await outcome(signIn(db, 'nobody', TEST_PIN, 0))).toEqual(['session.wrong-pin', { attemptsLeft: 4 }])
  db.exec("update staff set active = 0 where staff_id = 'C1'")
  expect(await outcome(signIn(db, 'C1', TEST_PIN, 0))).toEqual(['session.wrong-pin', { attemptsLeft: 4 }])
  expect(listStaff(db)).toEqual([])
})

test('staff get a salt of their own, a PIN of digits only, and a new PIN lifts the lock', async () => {
  const db = shop()
  createStaff(db, { staffId: 'P1', name: '李', role: 'pharmacist', pin: TEST_PIN, licenceNumber: 'YS-1' })
  const [one, two] = [findStaff(db, 'C1'), findStaff(db, 'P1')]
  expect(Buffer.from(one!.pin_salt)).not.toEqual(Buffer.from(two!.pin_salt))
  expect(Buffer.from(one!.pin_hash)).not.toEqual(Buffer.from(two!.pin_hash))
  for (const pin of ['123', 'abcd', '1234567890123', '']) expect(() => createStaff(db, { staffId: 'X', name: 'x', role: 'cashier', pin })).toThrow(RangeError)
  db.exec("update staff set failed_attempts = 9, locked_until = 1000000 where staff_id = 'P1'")
  setPin(db, 'P1', '4321')
  expect((await signIn(db, 'P1', '4321', 0)).role).toBe('pharmacist')
})
