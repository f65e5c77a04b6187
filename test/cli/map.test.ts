import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop } from '../../electron/cli/open-shop.ts'
import { runCli } from '../../electron/cli/program.ts'
import type { ImportReport } from '../../electron/core/map/import-links.ts'
import { loadProfile, shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import { hearingTerminal } from './support/terminal.ts'

let folder: string
const open = async () =>
  openShop({ dataFolder: path.join(folder, 'shop'), profile: loadProfile(shippedProfileFile('practice')), demoShop: true, outboxEveryMs: null })
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'yaogui-test-'))
  await (await open()).close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (...lines: readonly string[]): void =>
  writeFileSync(path.join(folder, 'links.csv'), `\uFEFFkind,value,drug,level,note\r\n${lines.join('\r\n')}\r\n`)
const run = async (...args: string[]) => {
  const terminal = hearingTerminal({ standsIn: folder })
  const code = await runCli(['map', 'import', 'links.csv', '--data', 'shop', ...args], terminal)
  return { code, report: terminal.said() === '' ? null : (JSON.parse(terminal.said()) as ImportReport), words: terminal.complained() }
}
const items = async (text: string) => {
  const shop = await open()
  await shop.signIn('2001', '2001')
  const found = await shop.client.query('map.lookUp', { text })
  await shop.close()
  return found.items.map(({ drugId, codes }) => [drugId, codes.find(({ asked }) => asked)?.source])
}

describe('yaogui map import', () => {
  test('tries a file, then takes it; the till knows the codes at once', async () => {
    write('trace-identifier,8902001,P0010,1,新厂', 'trace-identifier,8902002,P0010,3,')
    const tried = await run('--source', 'chain', '--dry-run', '--staff', '2001')
    expect([tried.code, tried.report?.new, tried.report?.taken]).toEqual([0, 2, false])
    expect(tried.words).toContain('第 2 行 新 trace-identifier 8902001\n')
    expect(tried.words).toContain('新 2 · 改 0 · 同 0 · 拒 0 · 没有写入任何一条')
    expect(await items('8902001')).toEqual([])
    const taken = await run('--source', 'chain', '--staff', '2001')
    expect([taken.code, taken.report?.taken]).toEqual([0, true])
    expect(await items('8902001')).toEqual([['P0010', 'chain']])
    expect((await run('--source', 'chain', '--staff', '9001', '--lang', 'en')).words).toBe('new 0 · changed 0 · unchanged 2 · refused 0 · imported\n')
  })
  test('says line by line what it refuses, and takes nothing unless told to leave those out', async () => {
    write('trace-identifier,8902003,P0010,,', 'trace-identifier,8902004,P9999,,', 'barcode,123,P0010,,')
    const refused = await run('--source', 'national', '--staff', '2001', '--lang', 'en')
    expect([refused.code, refused.report?.taken]).toEqual([1, false])
    expect(refused.words).toContain('line 3 refused trace-identifier 8902004 · this shop has no such item\n')
    expect(refused.words).toContain('line 4 refused barcode 123 · no code of this kind\n')
    expect(refused.words).toContain('nothing was written')
    const rest = await run('--source', 'national', '--staff', '2001', '--leave-out')
    expect([rest.code, rest.report?.new, rest.report?.refused, rest.report?.taken]).toEqual([1, 1, 2, true])
    expect(await items('8902003')).toEqual([['P0010', 'national']])
  })
  test('is a pharmacist’s, wants a file of that form and a source, and a shop', async () => {
    write('trace-identifier,8902005,P0010,,')
    expect((await run('--source', 'chain')).words).toContain('session.forbidden')
    expect((await run()).code).toBe(2)
    expect((await run('--source', 'shop')).code).toBe(2)
    writeFileSync(path.join(folder, 'links.csv'), 'a,b\n')
    expect(await run('--source', 'chain', '--staff', '2001')).toMatchObject({ code: 2, report: null, words: expect.stringContaining('【文件不对】') as string })
    const nowhere = hearingTerminal({ standsIn: folder })
    expect(await runCli(['map', 'import', 'none.csv', '--source', 'chain', '--data', 'shop', '--staff', '2001'], nowhere)).toBe(2)
    expect(await runCli(['map', 'import', 'links.csv', '--source', 'chain', '--data', 'elsewhere', '--staff', '2001'], nowhere)).toBe(2)
    expect(await items('8902005')).toEqual([])
  })
})
