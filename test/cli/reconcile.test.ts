import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPracticeProcess } from '../../electron/cli/practice-process.ts'
import type { PracticeProcess } from '../../electron/cli/practice-process.ts'
import { runCli } from '../../electron/cli/program.ts'
import type { Instant, ReconcileDayView } from '../../electron/contract/index.ts'
import { packCode } from '../../electron/core/demo-shop/demo-codes.ts'
import { addDays, businessDate } from '../../electron/domain/calendar.ts'
import { practicePeople } from '../../electron/practice/people.ts'
import { hearingTerminal } from './support/terminal.ts'

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

const today = (): string => businessDate(Date.now() as Instant)
const sell = (code: string): Promise<number> => {
  const person = practicePeople()[0]!
  const script = { credential: { kind: 'id-card', idNumber: person.idNumber, name: person.name }, scans: [{ code }], expect: {} }
  return runCli(['sell', '-', '--data', 'shop', '--demo-shop', '--platform', province.url, '--local-service', province.localServiceUrl], hearingTerminal({ standsIn: folder, input: JSON.stringify(script) }))
}
const reconcile = async (...args: string[]): Promise<{ code: number; view: ReconcileDayView | null; complained: string }> => {
  const terminal = hearingTerminal({ standsIn: folder })
  const code = await runCli(['reconcile', ...args, '--data', 'shop'], terminal)
  return { code, view: terminal.said() === '' ? null : (JSON.parse(terminal.said()) as ReconcileDayView), complained: terminal.complained() }
}

test('a day that balances, one that differs, and what was found last', async () => {
  await sell(packCode(214, 1, 1))
  const first = await reconcile(today(), '--platform', province.url)
  expect({ code: first.code, state: first.view?.day.state, groups: first.view?.groups.map(({ refund, count }) => [refund, count]) }).toEqual({ code: 0, state: 'balanced', groups: [[false, 1], [true, 0]] })
  expect(first.complained).toContain('没有差异')

  province.setFaults([{ infno: '2102', count: 1, action: { kind: 'lose-answer-after-booking', how: 'destroy' } }, { infno: '2601', action: { kind: 'refuse', text: '不允许冲正', infcode: -1 } }])
  await sell(packCode(214, 1, 2))
  province.setFaults([])
  const second = await reconcile(today(), '--platform', province.url, '--lang', 'en')
  expect(second.code).toBe(1)
  expect(second.view).toMatchObject({ day: { state: 'differs', openDifferences: 1 }, differences: [{ kind: 'settle-booked', cures: ['book-here', 'by-hand'] }] })
  expect(second.complained).toContain('Booked there')

  const shown = await reconcile(today(), '--show')
  expect(shown).toMatchObject({ code: 1, view: { differences: [{ kind: 'settle-booked' }] } })
})

test('a province that cannot be reached makes a failed day, with its sentence and exit code 1', async () => {
  const { code, view, complained } = await reconcile(addDays(today() as never, -1), '--platform', 'http://127.0.0.1:9/csb')
  expect({ code, state: view?.day.state }).toEqual({ code: 1, state: 'failed' })
  expect(complained.trim().split('\n').length).toBeGreaterThan(1)
})

test('a date that is none, and a shop that is none, are wrong calls', async () => {
  expect((await reconcile('2026-02-30')).code).toBe(2)
  expect(await runCli(['reconcile', '--data', 'nowhere'], hearingTerminal({ standsIn: folder }))).toBe(2)
})
