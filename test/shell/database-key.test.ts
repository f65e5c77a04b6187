import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { databaseKey } from '../../electron/shell/database-key.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A keystore: what it encrypts is not readable without it. */
const keystore = { isEncryptionAvailable: () => true, encryptString: (text: string) => Buffer.from(Buffer.from(text, 'utf8').map((byte) => byte ^ 0x5a)), decryptString: (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a)).toString('utf8') }
const files = () => {
  const folder = temporaryFolder()
  return { folder, key: path.join(folder, 'yaogui.key'), database: path.join(folder, 'yaogui.db') }
}

test('is made once and kept encrypted by the keystore', () => {
  const { folder, key, database } = files()
  const made = databaseKey(keystore, key, database)
  expect(made).toHaveLength(32)
  expect(databaseKey(keystore, key, database)).toEqual(made)
  expect(readFileSync(key).includes(Buffer.from(made).toString('hex'))).toBe(false)
  expect(statSync(key).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['yaogui.key'])
})
test('is never made anew beside a database that exists', () => {
  const { key, database } = files()
  writeFileSync(database, 'x')
  expect(() => databaseKey(keystore, key, database)).toThrow(/missing/)
})
test('without a keystore there is no key, not a weak one', () => {
  const { folder, key, database } = files()
  expect(() => databaseKey({ ...keystore, isEncryptionAvailable: () => false }, key, database)).toThrow(/no keystore/)
  if (process.platform === 'linux') expect(() => databaseKey({ ...keystore, getSelectedStorageBackend: () => 'basic_text' }, key, database)).toThrow(/no keystore is running/)
  expect(readdirSync(folder)).toEqual([])
})
test('a damaged key is said to be damaged', () => {
  const { key, database } = files()
  writeFileSync(key, keystore.encryptString('short'))
  expect(() => databaseKey(keystore, key, database)).toThrow(/damaged/)
})
