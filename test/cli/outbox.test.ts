import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readProvinceBooks } from '../../electron/cli/demo/province-books.ts'
import { openShop } from '../../electron/cli/open-shop.ts'
import { startPracticeProcess } from '../../electron/cli/practice-process.ts'
import type { PracticeProcess } from '../../electron/cli/practice-process.ts'
import { runCli } from '../../electron/cli/program.ts'
import type { OutboxItem } from '../../electron/contract/index.ts'
import { packCode } from '../../electron/core/demo-shop/demo-codes.ts'
import { loadProfile, shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import { addDays, businessDate } from '../../electron/domain/calendar.ts'
import type { Instant } from '../../electron/contract/index.ts'
import { hearingTerminal } from './support/terminal.ts'

let folder: string
let province: PracticeProcess
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'yaogui-test-'))
  province = await startPracticeProcess({ quiet: true })
  // A drug whose lot came without a manufacture date, and one whose row the province refuses once.
  const first = await sell(packCode(402, 1, 1))
  province.setFaults([{ infno: '3505', count: 1, action: { kind: 'row-refused', text: '目录维护中' } }])
  const second = await sell(packCode(349, 1, 1))
  province.setFaults([])
  expect([first, second]).toEqual([0, 0])
})
afterAll(async () => {
  await province.close()
  rmSync(folder, { recursive: true, force: true })
})

const sell = (code: string): Promise<number> =>
  runCli(
    ['sell', '-', '--data', 'shop', '--demo-shop', '--platform', province.url],
    hearingTerminal({ standsIn: folder, input: JSON.stringify({ scans: [{ code }] }) }),
  )

interface Answer {
  readonly code: number
  readonly items: readonly OutboxItem[]
  readonly complained: string
}
const outbox = async (...args: string[]): Promise<Answer> => {
  const terminal = hearingTerminal({ standsIn: folder })
  const code = await runCli(['outbox', ...args, '--data', 'shop'], terminal)
  return { code, items: terminal.said() === '' ? [] : (JSON.parse(terminal.said()) as OutboxItem[]), complained: terminal.complained() }
}
const parked = async (): Promise<readonly OutboxItem[]> => (await outbox('list')).items.filter((item) => item.status === 'parked')
const idOf = (items: readonly OutboxItem[], repair: OutboxItem['repair']): string => items.find((item) => item.repair === repair)?.outboxId ?? 'none'

describe('yaogui outbox', () => {
  test('lists what needs a person as JSON, and says why in words', async () => {
    const { code, items, complained } = await outbox('list')
    expect(code).toBe(0)
    expect(
      items
        .filter((item) => item.status === 'parked')
        .map((item) => `${item.kind} ${item.error?.code ?? ''} ${item.repair}`)
        .toSorted(),
    ).toEqual(['upload-sale upload.missing-value lot-manufactured-on', 'upload-sale upload.row-refused retry'])
    expect(complained).toContain('批号的生产日期')
    expect(complained).toContain('目录维护中')
  })

  test('does not put back what wants a value without the value', async () => {
    const { code, complained } = await outbox('retry', idOf(await parked(), 'lot-manufactured-on'))
    expect([code, complained]).toEqual([1, expect.stringContaining('upload.missing-value')])
    expect((await parked()).length).toBe(2)
  })

  test('refuses a date that is none', async () => {
    expect((await outbox('retry', idOf(await parked(), 'lot-manufactured-on'), '--manufactured-on', '2026-02-30')).code).toBe(2)
  })

  test('puts back and sends with the date of the delivery note; the province then has the row', async () => {
    const made = addDays(businessDate(Date.now() as Instant), -300)
    const { code, items } = await outbox('retry', idOf(await parked(), 'lot-manufactured-on'), '--manufactured-on', made, '--platform', province.url)
    expect([code, items.map((item) => item.status)]).toEqual([0, ['done']])
    expect((await readProvinceBooks(province)).sales.some((row) => row.itemId === 'P0402')).toBe(true)
  })

  test('without an id puts everything back that only has to be asked again; without a platform nothing is sent', async () => {
    const { code, items, complained } = await outbox('retry')
    expect([code, items.map((item) => item.status)]).toEqual([0, ['pending']])
    expect(complained).toContain('--platform')
    expect(await parked()).toEqual([])
  })

  test('says so when there is no such item, or the item waits for nobody', async () => {
    expect(await outbox('retry', '01a1fff4-8c41-7286-86dc-ee2c1f74597c')).toMatchObject({
      code: 1,
      complained: expect.stringContaining('outbox.not-found') as string,
    })
    const [done] = (await outbox('list', '--all')).items.filter((item) => item.status === 'done')
    expect(await outbox('retry', done?.outboxId ?? '')).toMatchObject({ code: 1, complained: expect.stringContaining('outbox.not-parked') as string })
  })

  test('keeps away from a shop in which a till is open, and from a folder without a shop', async () => {
    const till = await openShop({
      dataFolder: path.join(folder, 'shop'),
      profile: loadProfile(shippedProfileFile('practice')),
      demoShop: false,
      outboxEveryMs: null,
    })
    try {
      expect(await outbox('list')).toMatchObject({ code: 3, items: [], complained: expect.stringContaining('database.locked') as string })
    } finally {
      await till.close()
    }
    const nowhere = hearingTerminal({ standsIn: folder })
    expect([await runCli(['outbox', 'list', '--data', 'elsewhere'], nowhere), nowhere.said()]).toEqual([2, ''])
  })
})
