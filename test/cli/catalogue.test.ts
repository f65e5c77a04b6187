import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop } from '../../electron/cli/open-shop.ts'
import { runCli } from '../../electron/cli/program.ts'
import { loadProfile, shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import { loadCatalogue } from '../../electron/practice/catalogue.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { startPractice } from '../../electron/practice/server.ts'
import { drugArchive } from '../core/catalogue/archives.ts'
import { hearingTerminal } from './support/terminal.ts'

let folder: string
let practice: Practice
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'yaogui-test-'))
  practice = await startPractice()
  const shop = await openShop({ dataFolder: path.join(folder, 'shop'), profile: loadProfile(shippedProfileFile('practice')), demoShop: true, outboxEveryMs: null })
  await shop.close()
})
afterAll(async () => {
  await practice.close()
  rmSync(folder, { recursive: true, force: true })
})

const run = async (...args: string[]): Promise<{ code: number; said: string; complained: string }> => {
  const terminal = hearingTerminal({ standsIn: folder })
  const code = await runCli(['catalogue', ...args, '--data', 'shop', '--staff', '2001'], terminal)
  return { code, said: terminal.said(), complained: terminal.complained() }
}

describe('yaogui catalogue', () => {
  test('says that there is none, before the first update', async () => {
    expect(await run('status')).toMatchObject({ code: 1, complained: expect.stringContaining('本机没有医保目录') })
    expect(await run('show', 'X')).toMatchObject({ code: 1, said: '', complained: expect.stringContaining('没有目录') })
  })

  test('update asks the platform until nothing is newer, status and show read what came', async () => {
    const first = await run('update', '--platform', practice.url)
    expect(first.code).toBe(0)
    expect(first.complained).toMatch(/1301 西药中成药：新增 \d+/)
    expect(await run('update', '--platform', practice.url)).toMatchObject({ code: 0, complained: expect.stringContaining('已是最新') })
    expect(JSON.parse((await run('status')).said)).toMatchObject({ generation: 10, lists: [{ list: '1301', version: '20260901' }, {}, {}, {}, {}, {}, {}, {}, {}, {}] })
    const [drug] = loadCatalogue().drugs
    const shown = await run('show', drug?.nationalCode ?? '', '--lang', 'en')
    expect(shown.code).toBe(0)
    expect(JSON.parse(shown.said)).toMatchObject({ name: drug?.name, records: [{ list: '1301', holds: true }], limitPrices: [{ price: drug?.priceLimitMicro, holds: true }] })
    expect(shown.complained).toContain('holds on')
    expect(await run('show', drug?.nationalCode ?? '', '--on', '2019-12-31')).toMatchObject({ code: 1, complained: expect.stringContaining('无效') })
  })

  test('import takes an archive, and refuses a wrong one as a whole, in words', async () => {
    const taken = await run('import', await drugArchive(folder, [{ id: '77', version: '20270101' }]))
    expect(JSON.parse(taken.said)).toMatchObject({ new: 1, version: '20270101' })
    writeFileSync(path.join(folder, 'wrong.zip'), 'no archive')
    const wrong = await run('import', 'wrong.zip')
    expect({ code: wrong.code, said: wrong.said }).toEqual({ code: 1, said: '' })
    expect(wrong.complained).toContain('不是完整的 ZIP 压缩包')
    expect((await run('import', 'wrong.zip', '--lang', 'en')).complained).toContain('not a whole ZIP archive')
  })

  test('is no cashier’s business', async () => {
    const terminal = hearingTerminal({ standsIn: folder })
    expect(await runCli(['catalogue', 'update', '--data', 'shop', '--staff', '1001'], terminal)).not.toBe(0)
    expect(terminal.complained()).toContain('药师')
  })
})
