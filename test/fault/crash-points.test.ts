import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CrashPoint } from '../../electron/core/crash-points.ts'
import { CRASH_POINTS } from '../../electron/core/crash-points.ts'
import { databaseFile } from '../../electron/core/core.ts'
import { openForReading } from '../../electron/core/db/open-database.ts'
import { startPractice } from '../../electron/practice/server.ts'
import { compareBooks, openingOf } from '../support/compare-books.ts'
import { copyTemplate, makeTemplate, TEST_KEY } from '../support/real-till.ts'
import { runTill } from './support/run-till.ts'

/** A second time where the same point means another thing: another tender, another kind of upload, the settlement whose answer is lost. */
const LATER: Partial<Record<CrashPoint, readonly number[]>> = {
  'scan:before-commit': [4],
  'scan:after-commit': [6],
  'tender:before-commit': [2],
  'tender:after-commit': [2],
  'settle:intent-committed': [2, 3],
  'settle:answer-received': [2, 3],
  'settle:answer-in-transaction': [2],
  'settle:answer-committed': [2],
  'upload:leased': [2, 5],
  'upload:answer-received': [2, 5, 8],
  'upload:answer-committed': [5],
}
const CASES = CRASH_POINTS.flatMap((point) => [1, ...(LATER[point] ?? [])].map((nth) => [point, nth] as const))

let folder = ''
let template = ''
const table: string[] = []
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'yaogui-crash-'))
  template = makeTemplate(folder, Date.now, 6)
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  console.log(`crash points (${table.length} kills)\n${table.join('\n')}`)
})

const statuses = (db: ReturnType<typeof openForReading>): string =>
  (
    db.prepare(`select status || '/' || coalesce(state, '-') from sale left join settlement using (sale_id) order by receipt_number`).pluck().all() as string[]
  ).join(' ')

test('the script passes every crash point', async () => {
  const own = mkdtempSync(path.join(folder, 'all-'))
  copyTemplate(template, own)
  const practice = await startPractice({
    port: 0,
    faults: { rules: [{ infno: '2102', nth: 2, action: { kind: 'lose-answer-after-booking', how: 'destroy' } }] },
  })
  try {
    const run = runTill({ folder: own, url: practice.url, localServiceUrl: practice.localServiceUrl, do: 'play' })
    expect(await run.ended, JSON.stringify(run.said)).toEqual({ code: 0, signal: null })
    const { reached } = (await run.until('reached')) as { reached: Record<string, number> }
    expect(Object.keys(reached).toSorted()).toEqual([...CRASH_POINTS].toSorted())
    for (const [point, nth] of CASES) expect(reached[point], point).toBeGreaterThanOrEqual(nth)
  } finally {
    await practice.close()
  }
})

test.each(CASES)('killed at %s, time %i: after a restart the books agree', async (point, nth) => {
  const own = mkdtempSync(path.join(folder, 'run-'))
  copyTemplate(template, own)
  const practice = await startPractice({
    port: 0,
    faults: { rules: [{ infno: '2102', nth: 2, action: { kind: 'lose-answer-after-booking', how: 'destroy' } }] },
  })
  try {
    const to = { folder: own, url: practice.url, localServiceUrl: practice.localServiceUrl }
    const killed = runTill({ ...to, do: 'play', nth }, point)
    expect(await killed.ended, `the point must be reached: ${JSON.stringify(killed.said)}`).toEqual({ code: null, signal: 'SIGKILL' })
    const step = String(killed.said.findLast((line) => 'step' in line)?.['step'] ?? '')
    practice.setFaults({})
    const dead = openForReading(databaseFile(own), TEST_KEY)
    const opening = openingOf(dead)
    const before = statuses(dead)
    dead.close()
    const finish = runTill({ ...to, do: 'finish' })
    expect(await finish.ended, JSON.stringify(finish.said)).toEqual({ code: 0, signal: null })
    expect(await finish.until('finished')).toEqual({ finished: true })
    const after = openForReading(databaseFile(own), TEST_KEY)
    const wrong = compareBooks(after, practice.books, opening)
    table.push(`${wrong.length === 0 ? 'ok  ' : 'FAIL'} ${point.padEnd(28)} ${nth}  during ${step.padEnd(16)} ${before}  →  ${statuses(after)}`)
    after.close()
    expect(wrong).toEqual([])
  } finally {
    await practice.close()
  }
})
