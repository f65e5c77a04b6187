import { expect, test } from 'vitest'
import type { Outcome } from '../../../electron/core/platform/client.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import type { LimitsSection } from '../../../electron/core/platform/profile-sections/limits.ts'
import { fillBacklog } from '../../support/backlog.ts'
import { lost, offline } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const limited = (limits: Partial<ReturnType<typeof LimitsSection.parse>>) => {
  const profile = loadProfile(shippedProfileFile('practice'))
  return { ...profile, limits: { ...profile.limits, ...limits } }
}
const status = (till: Till) => till.client.query('system.getStatus', {})
const soon = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 5) })
const until = async (true_: () => boolean): Promise<void> => { for (let n = 0; n < 400 && !true_(); n += 1) await soon() }

test('so many uploads are on their way at once as the profile says, and a backlog goes through them all', async () => {
  const till = await openTill({ profile: limited({ inFlight: 3 }) })
  fillBacklog(till.db, { rows: 40, at: till.clock.now })
  let there = 0
  let most = 0
  till.platform.will('3505', ...Array.from({ length: 40 }, () => async (usual: () => Outcome<unknown>) => {
    there += 1
    most = Math.max(most, there)
    await soon()
    there -= 1
    return usual()
  }))
  expect(await till.outbox()).toEqual({ done: 40, waiting: 0, parked: 0 })
  expect(most).toBe(3)
  expect((await status(till)).outbox).toMatchObject({ waiting: 0, breaker: { state: 'closed' }, perHour: expect.any(Number) })
})

test('a platform that does not answer is left alone after some failures, tried with one row, and the first answer lets all go', async () => {
  const till = await openTill({ profile: limited({ inFlight: 4 }) })
  fillBacklog(till.db, { rows: 30, at: till.clock.now })
  till.platform.down(true)
  await till.outbox()
  // Down before anything was sent: nobody asked thirty times.
  const tried = () => till.db.prepare('select sum(attempts) from outbox').pluck().get() as number
  expect(tried()).toBeLessThan(20)
  const report = (await status(till)).outbox.breaker
  expect(report).toMatchObject({ state: 'open', since: till.clock.now, code: 'platform.offline' })
  expect(report.nextTryAt).toBeGreaterThan(till.clock.now)
  const before = tried()
  await till.core.outbox.run()
  expect(tried()).toBe(before)
  // Its time has come: one row and no more.
  till.clock.now = report.nextTryAt ?? 0
  await till.core.outbox.run()
  expect(tried()).toBe(before + 1)
  till.platform.down(false)
  expect(await till.outbox()).toEqual({ done: 30, waiting: 0, parked: 0 })
  expect((await status(till)).outbox.breaker).toEqual({ state: 'closed', since: null, nextTryAt: null, code: null })
})

test('a row that the platform refuses is an answer: nothing is left alone for it', async () => {
  const till = await openTill({ profile: limited({ breaker: { opensAfter: 2, firstTryAfterMs: 5_000, longestPauseMs: 60_000 } }) })
  fillBacklog(till.db, { rows: 12, at: till.clock.now })
  till.platform.will('3505', ...Array.from({ length: 6 }, () => ({ kind: 'refused', code: 'upload.row-refused', detail: { infno: '3505', text: '批号' }, raw: new Uint8Array([123, 125]) }) as const))
  expect(await till.outbox()).toEqual({ done: 6, waiting: 0, parked: 6 })
  expect((await status(till)).outbox.breaker.state).toBe('closed')
})

test('a reversal does not wait for uploads that hang on every line', async () => {
  const till = await openTill({ profile: limited({ inFlight: 2 }) })
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.quote(sale)
  fillBacklog(till.db, { rows: 20, at: till.clock.now - 1_000 })
  const release = [till.platform.keepWaiting('3505'), till.platform.keepWaiting('3505')]
  const running = till.core.outbox.run()
  await until(() => till.platform.count('3505') === 2)
  till.platform.will('2102', lost())
  await till.settle(sale)
  void till.core.outbox.run()
  await until(() => till.platform.count('2601') === 1)
  expect([till.platform.count('2601'), till.platform.count('3505')]).toEqual([1, 2])
  for (const go of release) go()
  await running
  expect((await till.get(sale)).settlementState).toBe('reversed')
})

test('a person and a trial are asked while every line is taken by uploads', async () => {
  const till = await openTill({ profile: limited({ inFlight: 2 }) })
  fillBacklog(till.db, { rows: 20, at: till.clock.now })
  const release = [till.platform.keepWaiting('3505'), till.platform.keepWaiting('3505')]
  const running = till.core.outbox.run()
  await until(() => till.platform.count('3505') === 2)
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.quote(sale)
  expect((await till.settle(sale)).status).toBe('due')
  expect(till.platform.count('3505')).toBe(2)
  for (const go of release) go()
  await running
})

test('a rate is kept, and what it does not let through waits', async () => {
  const till = await openTill({ profile: limited({ rates: { 3505: { perSecond: 2, burst: 5 } } }) })
  fillBacklog(till.db, { rows: 12, at: till.clock.now })
  await till.outbox()
  expect(till.platform.count('3505')).toBe(5)
  till.clock.now += 1_000
  await till.outbox()
  expect(till.platform.count('3505')).toBe(7)
  till.clock.now += 60_000
  await till.outbox()
  expect(till.platform.count('3505')).toBe(12)
})

test('what came back lost while others wait for their turn is not sent into a platform that is left alone', async () => {
  const till = await openTill({ profile: limited({ inFlight: 2, breaker: { opensAfter: 2, firstTryAfterMs: 5_000, longestPauseMs: 60_000 } }) })
  fillBacklog(till.db, { rows: 10, at: till.clock.now })
  till.platform.will('3505', lost(), lost(), ...Array.from({ length: 8 }, () => offline()))
  await till.core.outbox.run()
  expect(till.platform.count('3505')).toBeLessThanOrEqual(4)
  expect((await status(till)).outbox).toMatchObject({ waiting: 10, breaker: { state: 'open', code: expect.stringMatching(/timeout|offline/) } })
})

test('what was sent for a row is found from it, covered, and uncovered only for a manager', async () => {
  const till = await openTill()
  await till.sell(codeOf('amoxicillin', 1))
  await till.outbox()
  const [item] = await till.client.query('outbox.listItems', { statuses: ['done'] })
  expect(item?.messageId).toMatch(/^P99999900001\d{18}$/)
  const messageId = item?.messageId ?? ''
  expect(await till.client.query('message.getMasked', { messageId })).toMatchObject({ messageId, infno: '3505', outcome: 'answered', masked: true, cut: false })
  expect(await till.refusal('message.reveal', { messageId, reason: '核对' })).toMatchObject({ code: 'session.forbidden' })
  const manager = await till.window('M1')
  expect(await manager.command('message.reveal', { messageId, reason: '核对' })).toMatchObject({ masked: false })
  const { rows } = await manager.query('audit.listRows', { limit: 5 })
  expect(rows.some((row) => row.action === 'message.reveal' && row.outcome === 'ok' && row.staffId === 'M1')).toBe(true)
  expect(till.db.prepare(`select count(*) from command_answer where name = 'message.reveal'`).pluck().get()).toBe(0)
})

test('rows that cannot even be claimed are said once a run, and go when there is room again', async () => {
  const till = await openTill({ profile: limited({ inFlight: 8 }) })
  fillBacklog(till.db, { rows: 20, at: till.clock.now })
  till.db.exec(`create trigger full_disk before update of status on outbox when new.status = 'leased' begin select raise(abort, 'no room'); end`)
  expect(await till.outbox()).toMatchObject({ done: 0, waiting: 20 })
  expect(till.log.filter((line) => line.includes('outbox run failed'))).toHaveLength(1)
  till.db.exec('drop trigger full_disk')
  expect(await till.outbox()).toMatchObject({ done: 20, waiting: 0 })
})
