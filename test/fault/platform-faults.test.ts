import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fen, isAppError } from '../../electron/contract/index.ts'
import type { FaultAction } from '../../electron/practice/fault-plan.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { startPractice } from '../../electron/practice/server.ts'
import { compareBooks, openingOf } from '../support/compare-books.ts'
import { NINE_OCLOCK } from '../support/database.ts'
import { finishDay } from '../support/finish-day.ts'
import type { RealTill } from '../support/real-till.ts'
import { copyTemplate, makeTemplate, openRealTill, testProfile } from '../support/real-till.ts'
import { playDay } from './support/scripted-day.ts'

const TIMEOUT_MS = 300
const FAULTS: readonly (readonly [string, FaultAction])[] = [
  ['slow, but in time', { kind: 'delay', ms: 60, when: 'before' }],
  ['slower than the till waits, booked later', { kind: 'delay', ms: 500, when: 'before' }],
  ['booked, answered too late', { kind: 'delay', ms: 500, when: 'after' }],
  ['gone before booking', { kind: 'lose-before-booking', how: 'destroy' }],
  ['gone after booking', { kind: 'lose-answer-after-booking', how: 'destroy' }],
  ['hanging after booking', { kind: 'lose-answer-after-booking', how: 'hang' }],
  ['twice, the first answer', { kind: 'duplicate-delivery', answer: 'first' }],
  ['twice, the second answer', { kind: 'duplicate-delivery', answer: 'second' }],
  ['half an answer', { kind: 'close-mid-body' }],
  ['half a JSON', { kind: 'garble', how: 'truncated', when: 'after' }],
  ["a proxy's page, booked", { kind: 'garble', how: 'html', when: 'after' }],
  ['nothing at all, not booked', { kind: 'garble', how: 'empty', when: 'before' }],
  ['502 before booking', { kind: 'http-status', status: 502, when: 'before' }],
  ['504 after booking', { kind: 'http-status', status: 504, when: 'after' }],
  ['figures that contradict themselves', { kind: 'contradictory-figures' }],
  ["another message's answer", { kind: 'wrong-refmsgid' }],
  ['refused', { kind: 'refuse', text: '练习拒绝', infcode: -1 }],
  ["refused with the platform's own time-out", { kind: 'refuse', text: '调用后台服务超时', infcode: -1 }],
  ['refused at the row', { kind: 'row-refused', text: '练习行级拒绝' }],
  ['a gateway without signature', { kind: 'gateway', which: 'signature' }],
  ['a sign-in that was forgotten', { kind: 'refuse', text: '未签到,请先签到', infcode: -1 }],
]

let folder = ''
let template = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'yaogui-platform-'))
  template = makeTemplate(folder, () => NINE_OCLOCK, 6)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Day {
  readonly till: RealTill
  readonly practice: Practice
  readonly now: { at: number; skew: number }
  readonly finish: () => Promise<readonly string[]>
}
const withDay = async (play: (day: Day) => Promise<void>): Promise<readonly string[]> => {
  const own = mkdtempSync(path.join(folder, 'run-'))
  copyTemplate(template, own)
  const now = { at: NINE_OCLOCK, skew: 0 }
  const practice = await startPractice({ port: 0, clock: () => now.at })
  const till = openRealTill({ folder: own, profile: testProfile(practice, TIMEOUT_MS), clock: () => now.at + now.skew })
  try {
    const opening = openingOf(till.db)
    const finish = async (): Promise<readonly string[]> => {
      practice.setFaults({})
      practice.setDown(null)
      now.skew = 0
      const messageOf = (saleId: string): string => till.db.prepare('select settle_message_id from settlement where sale_id = ?').pluck().get(saleId) as string
      const ended = await finishDay({
        client: till.client,
        manager: till.manager,
        passTime: (round) => {
          now.at += round < 10 ? 360_000 : 21_600_000
        },
        wasBooked: ({ saleId }) => practice.books.settlementOfMessage(messageOf(saleId))?.state === 'booked',
      })
      const totals = await till.client.command('reconcile.runTotals', { from: '2026-11-01' as never, to: '2026-12-31' as never })
      return [
        ...(ended ? [] : ['never ended']),
        ...compareBooks(till.db, practice.books, opening),
        ...totals.rows.filter((row) => !row.balanced).map((row) => `3201 ${row.explanation}`),
      ]
    }
    await play({ till, practice, now, finish })
    return await finish()
  } finally {
    await till.close()
    await practice.close()
  }
}
/** The script as far as it goes: a refusal ends it, a fault of core's own does not pass. */
const playAsFarAsItGoes = async ({ till, now }: Day): Promise<string> => {
  let step = ''
  await playDay(
    till.client,
    (name) => {
      step = name
    },
    () => {
      now.at += 360_000
    },
  ).catch((error: unknown) => {
    if (!isAppError(error) || error.code === 'rpc.internal') throw error
    step += `: ${error.code}`
  })
  return step
}

test.each(FAULTS)('each call once %s: the books agree', async (name, action) => {
  const seen: string[] = []
  for (const infno of ['2101', '2102', '2103', '2601', '3505', '3506', '9001'] as const) {
    const wrong = await withDay(async (day) => {
      // The second settlement is lost so that there is something to reverse.
      day.practice.setFaults({
        rules: [
          { infno, nth: 1, action },
          ...(infno === '2102' ? [] : [{ infno: '2102', nth: 2, action: { kind: 'lose-answer-after-booking', how: 'destroy' } as const }]),
        ],
      })
      const ended = await playAsFarAsItGoes(day)
      seen.push(`${infno} ${ended}`)
      if (action.kind === 'delay') await sleep(action.ms + 100)
    })
    expect(wrong, `${infno} ${name}`).toEqual([])
  }
  console.log(`${name}: ${seen.join(' · ')}`)
})

test('a line that is down for half the day: self-paid sales go on, the rest is refused, and all uploads follow', async () => {
  const wrong = await withDay(async (day) => {
    day.practice.setDown(3_600)
    expect(await playAsFarAsItGoes(day)).toMatch(/^insured: (person|platform)\./)
    expect(day.practice.books.saleUploads()).toEqual([])
    day.practice.setDown(null)
    day.now.at += 3 * 3_600_000
    await day.till.client.command('outbox.runNow', {})
    expect(day.practice.books.saleUploads().length).toBeGreaterThan(0)
  })
  expect(wrong).toEqual([])
})

test.each([
  ['two days ahead', 2 * 86_400_000],
  ['a day behind', -86_400_000],
  ['forty minutes ahead', 40 * 60_000],
  ['ten minutes behind', -600_000],
])('a till clock %s, set right later: nothing is sold twice, nothing is lost', async (_name, skew) => {
  const wrong = await withDay(async (day) => {
    day.now.skew = skew
    const ended = await playAsFarAsItGoes(day)
    // A clock that is far off is the gateway's refusal, said as such.
    if (Math.abs(skew) > 30 * 60_000) expect(ended).toMatch(/person\.not-cached|platform\.clock-skew|platform\.sign-in-failed/)
    day.now.skew = 0
    day.now.at += 3 * 86_400_000
  })
  expect(wrong).toEqual([])
})

test('a clock that jumps in the middle of everything: ahead while a settlement is on its way, back while its reversal waits', async () => {
  const wrong = await withDay(async ({ till, practice, now }) => {
    const { client } = till
    await client.command('shift.openShift', { floatFen: fen(0) })
    practice.setFaults({
      rules: [
        { infno: '2102', nth: 1, action: { kind: 'delay', ms: 150, when: 'after' } },
        { infno: '2102', nth: 2, action: { kind: 'lose-answer-after-booking', how: 'destroy' } },
        { infno: '2601', nth: 1, action: { kind: 'lose-before-booking', how: 'destroy' } },
      ],
    })
    const day = playDay(
      client,
      (step) => {
        if (step === 'insured')
          setTimeout(() => {
            now.skew = 1_200_000
          }, 60)
        if (step === 'insured return') now.skew = -1_200_000
      },
      () => {
        now.at += 60_000
      },
    )
    await day.catch((error: unknown) => expect(isAppError(error) && error.code !== 'rpc.internal', String(error)).toBe(true))
  })
  expect(wrong).toEqual([])
})
