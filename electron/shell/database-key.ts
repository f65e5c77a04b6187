import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import type { SafeStorage } from 'electron'

const KEY_BYTES = 32

const writeWhole = (file: string, bytes: Uint8Array): void => {
  const draft = `${file}.new`
  const descriptor = openSync(draft, 'w', 0o600)
  try {
    writeSync(descriptor, bytes)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(draft, file)
}

/**
 * The database key, encrypted by the operating system's keystore. Made once, and never over a database that exists.
 * Throws where there is no keystore (Linux without one falls back to a fixed password: that is no protection, and we do not pretend it is).
 */
export const databaseKey = (safeStorage: Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'> & { getSelectedStorageBackend?: () => string }, keyFile: string, databaseFile: string): Uint8Array => {
  if (!safeStorage.isEncryptionAvailable()) throw new Error('the operating system offers no keystore')
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend?.() === 'basic_text') throw new Error('no keystore is running (gnome-keyring or kwallet)')
  if (!existsSync(keyFile)) {
    if (existsSync(databaseFile)) throw new Error('the key of this database is missing')
    writeWhole(keyFile, safeStorage.encryptString(randomBytes(KEY_BYTES).toString('hex')))
  }
  const text = safeStorage.decryptString(readFileSync(keyFile))
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error('the stored key is damaged')
  return Uint8Array.from(Buffer.from(text, 'hex'))
}
