import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fstatSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import process from 'node:process'
import { AppError } from '../../contract/index.ts'

const KEY_BYTES = 32

const readKey = (file: string): Uint8Array => {
  const descriptor = openSync(file, 'r')
  try {
    const { mode } = fstatSync(descriptor)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new AppError('database.wrong-key', `key file ${file} can be read by others (mode ${(mode & 0o777).toString(8)}): chmod 600`, { reason: 'permissions' })
    }
    const text = readFileSync(descriptor, 'utf8').trim()
    if (!/^[0-9a-f]{64}$/.test(text)) throw new AppError('database.wrong-key', `key file ${file} is not 64 hex digits`, { reason: 'format' })
    return Buffer.from(text, 'hex')
  } finally {
    closeSync(descriptor)
  }
}

/** Written whole under another name, then linked: two starts at once agree on one key, and a crash leaves none or all of it. */
const makeKey = (file: string): void => {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  const descriptor = openSync(draft, 'wx', 0o600)
  try {
    writeSync(descriptor, `${randomBytes(KEY_BYTES).toString('hex')}\n`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft)
  }
}

/**
 * The database key of a machine without an OS keystore, in a file only its owner reads. Made once, never over a database that exists: that one has another key.
 * Error database.wrong-key with detail.reason permissions, format or missing.
 */
export const keyFromFile = (keyFile: string, databaseFile: string): Uint8Array => {
  if (!existsSync(keyFile)) {
    if (existsSync(databaseFile)) throw new AppError('database.wrong-key', `key file ${keyFile} is missing, but the database exists`, { reason: 'missing' })
    makeKey(keyFile)
  }
  return readKey(keyFile)
}
