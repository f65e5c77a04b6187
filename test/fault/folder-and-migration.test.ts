import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseFile } from '../../electron/core/core.ts'
import { openDatabase, openForReading } from '../../electron/core/db/open-database.ts'
import { startPractice } from '../../electron/practice/server.ts'
import { migrationsFolder } from '../support/database.ts'
import { copyTemplate, makeTemplate, TEST_KEY } from '../support/real-till.ts'
import { runTill } from './support/run-till.ts'

let folder = ''
let template = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'yaogui-migration-'))
  template = makeTemplate(folder, Date.now, 6)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const orders = (own: string) => ({ folder: own, url: 'http://127.0.0.1:9/csb', localServiceUrl: 'http://127.0.0.1:9/local' })
const newFolder = (name: string): string => mkdtempSync(path.join(folder, `${name}-`))

test('two cores on one folder: the second is refused in words, the first sells on; once it is killed the folder is free', async () => {
  const own = newFolder('two')
  copyTemplate(template, own)
  const practice = await startPractice({ port: 0 })
  try {
    const to = { folder: own, url: practice.url, localServiceUrl: practice.localServiceUrl }
    const first = runTill({ ...to, do: 'hold' })
    await first.until('started')
    const second = runTill({ ...to, do: 'play' })
    expect(await second.ended).toEqual({ code: 3, signal: null })
    expect(await second.until('failed')).toEqual({ failed: 'database.locked' })
    first.child.kill('SIGKILL')
    expect((await first.ended).signal).toBe('SIGKILL')
    const third = runTill({ ...to, do: 'play' })
    expect(await third.ended, JSON.stringify(third.said)).toEqual({ code: 0, signal: null })
  } finally {
    await practice.close()
  }
})

/** The program's own migrations and one more that takes a while and is felt in every part: new table, new column, many rows. */
const slowMigrations = (): string => {
  const own = path.join(folder, 'migrations')
  mkdirSync(own, { recursive: true })
  cpSync(migrationsFolder, own, { recursive: true })
  writeFileSync(
    path.join(own, '9990-slow.sql'),
    `create table slow (n integer primary key, text text not null) strict;
alter table drug add column slow_note text not null default '';
insert into slow with recursive c (n) as (select 1 union all select n + 1 from c where n < 400000) select n, hex(randomblob(40)) from c;
update drug set slow_note = 'migrated';
`,
  )
  return own
}

test('killed in the middle of a migration: the database is whole, at the old version or the new one, and the next start finishes', async () => {
  const migrations = slowMigrations()
  const seen: string[] = []
  const own = newFolder('killed')
  for (const afterMs of [0, 60, 150, 300, 500, 800]) {
    rmSync(own, { recursive: true, force: true })
    mkdirSync(own)
    copyTemplate(template, own)
    const before = openForReading(databaseFile(own), TEST_KEY)
    const [old, drugs] = [before.prepare('pragma user_version').pluck().get() as number, before.prepare('select count(*) from drug').pluck().get()]
    before.close()
    const run = runTill({ ...orders(own), do: 'hold', migrationsFolder: migrations })
    await run.until('starting')
    await sleep(afterMs)
    run.child.kill('SIGKILL')
    await run.ended
    const dead = openForReading(databaseFile(own), TEST_KEY)
    const version = dead.prepare('pragma user_version').pluck().get() as number
    const tables = dead.prepare(`select count(*) from sqlite_schema where name = 'slow'`).pluck().get()
    seen.push(`${afterMs} ms: version ${version}`)
    expect([old, 9990]).toContain(version)
    expect(tables, 'all of a migration or nothing').toBe(version === 9990 ? 1 : 0)
    expect(dead.prepare('pragma quick_check').pluck().get()).toBe('ok')
    dead.close()
    const db = openDatabase({ file: databaseFile(own), key: TEST_KEY, migrationsFolder: migrations, clock: Date.now, appVersion: 'test' })
    expect(db.prepare('select count(*) from slow').pluck().get()).toBe(400_000)
    expect(db.prepare(`select count(*) from drug where slow_note = 'migrated'`).pluck().get()).toBe(drugs)
    expect(db.prepare('select count(*) from schema_migration where version = 9990').pluck().get()).toBe(1)
    db.close()
  }
  console.log(`killed during migration: ${seen.join(', ')}`)
  expect(
    seen.some((line) => !line.endsWith('9990')),
    'at least one was killed before the end',
  ).toBe(true)
})

test('killed while a new shop is made: the next start makes the rest', async () => {
  for (const afterMs of [0, 20, 60]) {
    const own = newFolder('new')
    const run = runTill({ ...orders(own), do: 'hold' })
    await run.until('starting')
    await sleep(afterMs)
    run.child.kill('SIGKILL')
    await run.ended
    const again = runTill({ ...orders(own), do: 'hold' })
    await again.until('started')
    again.child.kill('SIGKILL')
    await again.ended
  }
})
