import { cpSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, statSync, writeSync, writeFileSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keyFile, openShop } from '../../electron/cli/open-shop.ts'
import { startPracticeProcess } from '../../electron/cli/practice-process.ts'
import { runCli } from '../../electron/cli/program.ts'
import { databaseFile } from '../../electron/core/core.ts'
import { keyFromFile } from '../../electron/core/db/key-file.ts'
import { openDatabase } from '../../electron/core/db/open-database.ts'
import { loadProfile, shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import { migrationsFolder } from '../support/database.ts'
import { hearingTerminal } from './support/terminal.ts'

let folder: string
let healthy: string
const shopAt = (dataFolder: string) => openShop({ dataFolder, profile: loadProfile(shippedProfileFile('practice')), demoShop: true, outboxEveryMs: null })
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'yaogui-test-'))
  healthy = path.join(folder, 'healthy')
  const shop = await shopAt(healthy)
  await shop.signIn('1001', '1001')
  await shop.client.command('shift.openShift', { floatFen: 0 as never })
  await shop.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Found {
  readonly check: string
  readonly level: string
  readonly zh: string
  readonly en: string
}
const doctor = async (data: string, ...args: string[]): Promise<{ code: number; level: Record<string, string>; found: readonly Found[] }> => {
  const terminal = hearingTerminal({ standsIn: folder })
  const code = await runCli(['doctor', '--data', data, '--json', ...args], terminal)
  const { findings } = JSON.parse(terminal.said()) as { findings: Found[] }
  return { code, found: findings, level: Object.fromEntries(findings.map(({ check, level }) => [check, level])) }
}

/** A copy of the healthy shop, to be spoilt. */
const copy = (name: string): string => {
  const data = path.join(folder, name)
  cpSync(healthy, data, { recursive: true })
  return data
}
const write = (data: string, sql: string): void => {
  const file = databaseFile(data)
  const db = openDatabase({ file, key: keyFromFile(keyFile(data), file), migrationsFolder, clock: Date.now, appVersion: 'test' })
  db.exec(sql)
  db.close()
}

describe('yaogui doctor', () => {
  test('finds nothing wrong with a healthy shop, and says every line in Chinese and English', async () => {
    const { code, level, found } = await doctor('healthy')
    expect(code).toBe(0)
    expect(level).toMatchObject({
      node: 'ok',
      sqlite: 'ok',
      cipher: 'ok',
      data: 'ok',
      key: 'ok',
      database: 'ok',
      'quick-check': 'ok',
      migrations: 'ok',
      audit: 'ok',
      stock: 'ok',
      durability: 'ok',
      profile: 'ok',
      platform: 'warn',
    })
    for (const { zh, en } of found) expect([zh, en]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/^[^?]+$/)])
  })

  test('changes nothing: the database is byte for byte what it was', async () => {
    const data = copy('unchanged')
    const before = readFileSync(databaseFile(data))
    await doctor('unchanged')
    expect(readFileSync(databaseFile(data)).equals(before)).toBe(true)
  })

  test('prints one line a check for people', async () => {
    const terminal = hearingTerminal({ standsIn: folder })
    await runCli(['doctor', '--data', 'healthy', '--lang', 'en'], terminal)
    expect(terminal.said()).toMatch(/^✓ ok +durability +every commit reaches the disk/m)
    expect(terminal.said()).toMatch(/nothing is broken\n$/)
  })

  test('a folder without a shop is no failure', async () => {
    const { code, level } = await doctor('nobody-was-here')
    expect([code, level['data'], level['database'], level['key']]).toEqual([0, 'warn', 'warn', 'warn'])
  })

  test('finds damaged pages', async () => {
    const data = copy('damaged')
    const file = openSync(databaseFile(data), 'r+')
    writeSync(file, Buffer.alloc(8192), 0, 8192, Math.floor(statSync(databaseFile(data)).size / 8192) * 4096)
    closeSync(file)
    const { code, found } = await doctor('damaged')
    expect(code).toBe(1)
    expect(found.some(({ level, zh }) => level === 'fail' && zh.includes('数据损坏'))).toBe(true)
  })

  test('finds another key, a missing key, and a key that others can read', async () => {
    writeFileSync(keyFile(copy('other-key')), `${'0'.repeat(64)}\n`)
    expect(await doctor('other-key')).toMatchObject({ code: 1, level: { database: 'fail' } })
    rmSync(keyFile(copy('no-key')))
    expect(await doctor('no-key')).toMatchObject({ code: 1, level: { database: 'fail', key: 'warn' } })
    chmodSync(keyFile(copy('open-key')), 0o644)
    expect(await doctor('open-key')).toMatchObject({ code: 1, level: { database: 'fail', key: 'fail' } })
  })

  test('finds an audit row that was changed past the program', async () => {
    write(copy('audit'), `update audit_log set outcome = 'sale.blocked' where seq = 1`)
    expect(await doctor('audit')).toMatchObject({ code: 1, level: { audit: 'fail', stock: 'ok' } })
  })

  test('finds stock that is not the sum of its movements', async () => {
    write(copy('stock'), `update lot set on_hand = on_hand + 1 where rowid = 1`)
    expect(await doctor('stock')).toMatchObject({ code: 1, level: { stock: 'fail', audit: 'ok' } })
  })

  test('finds an edited migration and a database from the future', async () => {
    write(copy('edited'), `update schema_migration set sha256 = 'x' where version = 10`)
    expect(await doctor('edited')).toMatchObject({ code: 1, level: { migrations: 'fail' } })
    write(
      copy('future'),
      `insert into schema_migration (version, name, sha256, applied_at, app_version) values (9990, '9990-later.sql', 'x', 0, '9'); pragma user_version = 9990`,
    )
    expect(await doctor('future')).toMatchObject({ code: 1, level: { migrations: 'fail' } })
  })

  test('looks from beside while a till is open', async () => {
    const till = await shopAt(copy('in-use'))
    try {
      expect(await doctor('in-use')).toMatchObject({ code: 0, level: { database: 'ok', audit: 'ok', durability: 'warn' } })
    } finally {
      await till.close()
    }
  })

  test('measures the platform and whose clock is off', async () => {
    const province = await startPracticeProcess({ quiet: true })
    try {
      const near = await doctor('healthy', '--platform', province.url)
      expect(near).toMatchObject({ code: 0, level: { platform: 'ok', clock: 'ok' } })
      const terminal = hearingTerminal({ standsIn: folder, clock: () => Date.now() + 40 * 60_000 })
      expect(await runCli(['doctor', '--data', 'healthy', '--platform', province.url, '--lang', 'en'], terminal)).toBe(1)
      expect(terminal.said()).toMatch(/^✗ FAIL +clock +this machine's clock is 2[34]\d\d s ahead/m)
    } finally {
      await province.close()
    }
  })

  test('warns of a profile that is legal and probably not meant', async () => {
    expect(await doctor('healthy', '--profile', 'generic-tif')).toMatchObject({ level: { profile: 'warn', platform: 'fail' } })
    writeFileSync(path.join(folder, 'loose.jsonc'), readFileSync(shippedProfileFile('practice'), 'utf8').replace('"已撤销|已经撤销|重复撤销"', '"(已撤销)?"'))
    expect(await doctor('healthy', '--profile', 'loose.jsonc')).toMatchObject({ level: { profile: 'warn' } })
  })

  test('fails when the platform does not answer or the profile is none', async () => {
    expect(await doctor('healthy', '--platform', 'http://127.0.0.1:9/csb')).toMatchObject({ code: 1, level: { platform: 'fail' } })
    writeFileSync(path.join(folder, 'profile.json'), '{"name":"x"}')
    expect(await doctor('healthy', '--profile', 'profile.json')).toMatchObject({ code: 1, level: { profile: 'fail' } })
  })
})
