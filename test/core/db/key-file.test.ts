import { chmodSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { keyFromFile } from '../../../electron/core/db/key-file.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const files = () => {
  const folder = temporaryFolder()
  return { folder, key: path.join(folder, 'shop.key'), database: path.join(folder, 'shop.db') }
}

test('is made once, with 32 random bytes, for its owner alone', () => {
  const { folder, key, database } = files()
  const made = keyFromFile(key, database)
  expect(made).toHaveLength(32)
  expect(statSync(key).mode & 0o777).toBe(0o600)
  expect(keyFromFile(key, database)).toEqual(made)
  expect(readdirSync(folder)).toEqual(['shop.key'])
  expect(keyFromFile(files().key, database)).not.toEqual(made)
})
test('is refused when others may read it', () => {
  const { key, database } = files()
  keyFromFile(key, database)
  for (const mode of [0o640, 0o604, 0o666]) {
    chmodSync(key, mode)
    expect(() => keyFromFile(key, database)).toThrow(/can be read by others/)
  }
  chmodSync(key, 0o400)
  expect(keyFromFile(key, database)).toHaveLength(32)
})
test('is never made anew beside a database that exists', () => {
  const { key, database } = files()
  keyFromFile(key, database)
  writeFileSync(database, 'x')
  rmSync(key)
  expect(() => keyFromFile(key, database)).toThrow(expect.objectContaining({ code: 'database.wrong-key', detail: { reason: 'missing' } }))
})
test('is refused when it is not a key', () => {
  const { key, database } = files()
  writeFileSync(key, 'hello\n', { mode: 0o600 })
  expect(() => keyFromFile(key, database)).toThrow(expect.objectContaining({ code: 'database.wrong-key', detail: { reason: 'format' } }))
  expect(readFileSync(key, 'utf8')).toBe('hello\n')
})
