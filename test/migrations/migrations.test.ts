import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase, openForReading } from '../../electron/core/db/open-database.ts'
import type { WritableDb } from '../../electron/core/db/database.ts'
import { readMigrations, versionOf } from '../../electron/core/db/migrate.ts'
import { emptyDatabase, migrationsFolder } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const key = Buffer.alloc(32, 3)
const migrations = readMigrations(migrationsFolder)
const newest = migrations.at(-1)!
const open = (file: string, folder: string) => openDatabase({ file, key, migrationsFolder: folder, clock: () => 1_000, appVersion: '9.9.9' })
const schemaOf = (db: WritableDb): string =>
  (db.prepare("select sql from sqlite_schema where sql is not null and name not like 'sqlite_%' order by type desc, name").all() as { sql: string }[]).map(row => `${row.sql};\n`).join('\n')

/** A copy of the migrations folder that a test may change. */
const ownMigrations = (): string => {
  const folder = path.join(temporaryFolder(), 'migrations')
  cpSync(migrationsFolder, folder, { recursive: true })
  return folder
}

test('the whole chain ends in the schema that is checked in', async () => {
  await expect(schemaOf(emptyDatabase())).toMatchFileSnapshot('schema.snapshot.sql')
})

test('every table is STRICT and every migration leaves its hash', () => {
  const db = emptyDatabase(() => 77)
  const tables = db.pragma('table_list') as { name: string; type: string; strict: number }[]
  const own = tables.filter(table => table.type === 'table' && !table.name.startsWith('sqlite_'))
  expect(own.length).toBeGreaterThan(15)
  expect(own.filter(table => table.strict !== 1)).toEqual([])
  const rows = db.prepare('select * from schema_migration order by version').all()
  expect(rows).toEqual(migrations.map(({ version, name, sha256 }) => ({ version, name, sha256, applied_at: 77, app_version: 'test' })))
  expect(versionOf(db)).toBe(newest.version)
})

test('a database one version older, with rows, keeps them, and a copy of it is left', () => {
  const folder = ownMigrations()
  rmSync(path.join(folder, newest.name))
  const file = path.join(temporaryFolder(), 'shop.db')
  const before = open(file, folder)
  const older = versionOf(before)
  before.prepare("insert into staff (staff_id, name, role, pin_salt, pin_hash) values ('S1', '张', 'cashier', x'00', x'00')").run()
  before.prepare("insert into drug values ('D1', 'g', 't', 's', 'p', 'm', 'a', null, 'X', 'A', '', 0, 'western', '盒', '片', 24, 12300000, 'scan', '')").run()
  before.prepare("insert into sale (sale_id, receipt_number, status, staff_id, opened_at, business_date) values ('s', '1', 'open', 'S1', 1, '2026-11-21')").run()
  const tables = ['staff', 'drug', 'sale']
  const rowsOf = (db: Pick<WritableDb, 'prepare'>) => tables.map(table => db.prepare(`select * from ${table}`).all())
  const rows = rowsOf(before)
  before.close()

  const after = open(file, migrationsFolder)
  expect(versionOf(after)).toBe(newest.version)
  expect(rowsOf(after)).toEqual(rows)
  expect(schemaOf(after)).toBe(schemaOf(emptyDatabase()))
  expect(after.pragma('foreign_keys', { simple: true })).toBe(1)
  after.close()

  const copy = openForReading(`${file}.v${older}.bak`, key)
  expect(rowsOf(copy)).toEqual(rows)
  copy.close()
  expect(readFileSync(`${file}.v${older}.bak`).includes('CREATE TABLE')).toBe(false)
})

test('opening an up-to-date or a new database makes no copy', () => {
  const file = path.join(temporaryFolder(), 'shop.db')
  open(file, migrationsFolder).close()
  open(file, migrationsFolder).close()
  expect(existsSync(`${file}.v${newest.version}.bak`)).toBe(false)
  expect(existsSync(`${file}.v0.bak`)).toBe(false)
})

test('a database from the future is left alone', () => {
  const folder = ownMigrations()
  writeFileSync(path.join(folder, '9000-later.sql'), 'create table later (x integer) strict;')
  const file = path.join(temporaryFolder(), 'shop.db')
  open(file, folder).close()
  expect(() => open(file, migrationsFolder)).toThrow(expect.objectContaining({ code: 'database.from-future', detail: { found: 9000, known: newest.version } }))
})

test('an edited, a removed and a late inserted migration are refused', () => {
  const folder = ownMigrations()
  const file = path.join(temporaryFolder(), 'shop.db')
  open(file, folder).close()
  const refused = expect.objectContaining({ code: 'database.migration-edited' })
  const edited = ownMigrations()
  appendFileSync(path.join(edited, migrations[1]!.name), '\n-- one more thought\n')
  expect(() => open(file, edited)).toThrow(refused)
  const removed = ownMigrations()
  rmSync(path.join(removed, migrations[1]!.name))
  expect(() => open(file, removed)).toThrow(refused)
  const inserted = ownMigrations()
  writeFileSync(path.join(inserted, '0000-late.sql'), 'create table late (x integer) strict;')
  expect(() => open(file, inserted)).toThrow(refused)
  open(file, folder).close()
})

test('a checkout with Windows line ends is the same migration', () => {
  const file = path.join(temporaryFolder(), 'shop.db')
  open(file, migrationsFolder).close()
  const windows = ownMigrations()
  for (const { name } of migrations) writeFileSync(path.join(windows, name), readFileSync(path.join(windows, name), 'utf8').replaceAll('\n', '\r\n'))
  const db = open(file, windows)
  expect(versionOf(db)).toBe(newest.version)
  db.close()
})

test('a migration that fails in the middle leaves the database as it was before it', () => {
  const folder = ownMigrations()
  const file = path.join(temporaryFolder(), 'shop.db')
  open(file, folder).close()
  writeFileSync(path.join(folder, '8000-good.sql'), 'create table good (x integer) strict;')
  writeFileSync(path.join(folder, '8010-bad.sql'), 'create table half (x integer) strict; insert into nowhere values (1);')
  expect(() => open(file, folder)).toThrow(/nowhere/)
  rmSync(path.join(folder, '8010-bad.sql'))
  const db = open(file, folder)
  expect(versionOf(db)).toBe(8000)
  expect(db.prepare("select count(*) from sqlite_schema where name = 'half'").pluck().get()).toBe(0)
  db.close()
})

test('a table that is not STRICT and a broken reference are refused', () => {
  const loose = ownMigrations()
  writeFileSync(path.join(loose, '8000-loose.sql'), 'create table loose (x integer);')
  expect(() => openDatabase({ file: ':memory:', key: null, migrationsFolder: loose, clock: () => 1, appVersion: 't' })).toThrow(/loose is not STRICT/)
  const broken = ownMigrations()
  writeFileSync(path.join(broken, '8000-broken.sql'), "insert into stock_movement values ('m', 'no such lot', 1, 'sale', 1, null, null);")
  expect(() => openDatabase({ file: ':memory:', key: null, migrationsFolder: broken, clock: () => 1, appVersion: 't' })).toThrow(/1 broken references/)
})

test('names and numbers of migrations are checked', () => {
  const wrong = ownMigrations()
  writeFileSync(path.join(wrong, '0015-odd.sql'), '')
  expect(() => readMigrations(wrong)).toThrow(/multiple of ten/)
  const twice = ownMigrations()
  writeFileSync(path.join(twice, '0010-again.sql'), '')
  expect(() => readMigrations(twice)).toThrow(/numbered 10/)
})
