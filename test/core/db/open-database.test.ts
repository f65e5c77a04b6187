import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync, readdirSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { AppError } from '../../../electron/contract/index.ts'
import { asDatabaseError } from '../../../electron/core/db/database-errors.ts'
import { openDatabase, openForReading } from '../../../electron/core/db/open-database.ts'
import { perDatabase } from '../../../electron/core/db/statements.ts'
import { emptyDatabase, migrationsFolder, NINE_OCLOCK } from '../../support/database.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const key = Buffer.alloc(32, 7)
const open = (file: string, withKey: Uint8Array = key) => openDatabase({ file, key: withKey, migrationsFolder, clock: () => NINE_OCLOCK, appVersion: '1.2.3' })
const codeOf = (act: () => unknown): unknown => {
  try {
    act()
  } catch (error) {
    return error instanceof AppError ? error.code : error
  }
  return 'no error'
}

test('a committed row survives the power: synchronous is FULL, the journal is WAL', () => {
  const db = open(path.join(temporaryFolder(), 'shop.db'))
  expect(db.pragma('synchronous', { simple: true })).toBe(2)
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
  expect(db.pragma('trusted_schema', { simple: true })).toBe(0)
  expect(db.pragma('temp_store', { simple: true })).toBe(2)
  db.close()
})

test('nothing written can be read in the files without the key', () => {
  const folder = temporaryFolder()
  const db = open(path.join(folder, 'shop.db'))
  db.prepare("insert into setting (name, value) values ('marker', 'PLAINTEXT-MARKER-张三')").run()
  const whileOpen = readdirSync(folder).map(name => readFileSync(path.join(folder, name)))
  expect(whileOpen.length).toBeGreaterThan(1)
  db.close()
  const afterwards = readdirSync(folder).map(name => readFileSync(path.join(folder, name)))
  for (const bytes of [...whileOpen, ...afterwards]) {
    expect(bytes.includes('PLAINTEXT-MARKER')).toBe(false)
    expect(bytes.includes('create table')).toBe(false)
    expect(bytes.includes('SQLite format 3')).toBe(false)
  }
})

test('what was written is there after opening again, and the write-ahead log was grown once', () => {
  const file = path.join(temporaryFolder(), 'shop.db')
  const first = open(file)
  first.prepare("insert into setting (name, value) values ('a', 'b')").run()
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(3_500_000)
  const size = statSync(file).size
  first.close()
  const second = open(file)
  expect(second.prepare("select value from setting where name = 'a'").pluck().get()).toBe('b')
  second.close()
  expect(statSync(file).size - size).toBeLessThan(1_000_000)
})

test('another key does not open it', () => {
  const file = path.join(temporaryFolder(), 'shop.db')
  open(file).close()
  expect(codeOf(() => open(file, Buffer.alloc(32, 8)))).toBe('database.wrong-key')
  expect(codeOf(() => openForReading(file, Buffer.alloc(32, 8)))).toBe('database.wrong-key')
  expect(codeOf(() => openForReading(file, null))).toBe('database.wrong-key')
  expect(codeOf(() => open(file, Buffer.alloc(31, 7)))).toBe('database.wrong-key')
  expect(codeOf(() => open(file).close())).toBe('no error')
})

test('damage in the middle of the file is found at start', () => {
  const file = path.join(temporaryFolder(), 'shop.db')
  open(file).close()
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, Buffer.alloc(64, 1), 0, 64, 4096 * 3 + 100)
  closeSync(descriptor)
  expect(codeOf(() => open(file))).toBe('database.corrupt')
})

test('a large file is read through after an unclean end and once a week, else damage is found where it is read', async () => {
  const file = path.join(temporaryFolder(), 'shop.db')
  let now = NINE_OCLOCK
  const openLarge = () => openDatabase({ file, key, migrationsFolder, clock: () => now, appVersion: '1.2.3', alwaysCheckBelowBytes: 0 })
  const first = openLarge()
  first.prepare("insert into setting (name, value) values ('far away', ?)").run('x'.repeat(200_000))
  first.close()
  const damage = (): void => {
    const descriptor = openSync(file, 'r+')
    writeSync(descriptor, Buffer.alloc(64, 1), 0, 64, statSync(file).size - 4096 * 10 + 100)
    closeSync(descriptor)
  }
  damage()
  // Clean and fresh: opened at once, and the damaged page is no row but an error.
  const second = openLarge()
  expect(() => second.prepare("select value from setting where name = 'far away'").pluck().get()).toThrow()
  second.close()
  now += 8 * 86_400_000
  expect(codeOf(openLarge)).toBe('database.corrupt')
  now -= 8 * 86_400_000
  // A clock that was set back is no proof of a recent check.
  now -= 86_400_000
  expect(codeOf(openLarge)).toBe('database.corrupt')
})

test('a large file whose process died is read through at the next start', async () => {
  const file = path.join(temporaryFolder(), 'shop.db')
  open(file).close()
  const source = `
    import { openDatabase } from ${JSON.stringify(path.resolve('electron/core/db/open-database.ts'))}
    globalThis.held = openDatabase({ file: ${JSON.stringify(file)}, key: Buffer.alloc(32, 7), migrationsFolder: ${JSON.stringify(migrationsFolder)}, clock: () => ${NINE_OCLOCK}, appVersion: 't' })
    held.prepare("insert into setting (name, value) values ('far away', ?)").run('x'.repeat(200000))
    held.pragma('wal_checkpoint(truncate)')
    console.log('open')
    setInterval(() => {}, 1000)`
  const other = spawn(process.execPath, ['--input-type=module-typescript', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(other.stdout, 'data')
  other.kill('SIGKILL')
  await once(other, 'exit')
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, Buffer.alloc(64, 1), 0, 64, statSync(file).size - 4096 * 10 + 100)
  closeSync(descriptor)
  expect(codeOf(() => openDatabase({ file, key, migrationsFolder, clock: () => NINE_OCLOCK, appVersion: 't', alwaysCheckBelowBytes: 0 }))).toBe('database.corrupt')
})

test('a second core on the same folder is refused, a look from outside is not', () => {
  const file = path.join(temporaryFolder(), 'shop.db')
  const db = open(file)
  db.prepare("insert into setting (name, value) values ('a', 'b')").run()
  expect(codeOf(() => open(file))).toBe('database.locked')
  const look = openForReading(file, key)
  expect(look.prepare("select value from setting where name = 'a'").pluck().get()).toBe('b')
  look.close()
  db.close()
  expect(codeOf(() => open(file).close())).toBe('no error')
})

test('the hold on the folder dies with the process that had it', async () => {
  const file = path.join(temporaryFolder(), 'shop.db')
  const source = `
    import { openDatabase } from ${JSON.stringify(path.resolve('electron/core/db/open-database.ts'))}
    globalThis.held = openDatabase({ file: ${JSON.stringify(file)}, key: Buffer.alloc(32, 7), migrationsFolder: ${JSON.stringify(migrationsFolder)}, clock: () => 1, appVersion: 't' })
    console.log('open')
    setInterval(() => {}, 1000)`
  const other = spawn(process.execPath, ['--input-type=module-typescript', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(other.stdout, 'data')
  expect(codeOf(() => open(file))).toBe('database.locked')
  other.kill('SIGKILL')
  await once(other, 'exit')
  expect(codeOf(() => open(file).close())).toBe('no error')
})

test('a full disk is named', () => {
  const db = emptyDatabase()
  db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`)
  const fill = () => {
    try {
      for (let i = 0; i < 1000; i++) db.prepare('insert into setting (name, value) values (?, ?)').run(`n${i}`, 'x'.repeat(5000))
    } catch (error) {
      throw asDatabaseError(error)
    }
  }
  expect(codeOf(fill)).toBe('disk.full')
  expect(codeOf(() => { throw asDatabaseError(Object.assign(new Error('write'), { code: 'ENOSPC' })) })).toBe('disk.full')
})

test('an error that is no trouble of the database stays what it was', () => {
  const error = new RangeError('x')
  expect(asDatabaseError(error)).toBe(error)
  const constraint = new Database.SqliteError('UNIQUE', 'SQLITE_CONSTRAINT_UNIQUE')
  expect(asDatabaseError(constraint)).toBe(constraint)
})

test('statements are prepared once for a connection', () => {
  const statements = perDatabase(db => ({ one: db.prepare('select 1') }))
  const one = emptyDatabase()
  const two = emptyDatabase()
  expect(statements(one)).toBe(statements(one))
  expect(statements(one).one).not.toBe(statements(two).one)
})

test('opening in a folder that is missing fails and leaves nothing', () => {
  const folder = path.join(temporaryFolder(), 'none')
  expect(codeOf(() => open(path.join(folder, 'shop.db')))).toBeInstanceOf(TypeError)
  expect(existsSync(folder)).toBe(false)
})
