import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop } from '../../electron/cli/open-shop.ts'
import { startPracticeProcess } from '../../electron/cli/practice-process.ts'
import type { PracticeProcess } from '../../electron/cli/practice-process.ts'
import { runCli } from '../../electron/cli/program.ts'
import { readProvinceBooks } from '../../electron/cli/demo/province-books.ts'
import type { SaleResult } from '../../electron/cli/sell/play-sale.ts'
import { packCode } from '../../electron/core/demo-shop/demo-codes.ts'
import { loadProfile, shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import { hearingTerminal } from './support/terminal.ts'

const EXAMPLE = path.join(import.meta.dirname, '../../electron/cli/examples/sale.json')
/** 张*: employee with 1,500.00. */
const VOUCHER = { kind: 'e-voucher', qr: '4242026000000000000148430000' }

let folder: string
let province: PracticeProcess
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'yaogui-test-'))
  province = await startPracticeProcess({ quiet: true })
})
afterAll(async () => {
  await province.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Sold {
  readonly code: number
  readonly result: SaleResult | null
  readonly complained: string
}

/** One shop for the whole file, in order; the province beside it. */
const sell = async (script: unknown, options: { readonly args?: readonly string[]; readonly environment?: Record<string, string> } = {}): Promise<Sold> => {
  const terminal = hearingTerminal({ standsIn: folder, environment: options.environment ?? {}, input: JSON.stringify(script) })
  const code = await runCli(
    ['sell', '-', '--data', 'shop', '--demo-shop', '--platform', province.url, '--local-service', province.localServiceUrl, ...(options.args ?? [])],
    terminal,
  )
  return { code, result: terminal.said() === '' ? null : (JSON.parse(terminal.said()) as SaleResult), complained: terminal.complained() }
}

describe('yaogui sell', () => {
  test('makes the example in a throw-away shop with a province of its own', async () => {
    const terminal = hearingTerminal()
    expect([await runCli(['sell', EXAMPLE], terminal), terminal.complained()]).toEqual([0, ''])
    const result = JSON.parse(terminal.said()) as SaleResult
    expect(result).toMatchObject({
      ok: true,
      status: 'closed',
      problem: null,
      differences: [],
      figures: { totalFen: 41_00, accountFen: 25_20, cashFen: 15_80, balanceAfterFen: 1474_80 },
    })
    expect(result.tenders).toMatchObject([{ method: 'cash', amountFen: 15_80, givenFen: 20_00, changeFen: 4_20 }])
    expect(result.uploads.map((item) => [item.kind, item.status])).toEqual([
      ['upload-sale', 'done'],
      ['upload-sale', 'done'],
    ])
    expect(result.receipt?.text).toContain('89000091010010000004')
    expect(terminal.said()).not.toContain('张三')
  })

  test('sells insured at the given province, which books the same money', async () => {
    const { code, result } = await sell({
      credential: VOUCHER,
      scans: [{ code: packCode(10, 1, 4) }],
      expect: { status: 'closed', totalYuan: '12.60', accountYuan: '12.60', cashYuan: '0' },
    })
    expect([code, result?.ok]).toEqual([0, true])
    const { settlements } = await readProvinceBooks(province)
    expect(settlements.map(({ state, totalFen, accountFen, msgid }) => [state, totalFen, accountFen, msgid])).toEqual([
      ['booked', 12_60, 12_60, result?.story.find((item) => item.event === 'settle-asked')?.messageId],
    ])
  })

  test('sells self-paid, split by the tablet', async () => {
    const { code, result } = await sell({
      items: [{ drugId: 'P0283', quantity: 12, split: true }],
      scans: [{ code: packCode(283, 1, 1), answer: 'open-pack' }],
      tenders: [{ method: 'wechat' }],
    })
    expect([code, result?.status, result?.tenders.map((tender) => [tender.method, tender.amountFen])]).toEqual([0, 'closed', [['wechat', 84]]])
  })

  test('returns what it sold when the script says so', async () => {
    const { code, result } = await sell({ credential: VOUCHER, scans: [{ code: packCode(375, 1, 5) }], returnReason: '验收：整单退货' })
    expect([code, result?.status, result?.receipt?.kind]).toEqual([0, 'returned', 'return'])
    expect(result?.uploads.map((item) => `${item.kind} ${item.status}`).toSorted()).toEqual(['upload-return done', 'upload-sale done'])
  })

  test('ends with 1 and the platform’s words when the sale is refused, and voids it', async () => {
    const code = packCode(39, 1, 4)
    const refused = await sell({ credential: VOUCHER, scans: [{ code }] })
    expect([refused.code, refused.result?.status, refused.result?.problem?.code]).toEqual([1, 'voided', 'platform.refused'])
    expect(refused.complained).toContain('超过最高限价')
    const expected = await sell({ credential: VOUCHER, scans: [{ code }], expect: { problem: 'platform.refused' } })
    expect([expected.code, expected.result?.ok]).toEqual([0, true])
  })

  test('ends with 1 when the figures are other than expected', async () => {
    const { code, result } = await sell({ scans: [{ code: packCode(376, 1, 6) }], expect: { cashYuan: '15.79' } })
    expect([code, result?.status, result?.differences]).toEqual([1, 'closed', [{ what: 'cashYuan', expected: 15_79, actual: 15_80 }]])
  })

  test('stops at a scan that is refused, unless the script expects just that', async () => {
    const sold = packCode(10, 1, 4)
    const stopped = await sell({ scans: [{ code: sold }, { code: packCode(376, 1, 7) }] })
    expect([stopped.code, stopped.result?.status, stopped.result?.verdicts.map((verdict) => verdict.reason)]).toEqual([1, 'voided', ['sold-here']])
    const foreseen = await sell({ scans: [{ code: sold, expect: { outcome: 'refuse', reason: 'sold-here' } }, { code: packCode(376, 1, 7) }] })
    expect([foreseen.code, foreseen.result?.status]).toEqual([0, 'closed'])
    const otherwise = await sell({ scans: [{ code: sold, expect: { reason: 'sold-elsewhere' } }] })
    expect(otherwise.code).toBe(1)
  })

  test('names the drugs when a search finds more than one', async () => {
    const { code, result } = await sell({ items: [{ search: '布洛芬' }] })
    expect([code, result?.problem?.code]).toEqual([1, 'script.invalid'])
    expect(String(result?.problem?.detail['problem'])).toContain('P0283')
  })

  test('asks again after a lost answer, and says that the sale was reversed', async () => {
    province.setFaults([{ infno: '2102', count: 1, action: { kind: 'lose-answer-after-booking' } }])
    const { code, result } = await sell({ credential: VOUCHER, scans: [{ code: packCode(214, 1, 4) }] })
    province.setFaults([])
    expect([code, result?.status, result?.problem?.code]).toEqual([1, 'reversed', 'settlement.unknown'])
  })

  test('takes the PIN from the environment, never from the command line', async () => {
    const wrong = await sell({}, { environment: { YAOGUI_PIN: '0000' } })
    expect([wrong.code, wrong.result]).toEqual([2, null])
    const unknown = await sell({}, { args: ['--staff', '4711'] })
    expect([unknown.code, unknown.complained]).toEqual([2, expect.stringContaining('YAOGUI_PIN')])
  })

  test('a script that is none, or a file that is not there, is a wrong call', async () => {
    expect((await sell({ scan: [] })).code).toBe(2)
    writeFileSync(path.join(folder, 'broken.json'), '{"scans":')
    for (const file of ['broken.json', 'missing.json']) {
      const terminal = hearingTerminal({ standsIn: folder })
      expect([await runCli(['sell', file], terminal), terminal.said()]).toEqual([2, ''])
    }
  })

  test('leaves a shop alone in which a till is open', async () => {
    const till = await openShop({
      dataFolder: path.join(folder, 'shop'),
      profile: loadProfile(shippedProfileFile('practice')),
      demoShop: false,
      outboxEveryMs: null,
    })
    try {
      const { code, complained } = await sell({ scans: [] })
      expect([code, complained]).toEqual([3, expect.stringContaining('database.locked')])
    } finally {
      await till.close()
    }
  })
})
