import type { Role, Staff } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { hashPin } from './pin-hash.ts'

export interface StaffRow {
  readonly staff_id: string
  readonly name: string
  readonly role: Role
  readonly pin_salt: Uint8Array
  readonly pin_hash: Uint8Array
  readonly failed_attempts: number
  readonly locked_until: number | null
}

export interface NewStaff {
  readonly staffId: string
  readonly name: string
  readonly role: Role
  readonly pin: string
  /** Of a pharmacist. */
  readonly licenceNumber?: string | null
}

const statements = perDatabase(db => ({
  list: db.prepare('select staff_id, name, role from staff where active = 1 order by staff_id'),
  find: db.prepare('select staff_id, name, role, pin_salt, pin_hash, failed_attempts, locked_until from staff where staff_id = ? and active = 1'),
  insert: db.prepare('insert into staff (staff_id, name, role, pin_salt, pin_hash, licence_number) values (?, ?, ?, ?, ?, ?)'),
  setPin: db.prepare('update staff set pin_salt = ?, pin_hash = ?, failed_attempts = 0, locked_until = null where staff_id = ?'),
  setLicence: db.prepare('update staff set licence_number = ? where staff_id = ? and active = 1'),
  setAttempts: db.prepare('update staff set failed_attempts = ?, locked_until = ? where staff_id = ?'),
}))

export const listStaff = (db: ReadableDb): Staff[] =>
  (statements(db).list.all() as Pick<StaffRow, 'staff_id' | 'name' | 'role'>[]).map(row => ({ staffId: row.staff_id, name: row.name, role: row.role }))

export const findStaff = (db: ReadableDb, staffId: string): StaffRow | null => (statements(db).find.get(staffId) as StaffRow | undefined) ?? null

const refuseBadPin = (pin: string): void => {
  if (!/^\d{4,12}$/.test(pin)) throw new RangeError('a PIN has 4 to 12 digits')
}

/** Blocks for the time of one PIN hash. Throws RangeError when the PIN is not 4 to 12 digits. */
export const createStaff = (db: WritableDb, staff: NewStaff): void => {
  refuseBadPin(staff.pin)
  const { salt, hash } = hashPin(staff.pin)
  one(statements(db).insert.run(staff.staffId, staff.name, staff.role, salt, hash, staff.licenceNumber ?? null), 'new staff')
}

/** A new PIN also lifts a lock-out. */
export const setPin = (db: WritableDb, staffId: string, pin: string): void => {
  refuseBadPin(pin)
  const { salt, hash } = hashPin(pin)
  one(statements(db).setPin.run(salt, hash, staffId), 'staff')
}

export const setAttempts = (db: WritableDb, staffId: string, failed: number, lockedUntil: number | null): void =>
  one(statements(db).setAttempts.run(failed, lockedUntil, staffId), 'staff')

export const setLicence = (db: WritableDb, staffId: string, licenceNumber: string): void => one(statements(db).setLicence.run(licenceNumber, staffId), 'staff')
