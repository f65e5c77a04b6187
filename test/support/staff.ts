import type { Role } from '../../electron/contract/index.ts'
import type { WritableDb } from '../../electron/core/db/database.ts'
import { hashPin } from '../../electron/core/session/pin-hash.ts'

export const TEST_PIN = '1234'
const known = hashPin(TEST_PIN)

/** Somebody who signs in with TEST_PIN; hashed once for all tests of a file. */
export const addStaff = (db: WritableDb, staffId: string, role: Role): void => {
  db.prepare('insert into staff (staff_id, name, role, pin_salt, pin_hash) values (?, ?, ?, ?, ?)').run(staffId, staffId, role, known.salt, known.hash)
}
