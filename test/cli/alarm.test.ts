import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop } from '../../electron/cli/open-shop.ts'
import { runCli } from '../../electron/cli/program.ts'
import { packCode } from '../../electron/core/demo-shop/demo-codes.ts'
import { loadProfile, shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import { hearingTerminal } from './support/terminal.ts'

/** In the practice shop by rows of its table: amoxicillin on the shelf, a capsule that was sold yesterday. */
const onShelf = packCode(214, 1, 9)
const soldYesterday = packCode(398, 1, 1)

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'yaogui-test-'))
  const shop = await openShop({
    dataFolder: path.join(folder, 'shop'),
    profile: loadProfile(shippedProfileFile('practice')),
    demoShop: true,
    outboxEveryMs: null,
  })
  await shop.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const importList = async (text: string, ...more: string[]): Promise<{ code: number; said: string; complained: string }> => {
  writeFileSync(path.join(folder, 'list.csv'), text)
  const terminal = hearingTerminal({ standsIn: folder })
  const code = await runCli(['alarm', 'import', 'list.csv', '--data', 'shop', ...more], terminal)
  return { code, said: terminal.said(), complained: terminal.complained() }
}

describe('yaogui alarm import', () => {
  test('takes a list, counts in JSON, and says it in words', async () => {
    const { code, said, complained } = await importList(`code,source,told at\n${onShelf},练习通报,2026-01-01\n`, '--staff', '2001')
    expect(JSON.parse(said)).toEqual({ packs: 1, new: 1, known: 0, alarms: 1, ownSales: [] })
    expect(complained).toContain('本店有货已报疑 1')
    expect(code).toBe(0)
  })

  test('names packs that this shop sold before the list was told, and ends with 1', async () => {
    const { code, said, complained } = await importList(
      `code,source,told at\n${soldYesterday},practice,${new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')}\n`,
      '--staff',
      '2001',
      '--lang',
      'en',
    )
    expect(JSON.parse(said)).toMatchObject({ packs: 1, new: 0, alarms: 0, ownSales: [soldYesterday] })
    expect(complained).toContain('check each by 3513')
    expect(code).toBe(1)
  })

  test('refuses a wrong list as a whole, with its line, and ends with 2', async () => {
    const { code, said, complained } = await importList('code,source,told at\nnothing,x,2026-01-01\n', '--staff', '2001')
    expect({ code, said }).toEqual({ code: 2, said: '' })
    expect(complained).toContain('第 2 行')
    expect(complained).toContain('没有导入任何一条')
  })

  test('is no cashier’s business, and wants a shop', async () => {
    expect((await importList('code,source,told at\n', '--staff', '1001')).code).toBe(2)
    const terminal = hearingTerminal({ standsIn: folder })
    expect(await runCli(['alarm', 'import', 'list.csv', '--data', 'nowhere', '--staff', '2001'], terminal)).toBe(2)
    expect(await runCli(['alarm', 'import', 'missing.csv', '--data', 'shop', '--staff', '2001'], terminal)).toBe(2)
  })
})
