import { AppError } from '../../contract/index.ts'
import type { WritableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller } from '../house.ts'
import { hashPin, pinMatches } from './pin-hash.ts'
import type { PinHash } from './pin-hash.ts'
import { findStaff, setAttempts } from './staff-store.ts'

const ATTEMPTS = 5
const FIRST_LOCK_MS = 5 * 60_000
const LONGEST_LOCK_MS = 24 * 3600_000

/** Five minutes after the fifth failure, twice as long after each further one. */
const lockFor = (failed: number): number => (failed < ATTEMPTS ? 0 : Math.min(FIRST_LOCK_MS * 2 ** (failed - ATTEMPTS), LONGEST_LOCK_MS))

let nobody: PinHash | null = null
/** What an unknown name is compared with, so that it takes as long as a known one. */
const nobodysPin = (): PinHash => (nobody ??= hashPin('0000'))

/** Counts the attempt before it is checked: many guesses at once are no way around the lock. */
const countAttempt = (db: WritableDb, staffId: string, now: number): { readonly known: PinHash; readonly caller: Caller; readonly failed: number } | null => inTransaction(db, () => {
  const row = findStaff(db, staffId)
  if (row === null) return null
  if (row.locked_until !== null && row.locked_until > now) {
    throw new AppError('session.locked-out', `${staffId} is locked out`, { untilMinutes: Math.ceil((row.locked_until - now) / 60_000) })
  }
  const failed = row.failed_attempts + 1
  const lock = lockFor(failed)
  setAttempts(db, staffId, failed, lock === 0 ? null : now + lock)
  return { known: { salt: row.pin_salt, hash: row.pin_hash }, caller: { staffId: row.staff_id, staffName: row.name, role: row.role }, failed }
})

/** Errors: session.wrong-pin (detail.attemptsLeft until the lock), session.locked-out (detail.untilMinutes). */
export const signIn = async (db: WritableDb, staffId: string, pin: string, now: number): Promise<Caller> => {
  const attempt = countAttempt(db, staffId, now)
  const matches = await pinMatches(pin, attempt?.known ?? nobodysPin())
  if (attempt === null || !matches) {
    throw new AppError('session.wrong-pin', `wrong PIN for ${staffId}`, { attemptsLeft: Math.max(0, ATTEMPTS - (attempt?.failed ?? 1)) })
  }
  setAttempts(db, staffId, 0, null)
  return attempt.caller
}
