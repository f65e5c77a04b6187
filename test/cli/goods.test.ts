import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop } from '../../electron/cli/open-shop.ts'
import { runCli } from '../../electron/cli/program.ts'
import type { Output } from '../../electron/contract/index.ts'
import { loadProfile, shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import { csv, pack } from '../core/goods/papers.ts'
import { hearingTerminal } from './support/terminal.ts'

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'yaogui-test-'))
  const shop = await openShop({ dataFolder: path.join(folder, 'shop'), profile: loadProfile(shippedProfileFile('practice')), demoShop: true, outboxEveryMs: null })
  await shop.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = async (bytes: string | Uint8Array, ...args: string[]) => {
  writeFileSync(path.join(folder, 'paper.csv'), bytes)
  const terminal = hearingTerminal({ standsIn: folder })
  const code = await runCli(['goods', 'import', 'paper.csv', '--data', 'shop', ...args], terminal)
  return { code, answer: terminal.said() === '' ? null : (JSON.parse(terminal.said()) as Output<'goods.importDelivery'>), words: terminal.complained() }
}

test('imports a supplier’s paper, also one from a spreadsheet in GB 18030, once', async () => {
  const { text } = csv([{ code: pack(1) }, { code: pack(2) }], 'PD-CLI-1', '九州通（练习）')
  const first = await run(iconv.encode(text, 'gb18030'))
  expect([first.code, first.answer?.outcome, first.answer?.delivery?.supplier, first.words]).toEqual([0, 'imported', '九州通（练习）', 'PD-CLI-1 已导入，2 盒待收\n'])
  expect(await run(text, '--lang', 'en')).toMatchObject({ code: 0, answer: { outcome: 'known' }, words: 'PD-CLI-1 was imported before; 0 of 2 packs received\n' })
})

test('says line by line why it refuses, and takes nothing', async () => {
  const { code, answer, words } = await run(csv([{ code: pack(3) }, { code: pack(4), drug: 'P9999' }], 'PD-CLI-2').text)
  expect([code, answer?.outcome]).toEqual([1, 'refused'])
  expect(words).toBe('第 3 行 【药品不识】本店没有“P9999”这个药 · 先建立该药，或改写本店编码、医保编码、商品条码、批准文号\n没有导入任何内容\n')
  expect((await run(csv([{ code: pack(3) }], 'PD-CLI-2').text)).code).toBe(0)
})

test('is for pharmacists; a file that is not there or too large is said', async () => {
  expect(await run('{}', '--staff', '1001')).toMatchObject({ code: 2, answer: null })
  expect(await run('x'.repeat(3_000_000))).toMatchObject({ code: 1, words: expect.stringContaining('rpc.too-large') as string })
  const terminal = hearingTerminal({ standsIn: folder })
  expect(await runCli(['goods', 'import', 'nowhere.csv', '--data', 'shop'], terminal)).toBe(2)
})

test('reads from standard input', async () => {
  const terminal = hearingTerminal({ standsIn: folder, input: csv([{ code: pack(9) }], 'PD-CLI-4').text })
  expect([await runCli(['goods', 'import', '-', '--data', 'shop'], terminal), (JSON.parse(terminal.said()) as Output<'goods.importDelivery'>).outcome]).toEqual([0, 'imported'])
})
