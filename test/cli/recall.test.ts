import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop } from '../../electron/cli/open-shop.ts'
import { runCli } from '../../electron/cli/program.ts'
import { productId } from '../../electron/core/demo-shop/demo-codes.ts'
import { loadProfile, shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import { hearingTerminal } from './support/terminal.ts'

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'yaogui-test-'))
  const shop = await openShop({ dataFolder: path.join(folder, 'shop'), profile: loadProfile(shippedProfileFile('practice')), demoShop: true, outboxEveryMs: null })
  await shop.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const importList = async (text: string, ...more: string[]): Promise<{ code: number; said: string; complained: string }> => {
  writeFileSync(path.join(folder, 'list.csv'), text)
  const terminal = hearingTerminal({ standsIn: folder })
  const code = await runCli(['recall', 'import', 'list.csv', '--data', 'shop', ...more], terminal)
  return { code, said: terminal.said(), complained: terminal.complained() }
}

describe('yaogui recall import', () => {
  test('stops what the notice names, counts in JSON, and ends with 1 when it lies here', async () => {
    const { code, said, complained } = await importList(`product,lot,reason,source\n${productId(214)},*,练习不合格,练习通告 7\nP9999,A1,练习,练习通告 7\n`, '--staff', '2001')
    expect(JSON.parse(said)).toMatchObject({ rows: 2, new: 1, known: 0, notOurs: 1, here: [{ drugName: '阿莫西林胶囊', lotNumber: null }] })
    expect(complained).toContain('新召回 1')
    expect(complained).toContain('移到不合格品区')
    expect(code).toBe(1)
  })

  test('ends with 0 when nothing of it is new, and refuses a wrong list as a whole with its line', async () => {
    const again = await importList(`product,lot,reason,source\n${productId(214)},*,练习不合格,练习通告 7\n`, '--staff', '2001', '--lang', 'en')
    expect(again.code).toBe(0)
    expect(again.complained).toContain('1 known')
    const wrong = await importList(`product,lot,reason,source\n${productId(286)},,练习,练习通告 8\n`, '--staff', '2001')
    expect({ code: wrong.code, said: wrong.said }).toEqual({ code: 2, said: '' })
    expect(wrong.complained).toContain('第 2 行')
    expect(wrong.complained).toContain('全部批号写 *')
  })

  test('is no cashier’s business, and wants a shop and a file', async () => {
    expect((await importList('product,lot,reason,source\n', '--staff', '1001')).code).toBe(2)
    const terminal = hearingTerminal({ standsIn: folder })
    expect(await runCli(['recall', 'import', 'list.csv', '--data', 'nowhere', '--staff', '2001'], terminal)).toBe(2)
    expect(await runCli(['recall', 'import', 'missing.csv', '--data', 'shop', '--staff', '2001'], terminal)).toBe(2)
  })
})
