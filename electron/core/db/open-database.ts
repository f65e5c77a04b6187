import { closeSync, copyFileSync, fsyncSync, openSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { AppError } from '../../contract/index.ts'
import { asDatabaseError } from './database-errors.ts'
import type { ReadableDb, WritableDb } from './database.ts'
import { lockDatabase } from './folder-lock.ts'
import { migrate, readMigrations, versionOf } from './migrate.ts'

export interface OpenDatabaseOptions {
  /** Path, or `:memory:`. */
  readonly file: string
  /** 32 bytes; null only for tests in memory. */
  readonly key: Uint8Array | null
  readonly migrationsFolder: string
  readonly clock: () => number
  readonly appVersion: string
  /** A file up to this size is read through at every start, a larger one only when it must be. */
  readonly alwaysCheckBelowBytes?: number
  /** For a look at a file that nobody works with: not a byte of it changes. */
  readonly leavesNoTrace?: boolean
}

const BUSY_MS = 5_000
/** After one checkpoint interval (1,000 pages) the WAL starts over in place; this only shrinks it after something unusual. */
const WAL_LIMIT_BYTES = 16 * 1024 * 1024
const WAL_GROWN_BYTES = 4 * 1024 * 1024

/** The key is given raw: 32 random bytes need no derivation, and opening stays below a millisecond. */
const unlock = (db: Database.Database, key: Uint8Array | null): void => {
  if (key !== null) {
    if (key.length !== 32) throw new AppError('database.wrong-key', `the key has ${key.length} bytes, 32 expected`)
    db.pragma(`cipher = 'aegis'`)
    db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`)
  }
  db.prepare('select count(*) from sqlite_schema').get()
}

const assertPragma = (db: Database.Database, name: string, expected: unknown): void => {
  const found: unknown = db.pragma(name, { simple: true })
  if (found !== expected) throw new Error(`pragma ${name} is ${String(found)}, ${String(expected)} expected`)
}

const setPragmas = (db: Database.Database, inMemory: boolean): void => {
  db.pragma(`journal_mode = ${inMemory ? 'memory' : 'wal'}`)
  // The build's default in WAL is NORMAL: acknowledged sales would be lost in a power cut (performance.md §1).
  db.pragma('synchronous = full')
  db.pragma('foreign_keys = on')
  db.pragma('trusted_schema = off')
  // Sorting must not spill to a temporary file: those are not encrypted.
  db.pragma('temp_store = memory')
  db.pragma(`busy_timeout = ${BUSY_MS}`)
  db.pragma(`journal_size_limit = ${WAL_LIMIT_BYTES}`)
  assertPragma(db, 'synchronous', 2)
  assertPragma(db, 'foreign_keys', 1)
  assertPragma(db, 'trusted_schema', 0)
  assertPragma(db, 'journal_mode', inMemory ? 'memory' : 'wal')
}

/** A commit into a WAL that was grown once costs half (performance.md §1): spill pages into it and take them back, the database itself does not grow. */
const growWal = (db: Database.Database): void => {
  const cache: unknown = db.pragma('cache_size', { simple: true })
  db.pragma('cache_size = 16')
  db.exec('begin immediate')
  try {
    db.exec('create table wal_grower (bytes blob) strict')
    db.prepare('insert into wal_grower (bytes) values (zeroblob(?))').run(WAL_GROWN_BYTES)
  } finally {
    db.exec('rollback')
    db.pragma(`cache_size = ${String(cache)}`)
  }
}

/** A copy beside the database, as encrypted as it is, before its tables change. The lock is held: nobody else writes. */
const copyBefore = (db: Database.Database, file: string, fromVersion: number): void => {
  db.pragma('wal_checkpoint(truncate)')
  const copy = `${file}.v${fromVersion}.bak`
  copyFileSync(file, copy)
  const descriptor = openSync(copy, 'r+')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

/** Reading through a ledger of years takes seconds (0.01 s a MB): up to here nobody waits for it. */
const ALWAYS_CHECK_BELOW = 64 * 1024 * 1024
const CHECK_EVERY_MS = 7 * 86_400_000
/** Written at a clean close, gone while open: when the whole file was last read through, epoch ms. */
const CHECKED_AT = 'database.checked-at'

/** A large file is read through after an unclean end, and once a week. In between a damaged page is found when it is read: the cipher authenticates each. */
const mustCheck = (db: Database.Database, bytes: number, { clock, alwaysCheckBelowBytes = ALWAYS_CHECK_BELOW }: OpenDatabaseOptions): boolean => {
  if (bytes < alwaysCheckBelowBytes) return true
  const checkedAt = Number(db.prepare(`select value from setting where name = ?`).pluck().get(CHECKED_AT) ?? Number.NaN)
  const age = clock() - checkedAt
  return !(age >= 0 && age < CHECK_EVERY_MS)
}

const refuseIfDamaged = (db: Database.Database): void => {
  const found = db.pragma('quick_check(5)') as { quick_check: string }[]
  if (found[0]?.quick_check !== 'ok') throw new AppError('database.corrupt', `quick_check: ${found.map(row => row.quick_check).join('; ')}`)
}

/** A disk that is full, or a close within a transaction, is no clean end; the next start reads it all through. */
const noteCleanClose = (db: Database.Database, checkedAt: unknown): void => {
  try {
    if (db.open && !db.inTransaction) db.prepare(`insert or replace into setting (name, value) values (?, ?)`).run(CHECKED_AT, String(checkedAt))
  } catch {
    // Nothing to tell: it only costs a check.
  }
}

/**
 * Opens, unlocks, checks and migrates the shop's database and holds it for this process until `close()`.
 * Errors: database.locked, database.wrong-key, database.corrupt, database.from-future, database.migration-edited, disk.full.
 */
export const openDatabase = (options: OpenDatabaseOptions): WritableDb => {
  const inMemory = options.file === ':memory:'
  const lock = inMemory ? null : lockDatabase(options.file)
  let db: Database.Database | null = null
  try {
    db = new Database(options.file, { timeout: BUSY_MS })
    unlock(db, options.key)
    let checkedAt: unknown = options.clock()
    if (versionOf(db) > 0) {
      if (inMemory || mustCheck(db, statSync(options.file).size, options)) refuseIfDamaged(db)
      else checkedAt = Number(db.prepare(`select value from setting where name = ?`).pluck().get(CHECKED_AT))
    }
    setPragmas(db, inMemory)
    const opened = db
    const writable: WritableDb = Object.assign(db, { readable: true, writable: true } as const)
    migrate(writable, readMigrations(options.migrationsFolder), {
      clock: options.clock, appVersion: options.appVersion,
      beforeChange: from => { if (!inMemory) copyBefore(opened, options.file, from) },
    })
    if (!inMemory) {
      if (options.leavesNoTrace !== true) db.prepare(`delete from setting where name = ?`).run(CHECKED_AT)
      growWal(db)
    }
    if (lock !== null) {
      const close = db.close.bind(db)
      writable.close = () => {
        if (options.leavesNoTrace !== true) noteCleanClose(opened, checkedAt)
        const closed = close()
        lock.release()
        return closed
      }
    }
    return writable
  } catch (error) {
    db?.close()
    lock?.release()
    throw asDatabaseError(error)
  }
}

/** A look from outside, beside a running core: no lock, no change. Errors: database.wrong-key, database.corrupt. */
export const openForReading = (file: string, key: Uint8Array | null): ReadableDb & { readonly close: () => void } => {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_MS })
  try {
    unlock(db, key)
    return Object.assign(db, { readable: true, close: () => Database.prototype.close.call(db) } as const)
  } catch (error) {
    db.close()
    throw asDatabaseError(error)
  }
}
