import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { CrashPoint } from '../../electron/core/crash-points.ts'
import type { FaultPlan } from '../../electron/practice/fault-plan.ts'
import { startPractice } from '../../electron/practice/server.ts'
import { eventNumber } from '../../electron/core/trace/ledger-codes.ts'
import { fillBacklog } from '../support/backlog.ts'
import { NINE_OCLOCK } from '../support/database.ts'
import { repair } from '../support/finish-day.ts'
import type { RealTill } from '../support/real-till.ts'
import { copyTemplate, makeTemplate, openRealTill, testProfile } from '../support/real-till.ts'

const ROWS = Number(process.env['YAOGUI_UPLOADS'] ?? 10_000)
const SEED = Number(process.env['YAOGUI_SEED'] ?? Math.floor(Math.random() * 1_000_000))
const PLUGS = 3

/** About one message in ten goes wrong. */
const plan = (seed: number): FaultPlan => ({
  rules: [
    { infno: '*', probability: 0.02, seed, action: { kind: 'lose-answer-after-booking', how: 'destroy' } },
    { infno: '*', probability: 0.02, seed: seed + 1, action: { kind: 'lose-before-booking', how: 'destroy' } },
    { infno: '*', probability: 0.01, seed: seed + 2, action: { kind: 'http-status', status: 502, when: 'before' } },
    { infno: '*', probability: 0.01, seed: seed + 3, action: { kind: 'http-status', status: 504, when: 'after' } },
    { infno: '*', probability: 0.01, seed: seed + 4, action: { kind: 'garble', how: 'truncated', when: 'after' } },
    { infno: '*', probability: 0.01, seed: seed + 5, action: { kind: 'duplicate-delivery', answer: 'second' } },
    { infno: '*', probability: 0.01, seed: seed + 6, action: { kind: 'delay', ms: 25, when: 'before' } },
    { infno: '*', probability: 0.005, seed: seed + 7, action: { kind: 'delay', ms: 400, when: 'after' } },
    { infno: '*', probability: 0.005, seed: seed + 8, action: { kind: 'gateway', which: 'signature' } },
    { infno: '3505', probability: 0.005, seed: seed + 9, action: { kind: 'row-refused', text: '练习行级拒绝' } },
    { infno: '3505A', probability: 0.05, seed: seed + 9, action: { kind: 'refuse', text: '练习整批拒绝', infcode: -1 } },
    { infno: '*', probability: 0.0005, seed: seed + 10, action: { kind: 'down', seconds: 0.3 } },
  ],
})

const upload = async (batchRows: number): Promise<void> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'yaogui-uploads-'))
  const now = { at: NINE_OCLOCK }
  const practice = await startPractice({ port: 0, clock: () => now.at, faults: plan(SEED) })
  const testing = testProfile(practice, 300)
  const profile = { ...testing, limits: { ...testing.limits, batchRows } }
  copyTemplate(makeTemplate(mkdtempSync(path.join(folder, 'template-')), () => NINE_OCLOCK, 2), folder)
  // The plug is pulled at a step of some upload, when so many of them have passed.
  const pulls: { readonly after: number; readonly at: CrashPoint }[] = (['upload:answer-received', 'upload:leased', 'upload:answer-committed'] as const)
    .slice(0, PLUGS).map((at, nth) => ({ at, after: Math.floor(((nth + 1) * ROWS) / batchRows / (PLUGS + 2)) }))
  let passed = 0
  const open = (): RealTill => {
    const till = openRealTill({
      folder, profile, clock: () => now.at,
      reach: (point) => {
        if (point === 'upload:leased') passed += 1
        const [next] = pulls
        if (next === undefined || point !== next.at || passed < next.after) return
        pulls.shift()
        till.pullPlug()
      },
    })
    return till
  }
  let till = open()
  try {
    const keys = fillBacklog(till.db, { rows: ROWS, at: NINE_OCLOCK })
    const left = (): number => till.db.prepare(`select count(*) from outbox where status <> 'done'`).pluck().get() as number
    for (let round = 0; round < 400 && (till.isDead() || left() > 0); round += 1) {
      if (till.isDead()) {
        await till.close()
        till = open()
      }
      // A clock that jumps, forward and back.
      now.at += round % 7 === 3 ? -30_000 : 60_000
      const before = till.isDead() ? null : left()
      await till.core.outbox.run('hurry')
      // The platform is down by its own clock, which no jump of ours makes go faster.
      if (!till.isDead() && left() === before) await sleep(20)
      if (!till.isDead() && round % 3 === 2) await repair(till)
    }
    expect(pulls).toEqual([])
    expect(left()).toBe(0)
    const told = practice.books.saleUploads()
    expect(told.map((sale) => sale.rowKey).toSorted()).toEqual(keys.toSorted())
    expect(new Set(told.flatMap((sale) => sale.codes)).size).toBe(ROWS)
    // Once in the pack's history, with the row's end, however often it was sent.
    expect(till.db.prepare(`select count(*) from pack_event where kind = ${eventNumber('uploaded')}`).pluck().get()).toBe(ROWS)
    expect(till.db.prepare(`select sum(attempts) > count(*) from outbox`).pluck().get()).toBe(1)
    expect(till.db.prepare(`select count(*) from outbox where waits_for is not null or leased_until is not null`).pluck().get()).toBe(0)
  } finally {
    await till.close()
    await practice.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

test(`ten thousand uploads against a platform that loses, refuses, fails, delays and goes down, with the plug pulled: none lost, none doubled (seed ${SEED})`, () => upload(1), 900_000)
test(`the same in batches of twenty (seed ${SEED})`, () => upload(20), 900_000)
