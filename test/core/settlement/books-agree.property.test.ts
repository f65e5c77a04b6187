import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareBooks, openingOf } from '../../support/compare-books.ts'
import { NINE_OCLOCK } from '../../support/database.ts'
import { v7 } from 'uuid'
import { insertEntry } from '../../../electron/core/uncoded/uncoded-store.ts'
import { makeTemplate, openShopFile } from '../../support/real-till.ts'
import { drugIdOf } from '../../support/small-shop.ts'
import { receiveWithoutCodes } from '../../support/uncoded-stock.ts'
import type { PracticeProfileInput } from '../../../electron/practice/profile.ts'
import type { Action } from './books-agree/actions.ts'
import { day, PACKS_PER_LOT, province, UNCODED, UNCODED_PACKS } from './books-agree/actions.ts'
import { settleDown } from './books-agree/settle-down.ts'
import { noteFaults, openWorld } from './books-agree/world.ts'

// YAOGUI_PROPERTY_RUNS: how many days at most; YAOGUI_PROPERTY_SECONDS: how long at most; YAOGUI_PROPERTY_SEED and _PATH: the same again.
const number = (name: string, otherwise: number): number => Number(process.env[`YAOGUI_PROPERTY_${name}`] ?? otherwise)
const RUNS = number('RUNS', 400)
const SECONDS = number('SECONDS', 55)
const SEED = number('SEED', Date.now() % 2_147_483_647)

let folder = ''
let template = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'yaogui-template-'))
  template = makeTemplate(folder, () => NINE_OCLOCK, PACKS_PER_LOT)
  const db = openShopFile(folder, () => NINE_OCLOCK)
  for (const drug of UNCODED) {
    const lotId = receiveWithoutCodes(db, v7, drug, UNCODED_PACKS)
    insertEntry(db, { uncodedId: v7(), drugId: drugIdOf(drug), lotId, reason: 'bought-before', quantity: UNCODED_PACKS, evidence: 'test', at: NINE_OCLOCK as never, staffId: 'P1' })
  }
  db.pragma('wal_checkpoint(truncate)')
  db.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the days were like: a property over days on which nothing happened would say nothing. */
interface Seen {
  readonly sales: Record<string, number>
  readonly events: Record<string, number>
  readonly uncoded: Record<string, number>
  readonly crashes: Record<string, number>
}
const add = (to: Record<string, number>, more: Readonly<Record<string, number>>): void => {
  for (const [name, count] of Object.entries(more)) to[name] = (to[name] ?? 0) + count
}

/** One day, as wild as it likes; then everything settles, and both books must say the same. */
const playDay = async (steps: readonly (readonly Action[])[], variant: PracticeProfileInput): Promise<Seen> => {
  const world = await openWorld(template, variant)
  try {
    const opening = openingOf(world.till.db)
    for (const actions of steps) {
      await Promise.all(actions.map((action) => world.perform(action)))
      await world.revive()
    }
    const ended = await settleDown(world)
    noteFaults(world)
    const wrong = [...world.trouble, ...(ended ? [] : ['it never came to an end']), ...compareBooks(world.till.db, world.practice.books, opening)]
    const totals = await world.till.client.command('reconcile.runTotals', { from: '2026-11-19' as never, to: '2026-12-31' as never })
    for (const row of totals.rows) if (!row.balanced) wrong.push(`3201: ${row.explanation}`)
    if (totals.unconfirmed > 0) wrong.push(`${totals.unconfirmed} unconfirmed`)
    if (wrong.length > 0) throw new Error(`\n${wrong.join('\n')}`)
    const count = (sql: string): Record<string, number> => Object.fromEntries(world.till.db.prepare(sql).raw().all() as [string, number][])
    return {
      sales: count('select status, count(*) from sale group by status'),
      events: count('select event, count(*) from settlement_event group by event'),
      uncoded: count(`select status, sum(packs) from uncoded_use join sale_line using (line_id) join sale using (sale_id) group by status`),
      crashes: world.crashes,
    }
  } finally {
    await world.end()
  }
}

test(
  'whatever is done, lost, delayed, refused, garbled or killed: in the end till and province have the same money, packs and codes',
  async () => {
    const seen: Seen = { sales: {}, events: {}, uncoded: {}, crashes: {} }
    let days = 0
    const result = await fc.check(
      fc.asyncProperty(day, province, async (steps, variant) => {
        const one = await playDay(steps, variant)
        days += 1
        for (const part of ['sales', 'events', 'uncoded', 'crashes'] as const) add(seen[part], one[part])
      }),
      {
        numRuns: RUNS,
        seed: SEED,
        interruptAfterTimeLimit: SECONDS * 1_000,
        ...(process.env['YAOGUI_PROPERTY_PATH'] === undefined ? {} : { path: process.env['YAOGUI_PROPERTY_PATH'] }),
      },
    )
    console.log(`books agree: seed ${SEED}, ${days} days, ${JSON.stringify(seen)}`)
    if (result.failed && result.counterexample !== null) {
      throw new Error(
        `seed ${result.seed}, path ${String(result.counterexamplePath)}\n${String(result.errorInstance)}\n${JSON.stringify(result.counterexample[1])}\n${result.counterexample[0].map((step) => JSON.stringify(step)).join('\n')}`,
      )
    }
    expect(days).toBeGreaterThan(0)
    // On a machine so slow that few days were played, rare things may not have happened.
    if (days < 60) return
    for (const status of ['closed', 'returned', 'reversed', 'voided']) expect(seen.sales[status] ?? 0, `${status} sales in ${days} days`).toBeGreaterThan(0)
    for (const status of ['closed', 'returned']) expect(seen.uncoded[status] ?? 0, `uncoded packs in ${status} sales in ${days} days`).toBeGreaterThan(0)
    for (const event of ['settle-answered', 'settle-refused', 'settle-lost', 'reverse-accepted', 'cancel-accepted', 'orphaned'])
      expect(seen.events[event] ?? 0, `${event} in ${days} days`).toBeGreaterThan(0)
  },
  (SECONDS + 120) * 1_000,
)
