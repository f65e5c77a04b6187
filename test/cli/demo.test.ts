import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { shopDay } from '../../electron/cli/demo/day.ts'
import { runDemo } from '../../electron/cli/demo/demo-command.ts'
import type { DemoOptions } from '../../electron/cli/demo/demo-command.ts'
import { startSale } from '../../electron/cli/demo/counter.ts'
import type { Step } from '../../electron/cli/demo/stage.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { hearingTerminal } from './support/terminal.ts'

const MAIN = path.join(import.meta.dirname, '../../electron/cli/main.ts')

interface Day {
  readonly ok: boolean
  readonly steps: readonly {
    readonly id: string
    readonly ok: boolean
    readonly checks: readonly { readonly what: string; readonly ok: boolean }[]
    readonly broken: string | null
  }[]
  readonly receipts: readonly string[]
}

const run = (args: readonly string[]): Promise<{ code: number | null; out: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
    child.on('close', (code) => resolve({ code, out }))
  })

/** Everything that a day must contain. */
const MUST = [
  'open-shift',
  'insured-two-packs',
  'insured-mixed-lines',
  'chronic-purchase',
  'self-paid',
  'repeats',
  'wrong-goods',
  'wrong-step',
  'virtual-codes',
  'split-pack',
  'hold-and-recall',
  'cartons',
  'links',
  'uncoded',
  'one-pack',
  'answer-lost-after-booking',
  'answer-lost-before-booking',
  'answer-delayed',
  'refused-balance',
  'refused-limit-price',
  'refused-sold-elsewhere',
  'line-down',
  'line-back',
  'upload-row-refused',
  'upload-held-back',
  'return-insured',
  'return-self-paid',
  'cancel-answer-lost',
  'close-shift',
  'reconcile-totals',
  'compare-books',
  'audit-chain',
]

describe('npm run demo', () => {
  test('plays the whole day, ends with 0, and leaves receipts and a machine-readable day', { timeout: 120_000 }, async () => {
    const folder = temporaryFolder()
    const receipts = path.join(folder, 'receipts')
    const { code, out } = await run(['demo', '--json', path.join(folder, 'day.json'), '--receipts', receipts, '--seed', '3'])
    expect(out.split('\n').filter((line) => line.includes('✗'))).toEqual([])
    expect(code).toBe(0)
    const day = JSON.parse(readFileSync(path.join(folder, 'day.json'), 'utf8')) as Day
    expect([day.ok, day.steps.map((step) => step.id)]).toEqual([true, MUST])
    expect(day.steps.every((step) => step.checks.length > 0)).toBe(true)
    const files = readdirSync(receipts)
    for (const width of ['58', '80'])
      for (const kind of ['svg', 'bin']) expect(files.filter((file) => file.endsWith(`-${width}.${kind}`)).length).toBeGreaterThanOrEqual(7)
    expect(readFileSync(day.receipts.find((file) => file.endsWith('.svg')) ?? '', 'utf8')).toMatch(/^<svg[\s\S]*<\/svg>\n$/)
    // Nobody's name, ID or voucher in what a demo leaves behind.
    for (const secret of ['张三', '王芳', '99999919', '4242026000']) expect(out + JSON.stringify(day), secret).not.toContain(secret)
  })
})

const [openShift, twoPacks] = shopDay
const play = async (steps: readonly Step[], options: Partial<DemoOptions> = {}): Promise<{ code: number; said: string; folder: string }> => {
  const folder = temporaryFolder()
  const terminal = hearingTerminal({ standsIn: folder })
  const code = await runDemo(terminal, { seed: 1, keep: false, lang: 'zh', receipts: 'receipts', json: 'day.json', ...options }, steps)
  return { code, said: terminal.said(), folder }
}
const step = (id: string, run: Step['run']): Step => ({ id, title: [id, id], run })

describe('a demo that must fail', () => {
  test('ends with 1 and shows what was expected and what was found when the money is off by one fen', { timeout: 60_000 }, async () => {
    if (openShift === undefined || twoPacks === undefined) throw new Error('the day begins with these')
    const sabotaged = step('sabotaged', async (stage) => {
      await twoPacks.run({ ...stage, expect: (what, actual, expected) => stage.expect(what, actual, what === 'settled.accountFen' ? 25_21 : expected) })
    })
    const { code, said, folder } = await play([openShift, sabotaged])
    expect(code).toBe(1)
    expect(said).toContain('settled.accountFen：应为 2521，实为 2520')
    expect((JSON.parse(readFileSync(path.join(folder, 'day.json'), 'utf8')) as Day).steps.map((played) => [played.id, played.ok])).toEqual([
      ['open-shift', true],
      ['sabotaged', false],
    ])
  })

  test('ends with 1 when a step cannot be played to its end, or checks nothing', { timeout: 60_000 }, async () => {
    const thrown = await play(
      [
        step('throws', async (stage) => {
          stage.expect('so far', 1, 1)
          const hand = await startSale(stage)
          await hand.take('cash', 1)
        }),
      ],
      { lang: 'en' },
    )
    expect(thrown.code).toBe(1)
    expect(thrown.said).toMatch(/not played to its end: shift\.none-open/)
    const idle = await play([step('idle', () => Promise.resolve())])
    expect(idle.code).toBe(1)
  })

  test('leaves nothing behind unless told to keep it', { timeout: 60_000 }, async () => {
    const kept = await play([step('one', async (stage) => stage.expect('one', 1, 1))], { keep: true })
    const folder = /保留在：(.+)\n/.exec(kept.said)?.[1] ?? ''
    expect(existsSync(path.join(folder, 'shop', 'yaogui.db'))).toBe(true)
    const { rmSync } = await import('node:fs')
    rmSync(folder, { recursive: true })
    const gone = await play([step('one', async (stage) => stage.expect('one', 1, 1))])
    expect(gone.said).not.toContain('保留在')
  })
})
