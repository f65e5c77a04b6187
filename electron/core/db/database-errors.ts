import Database from 'better-sqlite3'
import { AppError, isAppError } from '../../contract/index.ts'
import type { ErrorCode } from '../../contract/index.ts'

const codeFor = (sqliteCode: string): ErrorCode | null => {
  if (sqliteCode === 'SQLITE_FULL') return 'disk.full'
  // A wrong key and a damaged first page look alike: neither is a database to SQLite.
  if (sqliteCode === 'SQLITE_NOTADB') return 'database.wrong-key'
  if (sqliteCode.startsWith('SQLITE_CORRUPT') || sqliteCode === 'SQLITE_IOERR_CORRUPTFS' || sqliteCode === 'SQLITE_IOERR_DATA') return 'database.corrupt'
  if (sqliteCode.startsWith('SQLITE_BUSY') || sqliteCode.startsWith('SQLITE_LOCKED')) return 'database.locked'
  return null
}

/** What SQLite said in our words, where we have a word for it; anything else comes back as it was. */
export const asDatabaseError = (error: unknown): unknown => {
  if (isAppError(error)) return error
  if (error instanceof Database.SqliteError) {
    const code = codeFor(error.code)
    return code === null ? error : new AppError(code, `${error.code}: ${error.message}`, {}, error)
  }
  if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) return new AppError('disk.full', error.message, {}, error)
  return error
}
