import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { FaultPlan } from '../../../electron/practice/fault-plan.ts'
import type { PracticeProfileInput } from '../../../electron/practice/profile.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import { fillBacklog } from '../../support/backlog.ts'
import { NINE_OCLOCK } from '../../support/database.ts'
import { copyTemplate, makeTemplate, openRealTill, testProfile } from '../../support/real-till.ts'

/** A till that sends ten rows a message, a province, and so many sales to tell of. */
const open = async (rows: number, province: PracticeProfileInput = {}, faults: FaultPlan = {}) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'yaogui-batches-'))
  const now = { at: NINE_OCLOCK }
  const practice = await startPractice({ port: 0, clock: () => now.at, profile: province, faults })
  copyTemplate(makeTemplate(mkdtempSync(path.join(folder, 'template-')), () => NINE_OCLOCK, 2), folder)
  const testing = testProfile(practice, 400)
  const till = openRealTill({ folder, clock: () => now.at, profile: { ...testing, limits: { ...testing.limits, batchRows: 10 } } })
  const keys = fillBacklog(till.db, { rows, at: NINE_OCLOCK })
  onTestFinished(async () => {
    await till.close()
    await practice.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const asked = (infno: string): number => practice.books.messages().filter((message) => message.infno === infno).length
  const states = (): Record<string, number> => Object.fromEntries((till.db.prepare('select status, count(*) as n from outbox group by status').all() as { status: string; n: number }[]).map(({ status, n }) => [status, n]))
  const told = (): readonly string[] => practice.books.saleUploads().map((sale) => sale.rowKey).toSorted()
  return { till, practice, now, keys, asked, states, told, run: () => till.core.outbox.run('hurry') }
}

test('rows of different sales go in one message, each booked and each stored as told', async () => {
  const { run, asked, states, told, keys, till } = await open(25)
  await run()
  expect([asked('3505A'), asked('3505')]).toEqual([3, 0])
  expect(states()).toEqual({ done: 25 })
  expect(told()).toEqual(keys.toSorted())
  // The message is about no one sale; from each row it is found.
  expect(till.db.prepare(`select count(*) from platform_message where infno = '3505A' and sale_id is null`).pluck().get()).toBe(3)
  expect(till.db.prepare(`select count(distinct last_message_id) from outbox join platform_message on message_id = last_message_id`).pluck().get()).toBe(3)
})

test('one row that is wrong is parked with its own words, the others of its message are told', async () => {
  const { run, states, told, till, asked } = await open(10)
  till.db.exec(`update drug set national_code = 'XNOSUCHCODE00000000' where drug_id = (select drug_id from sale_line where line_id = (select payload ->> 'lineId' from outbox limit 1))`)
  await run()
  expect(asked('3505A')).toBe(1)
  expect(states()).toEqual({ done: 7, parked: 3 })
  expect(told()).toHaveLength(7)
  const parked = await till.client.query('outbox.listItems', { statuses: ['parked'] })
  expect(parked[0]).toMatchObject({ repair: 'retry', error: { code: 'upload.row-refused', detail: { text: expect.stringContaining('在医保目录中不存在') } } })
})

test('a province that takes all rows or none is asked row by row, and only the wrong one stays', async () => {
  const { run, states, till, asked } = await open(10, { batchUploads: 'all-or-none' })
  till.db.exec(`update lot set manufactured_on = '2026-11-30' where lot_id = (select lot_id from sale_line where line_id = (select payload ->> 'lineId' from outbox limit 1))`)
  await run()
  expect(asked('3505A')).toBe(1)
  expect(asked('3505')).toBe(10)
  expect(states()).toEqual({ done: 7, parked: 3 })
})

test('a message whose answer was lost is asked again, and every row of it is known already: told once', async () => {
  const { run, states, told, keys, now, practice } = await open(10, {}, { rules: [{ infno: '3505A', nth: 1, action: { kind: 'lose-answer-after-booking', how: 'destroy' } }] })
  await run()
  expect(states()).toEqual({ pending: 10 })
  expect(told()).toHaveLength(10)
  now.at += 60_000
  await run()
  expect(states()).toEqual({ done: 10 })
  expect(told()).toEqual(keys.toSorted())
  expect(practice.books.flags()).toEqual([])
})

test('a message that is refused as a whole, or too long for the province, is sent row by row', async () => {
  const { run, states, asked } = await open(10, { batchRows: 5 })
  await run()
  expect([asked('3505A'), asked('3505')]).toEqual([1, 10])
  expect(states()).toEqual({ done: 10 })
})

test('a row without a manufacture date is parked alone and keeps nobody', async () => {
  const { run, states, till } = await open(10)
  till.db.exec(`update lot set manufactured_on = null where lot_id = (select lot_id from sale_line where line_id = (select payload ->> 'lineId' from outbox limit 1))`)
  await run()
  expect(states()).toEqual({ done: 7, parked: 3 })
  const [parked] = await till.client.query('outbox.listItems', { statuses: ['parked'] })
  expect(parked).toMatchObject({ repair: 'lot-manufactured-on', messageId: null })
})
