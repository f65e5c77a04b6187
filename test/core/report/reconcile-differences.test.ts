import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { BusinessDate, Instant, SaleId } from '../../../electron/contract/index.ts'
import { RECONCILE_POINTS } from '../../../electron/core/crash-points.ts'
import { dueDate, nextNight, runDue, startNightly } from '../../../electron/core/report/nightly.ts'
import { runReconciliation } from '../../../electron/core/report/run-reconciliation.ts'
import { startOfDay } from '../../../electron/domain/calendar.ts'
import { zipRows } from '../../../electron/practice/files.ts'
import { ANSWER_LOST, DAY, NEVER_ARRIVED, NO_REVERSAL, openNight } from './support/night.ts'
import type { Night } from './support/night.ts'

const OPERATOR = { operatorId: 'C1', operatorName: 'C1' }
const settlementOf = (night: Night, saleId: SaleId) => night.till.db.prepare('select * from settlement where sale_id = ?').get(saleId) as { setl_id: string; visit_id: string; settle_message_id: string }
const personNumber = (night: Night): string => night.till.db.prepare('select person_number from insured_person').pluck().get() as string
/** At the insurance office's own screen. */
const undoThere = async (night: Night, saleId: SaleId, how: 'cancel' | 'reverse'): Promise<void> => {
  const { platform } = night.till.core.house
  const row = settlementOf(night, saleId)
  const asked = { personNumber: personNumber(night), region: '999900' }
  const prepared = how === 'cancel' ? await platform.prepareCancel(OPERATOR, { ...asked, setlId: row.setl_id, visitId: row.visit_id }) : await platform.prepareReverse(OPERATOR, { ...asked, messageId: row.settle_message_id, infno: '2102' })
  if (prepared.kind !== 'prepared') throw new Error('not prepared')
  const answer = await (how === 'cancel' ? platform.sendCancel(prepared.message) : platform.sendReverse(prepared.message))
  if (answer.kind !== 'answered') throw new Error(JSON.stringify(answer))
}

describe('what a person has to look into', () => {
  test('settled here, not there: the fund will not pay; nothing happens by itself, and the note is kept', async () => {
    const night = await openNight()
    const { saleId } = await night.sell([['amoxicillin', 1]])
    await night.sell([['ibuprofen', 1]])
    await undoThere(night, saleId, 'reverse')
    night.toNextMorning()
    const difference = night.only(await night.run())
    expect(difference).toMatchObject({ kind: 'settle-missing', saleId, cures: ['by-hand'], ours: { totalFen: 1117 } })
    expect(await night.decide(difference, 'by-hand', '已联系医保经办，次月补结')).toMatchObject({ state: 'decided', settlement: 'settled', decided: { reason: '已联系医保经办，次月补结', staffName: 'M1' } })
    // Still so on the next night: what was noted stays noted.
    const again = await night.run()
    expect(again.day).toMatchObject({ state: 'differs', openDifferences: 0, decidedDifferences: 1 })
    expect(again.differences).toMatchObject([{ state: 'decided' }])
  })

  test('settled here, cancelled there', async () => {
    const night = await openNight()
    const { saleId } = await night.sell([['amoxicillin', 1]])
    await undoThere(night, saleId, 'cancel')
    night.toNextMorning()
    expect(night.only(await night.run())).toMatchObject({ kind: 'refunded-there', saleId, refund: true, cures: ['by-hand'] })
  })

  test('cancelled here, not there: a manager has it cancelled, and the refund is counted on the day it was made', async () => {
    const night = await openNight()
    const { saleId } = await night.sell([['amoxicillin', 1]])
    await night.till.client.command('outbox.runNow', {})
    night.till.db.prepare(`update settlement set state = 'cancelled', cancelled_at = '${DAY} 10:00:00' where sale_id = ?`).run(saleId)
    night.toNextMorning()
    const difference = night.only(await night.run())
    expect(difference).toMatchObject({ kind: 'refund-missing', cures: ['cancel-there', 'by-hand'] })
    // The first answer is lost: the difference stays, and is confirmed again.
    night.faults(['2103', ANSWER_LOST, 1])
    expect((await night.refused(night.decide(difference))).code).toMatch(/^platform\./)
    expect(night.there(saleId)).toBe('cancelled')
    expect(await night.decide(difference)).toMatchObject({ state: 'decided', decided: { cure: 'cancel-there', note: 'already cancelled' } })
    expect(night.practice.books.settlements().filter(({ state }) => state === 'cancelled')).toHaveLength(1)
  })

  test('reversed here, booked there after all: the reversal is asked again, by the same message', async () => {
    const night = await openNight({ reversalOfUnknown: 'accept-and-forget' }, {}, 1_000)
    night.faults(['2102', { kind: 'delay', ms: 2_500, when: 'before' }])
    const { saleId } = await night.sell([['amoxicillin', 1]])
    await night.till.client.command('outbox.runNow', {})
    expect(night.state(saleId)).toBe('reversed')
    await expect.poll(() => night.there(saleId), { timeout: 10_000 }).toBe('booked')
    expect(night.there(saleId)).toBe('booked')
    night.toNextMorning()
    const difference = night.only(await night.run())
    expect(difference).toMatchObject({ kind: 'booked-after-all', saleId, cures: ['reverse-there', 'cancel-there', 'by-hand'] })
    expect(await night.decide(difference)).toMatchObject({ state: 'decided', settlement: 'reversed' })
    expect(night.there(saleId)).toBe('reversed')
    expect((await night.run()).day.state).toBe('balanced')
    expect(await night.inTheEnd()).toEqual([])
  })

  test('an amount that differs, with both sides in view', async () => {
    const night = await openNight()
    const { saleId } = await night.sell([['amoxicillin', 1]])
    night.till.db.prepare(`update settlement set figures = json_set(figures, '$.fundFen', 5) where sale_id = ?`).run(saleId)
    night.toNextMorning()
    const difference = night.only(await night.run())
    expect(difference).toMatchObject({ kind: 'amount-differs', saleId, ours: { fundFen: 5 }, theirs: { words: '基金支付总额不一致' }, cures: ['by-hand'] })
    expect(difference.theirs?.fundFen).not.toBe(5)
  })

  test('a settlement that nobody here knows, such as one of a restored backup', async () => {
    const night = await openNight()
    const { saleId } = await night.sell([['amoxicillin', 1]])
    await night.sell([['ibuprofen', 1]])
    const messageId = settlementOf(night, saleId).settle_message_id
    night.till.db.prepare(`update settlement set figures = null, setl_id = null, state = 'draft', settle_message_id = null, quote = null where sale_id = ?`).run(saleId)
    night.till.db.prepare('delete from platform_message where sale_id = ?').run(saleId)
    night.toNextMorning()
    const view = await night.run()
    expect(night.only(view)).toMatchObject({ kind: 'unknown-to-us', saleId: null, messageId, cures: ['by-hand'], theirs: { totalFen: 1117 } })
    expect(view.groups.find(({ refund }) => !refund)).toMatchObject({ count: 1, theirs: { count: 2 } })
  })
})

describe('decisions', () => {
  const oneBooked = async (): Promise<{ night: Night; saleId: SaleId; difference: ReturnType<Night['only']> }> => {
    const night = await openNight()
    night.faults(['2102', ANSWER_LOST], ['2601', NO_REVERSAL])
    const { saleId } = await night.sell([['amoxicillin', 1]])
    await night.till.client.command('outbox.runNow', {})
    night.toNextMorning()
    return { night, saleId, difference: night.only(await night.run()) }
  }

  test('are made once: the same again changes nothing, another is refused', async () => {
    const { night, saleId, difference } = await oneBooked()
    await night.decide(difference)
    expect(await night.decide(difference)).toMatchObject({ state: 'decided' })
    expect(night.till.db.prepare(`select count(*) from settlement_event where sale_id = ? and event = 'reconciled-booked'`).pluck().get(saleId)).toBe(1)
    expect((await night.refused(night.decide(difference, 'by-hand'))).code).toBe('reconcile.decided')
  })
  test('need a manager, a reason, and a cure that the evidence allows', async () => {
    const { night, difference } = await oneBooked()
    const ask = { differenceId: difference.differenceId, cure: 'book-here', reason: '对账文件已核对' } as const
    expect((await night.refused(night.till.client.command('reconcile.decideDifference', ask))).code).toBe('session.forbidden')
    expect((await night.refused(night.till.manager.command('reconcile.decideDifference', { ...ask, reason: ' ' }))).code).toBe('rpc.invalid-input')
    expect((await night.refused(night.decide(difference, 'release-here'))).code).toBe('reconcile.cure-impossible')
    expect((await night.refused(night.till.manager.command('reconcile.decideDifference', { ...ask, differenceId: 'nobody' }))).code).toBe('reconcile.not-found')
    expect(night.till.db.prepare(`select detail from audit_log where action = 'reconcile.decideDifference' and outcome = 'ok'`).all()).toEqual([])
  })
  test('come too late where the sale went on: refused with a sentence, nothing is changed, and the difference is shown as overtaken', async () => {
    const { night, saleId, difference } = await oneBooked()
    await night.till.manager.command('sale.decideParked', { saleId, decision: 'retry-reversal', evidence: '经办答复可以冲正' })
    await night.till.client.command('outbox.runNow', {})
    expect(night.state(saleId)).toBe('reversed')
    expect((await night.refused(night.decide(difference))).code).toBe('reconcile.too-late')
    expect(night.state(saleId)).toBe('reversed')
    const { differences, day } = await night.till.client.query('reconcile.getDay', { date: DAY })
    expect(differences).toMatchObject([{ state: 'overtaken', cures: [] }])
    expect(day.openDifferences).toBe(0)
    expect((await night.run()).day.state).toBe('balanced')
  })
  test('of a settlement are audited with who, what and why', async () => {
    const { night, difference } = await oneBooked()
    await night.decide(difference)
    const [row] = night.till.db.prepare(`select staff_id, detail from audit_log where action = 'reconcile.decideDifference'`).all() as { staff_id: string; detail: string }[]
    expect(row?.staff_id).toBe('M1')
    expect(JSON.parse(row?.detail ?? '{}')).toMatchObject({ cure: 'book-here', reason: '对账文件已核对', differenceId: difference.differenceId })
  })
})

describe('while the outbox asks', () => {
  test('a cancellation that is just being prepared is not sent any more once a manager has confirmed that the settlement stands', async () => {
    const night = await openNight()
    const { saleId } = await night.sell([['amoxicillin', 1]])
    await night.till.client.command('outbox.runNow', {})
    night.faults(['2103', NEVER_ARRIVED])
    await night.giveBack(saleId)
    expect(night.state(saleId)).toBe('cancel-unknown')
    night.toNextMorning()
    const difference = night.only(await night.run())
    expect(difference.kind).toBe('cancel-void')
    const { platform } = night.till.core.house
    const prepare = platform.prepareCancel
    Object.assign(platform, { prepareCancel: async (...asked: Parameters<typeof prepare>) => {
      const prepared = await prepare(...asked)
      await night.decide(difference)
      return prepared
    } })
    await night.till.client.command('outbox.runNow', {})
    expect([night.state(saleId), night.there(saleId)]).toEqual(['settled', 'booked'])
    expect(await night.inTheEnd()).toEqual([])
  })
  test('a reversal that is just being prepared is not sent any more once a manager has confirmed that it was booked', async () => {
    const night = await openNight()
    night.faults(['2102', ANSWER_LOST], ['2601', NEVER_ARRIVED])
    const { saleId } = await night.sell([['amoxicillin', 1]])
    night.practice.setFaults({})
    const difference = night.only(await night.run())
    expect([difference.kind, night.state(saleId)]).toEqual(['settle-booked', 'unknown'])
    const { platform } = night.till.core.house
    const prepare = platform.prepareReverse
    Object.assign(platform, { prepareReverse: async (...asked: Parameters<typeof prepare>) => {
      const prepared = await prepare(...asked)
      await night.decide(difference)
      return prepared
    } })
    await night.till.client.command('outbox.runNow', {})
    expect([night.state(saleId), night.there(saleId)]).toEqual(['settled', 'booked'])
    expect(await night.inTheEnd()).toEqual([])
  })
  test('nothing is decided while a call of the sale is on its way', async () => {
    const night = await openNight()
    night.faults(['2102', ANSWER_LOST], ['2601', NO_REVERSAL])
    const { saleId } = await night.sell([['amoxicillin', 1]])
    night.practice.setFaults({})
    const difference = night.only(await night.run())
    night.faults(['2601', { kind: 'delay', ms: 200, when: 'before' }])
    const running = night.till.client.command('outbox.runNow', {})
    await sleep(100)
    expect(night.state(saleId)).toBe('reversing')
    expect((await night.refused(night.decide(difference))).code).toBe('reconcile.too-late')
    await running
    expect([night.state(saleId), night.there(saleId)]).toEqual(['reversed', 'reversed'])
  })
})

describe('the plug', () => {
  test.each(RECONCILE_POINTS.filter((point) => !point.includes('cure')))('pulled at %s leaves a day that can be compared again', async (point) => {
    const night = await openNight()
    night.faults(['2102', ANSWER_LOST], ['2601', NO_REVERSAL])
    const { saleId } = await night.sell([['amoxicillin', 1]])
    await night.till.client.command('outbox.runNow', {})
    night.toNextMorning()
    night.crashAt = point
    await runReconciliation(night.till.core.house, 'nightly', DAY).catch(() => null)
    expect(night.till.isDead()).toBe(true)
    await night.revive()
    expect(night.till.db.prepare('select count(*) from reconcile_run where ended_at is null').pluck().get()).toBe(0)
    const difference = night.only(await night.run())
    expect(difference).toMatchObject({ kind: 'settle-booked', saleId })
    await night.decide(difference)
    expect((await night.run()).day.state).toBe('balanced')
    expect(await night.inTheEnd()).toEqual([])
  })
  test('pulled in the middle of a confirmed cure: all of it or nothing', async () => {
    const night = await openNight()
    night.faults(['2102', ANSWER_LOST], ['2601', NO_REVERSAL])
    const { saleId } = await night.sell([['amoxicillin', 1]])
    await night.till.client.command('outbox.runNow', {})
    night.toNextMorning()
    const difference = night.only(await night.run())
    night.crashAt = 'reconcile:cure-in-transaction'
    await night.decide(difference).catch(() => null)
    await night.revive()
    expect(night.state(saleId)).toBe('parked')
    await night.decide(difference)
    expect(night.state(saleId)).toBe('settled')
    expect(await night.inTheEnd()).toEqual([])
  })
  test.each(['reconcile:cure-intent-committed', 'reconcile:cure-answer-received'] as const)('pulled at %s: the cure is confirmed again and done once', async (point) => {
    const night = await openNight({ reversalOfUnknown: 'accept-and-forget' }, {}, 1_000)
    night.faults(['2102', { kind: 'delay', ms: 2_500, when: 'before' }])
    const { saleId } = await night.sell([['amoxicillin', 1]])
    await night.till.client.command('outbox.runNow', {})
    await expect.poll(() => night.there(saleId), { timeout: 10_000 }).toBe('booked')
    night.toNextMorning()
    const difference = night.only(await night.run())
    night.crashAt = point
    await night.decide(difference).catch(() => null)
    await night.revive()
    expect(await night.decide(difference)).toMatchObject({ state: 'decided' })
    expect(night.there(saleId)).toBe('reversed')
    expect(await night.inTheEnd()).toEqual([])
  })
})

describe('files', () => {
  const spoil = async (bytes: (good: Uint8Array) => Uint8Array): Promise<Awaited<ReturnType<Night['run']>>> => {
    const night = await openNight()
    night.faults(['2102', ANSWER_LOST], ['2601', NO_REVERSAL])
    await night.sell([['amoxicillin', 1]])
    await night.till.client.command('outbox.runNow', {})
    night.toNextMorning()
    const { platform } = night.till.core.house
    const { readFile, writeFile } = await import('node:fs/promises')
    const download = platform.files.download
    Object.assign(platform.files, { download: async (...asked: Parameters<typeof download>) => {
      const outcome = await download(...asked)
      await writeFile(asked[2], bytes(await readFile(asked[2])))
      return outcome
    } })
    const view = await night.run()
    expect(view.differences).toEqual([])
    expect(night.till.db.prepare('select count(*) from reconcile_absence').pluck().get()).toBe(0)
    return view
  }
  const row = (...changes: readonly (readonly [number, string | null])[]): (string | null)[] => {
    const cells: (string | null)[] = ['p', 'v', 'n', 'P99999900001202611210900000001', '0', '0', null, '1.00', '0.00', '1.00']
    for (const [at, value] of changes) cells[at] = value
    return cells
  }
  test.each([
    ['cut off', (good: Uint8Array) => good.slice(0, good.length - 9)],
    ['no archive', () => new TextEncoder().encode('{"infcode":0}')],
    ['a column too few', () => zipRows('x.txt', [row().slice(1)])],
    ['a result that is none', () => zipRows('x.txt', [row([4, '2'])])],
    ['an amount that is none', () => zipRows('x.txt', [row([7, '1.234'])])],
    ['a flag that is none', () => zipRows('x.txt', [row(), row([5, 'x'])])],
  ] as const)('%s: the day failed, and nothing of it counts', async (_name, bytes) => {
    expect((await spoil(bytes)).day).toMatchObject({ state: 'failed', error: { code: 'file.broken' } })
  })
  test('rows that appear twice mean that they have several: by hand', async () => {
    const night = await openNight()
    night.faults(['2102', ANSWER_LOST], ['2601', NO_REVERSAL])
    const { saleId } = await night.sell([['amoxicillin', 1]])
    await night.till.client.command('outbox.runNow', {})
    night.toNextMorning()
    const messageId = settlementOf(night, saleId).settle_message_id
    const { platform } = night.till.core.house
    const { writeFile } = await import('node:fs/promises')
    Object.assign(platform.files, { download: async (_operator: unknown, file: { fileName: string }, to: string) => {
      const two = file.fileName.endsWith('_0.zip') ? [row([3, messageId], [4, '1']), row([3, messageId], [4, '1'], [2, 'n2'])] : []
      await writeFile(to, zipRows('x.txt', two))
      return { kind: 'answered', value: { bytes: 1 }, raw: new Uint8Array() }
    } })
    expect(night.only(await night.run())).toMatchObject({ kind: 'several-there', saleId, cures: ['by-hand'] })
    expect(night.state(saleId)).toBe('parked')
  })
  test('ten thousand rows, of strangers too', async () => {
    const night = await openNight()
    night.faults(['2102', ANSWER_LOST], ['2601', NO_REVERSAL])
    const { saleId } = await night.sell([['amoxicillin', 1]])
    await night.till.client.command('outbox.runNow', {})
    night.toNextMorning()
    const messageId = settlementOf(night, saleId).settle_message_id
    const { platform } = night.till.core.house
    const { writeFile } = await import('node:fs/promises')
    Object.assign(platform.files, { download: async (_operator: unknown, file: { fileName: string }, to: string) => {
      const many = Array.from({ length: 10_000 }, (_, at) => row([3, `P99999900001${String(at).padStart(18, '0')}`], [2, `n${at}`], [4, at % 1000 === 0 ? '1' : '0'], [6, '机构端不存在该结算数据']))
      await writeFile(to, zipRows('x.txt', file.fileName.endsWith('_0.zip') ? [...many, row([3, messageId], [4, '1'], [7, '11.17'], [9, '11.17'])] : []))
      return { kind: 'answered', value: { bytes: 1 }, raw: new Uint8Array() }
    } })
    const view = await night.run()
    expect(view.differences.filter(({ kind }) => kind === 'settle-booked')).toMatchObject([{ saleId }])
    expect(view.differences).toHaveLength(300)
    expect(view).toMatchObject({ moreDifferences: 9_701, day: { openDifferences: 10_001 } })
  }, 60_000)
})

describe('nights', () => {
  const at = (date: string, hours: number): number => startOfDay(date as BusinessDate) + hours * 3_600_000

  test('the day before is compared once its night has begun, by itself, in the name of who sold last; then nothing is due', async () => {
    const night = await openNight()
    expect(dueDate(night.till.core.house)).toBeNull()
    await night.sell([['amoxicillin', 1]])
    night.now.at = at('2026-11-22', 0.5)
    expect(dueDate(night.till.core.house)).toBeNull()
    night.now.at = at('2026-11-22', 0.7)
    expect(dueDate(night.till.core.house)).toBe(DAY)
    await runDue(night.till.core.house)
    expect(night.till.db.prepare('select date, staff_id, outcome from reconcile_run').all()).toEqual([{ date: DAY, staff_id: null, outcome: 'balanced' }])
    expect(dueDate(night.till.core.house)).toBeNull()
    expect(nextNight(night.till.core.house)).toBe(at('2026-11-23', 40 / 60) as Instant)
  })
  test('a day that balanced in the evening is compared again when it is over', async () => {
    const night = await openNight()
    await night.sell([['amoxicillin', 1]])
    expect((await night.run()).day.state).toBe('balanced')
    await night.sell([['ibuprofen', 1]])
    night.now.at = at('2026-11-22', 1)
    expect((await night.till.client.query('reconcile.getDay', { date: DAY })).day.state).toBe('not-yet')
    expect(dueDate(night.till.core.house)).toBe(DAY)
    await runDue(night.till.core.house)
    expect(await night.till.client.query('reconcile.getDay', { date: DAY })).toMatchObject({ day: { state: 'balanced' }, groups: [{ count: 2 }, { count: 0 }] })
    expect(dueDate(night.till.core.house)).toBeNull()
  })
  test('by its own timer, until it is told to stop', async () => {
    const night = await openNight()
    await night.sell([['amoxicillin', 1]])
    night.now.at = at('2026-11-22', 1)
    const stop = startNightly(night.till.core.house, 10)
    await expect.poll(() => night.till.db.prepare('select outcome from reconcile_run').pluck().all(), { timeout: 5_000 }).toEqual(['balanced'])
    await stop()
    night.now.at = at('2026-11-23', 1)
    await sleep(50)
    expect(night.till.db.prepare('select count(*) from reconcile_run').pluck().get()).toBe(1)
  })
  test('a shop that was shut for days catches up, oldest first, within its reach', async () => {
    const night = await openNight({}, { lookBackDays: 3 })
    await night.sell([['amoxicillin', 1]])
    night.now.at = at('2026-11-26', 8)
    const dates: (string | null)[] = []
    for (let round = 0; round < 5; round += 1) {
      const date = dueDate(night.till.core.house)
      dates.push(date)
      if (date !== null) await runReconciliation(night.till.core.house, 'nightly', date)
    }
    expect(dates).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', null, null])
  })
  test('a platform that is down is asked again with longer waits, so often and no more; the next night begins anew', async () => {
    const night = await openNight({}, { triesANight: 3 })
    await night.sell([['amoxicillin', 1]])
    night.practice.setDown(1_000_000)
    night.now.at = at('2026-11-22', 1)
    let tries = 0
    for (let minute = 0; minute < 600; minute += 5) {
      if (dueDate(night.till.core.house) !== null) {
        tries += 1
        expect(await runReconciliation(night.till.core.house, 'nightly', DAY)).toBe('failed')
      }
      night.now.at += 5 * 60_000
    }
    expect(tries).toBe(3)
    expect((await night.till.client.query('reconcile.getDay', { date: DAY })).day).toMatchObject({ state: 'failed', error: { code: expect.stringMatching(/^platform\./) } })
    night.practice.setDown(null)
    night.now.at = at('2026-11-23', 1)
    await runDue(night.till.core.house)
    expect((await night.till.client.query('reconcile.listDays', { days: 3 })).days.map(({ date, state }) => [date, state])).toEqual([['2026-11-23', 'not-over'], ['2026-11-22', 'balanced'], [DAY, 'balanced']])
  })
  test('a day that differs is compared again each night, not all night', async () => {
    const night = await openNight()
    const { saleId } = await night.sell([['amoxicillin', 1]])
    await undoThere(night, saleId, 'reverse')
    night.now.at = at('2026-11-22', 1)
    await runDue(night.till.core.house)
    expect(dueDate(night.till.core.house)).toBeNull()
    night.now.at = at('2026-11-23', 1)
    expect(dueDate(night.till.core.house)).toBe(DAY)
  })
  test('a clock of ours that runs a day ahead does not take an open day for a whole one', async () => {
    const night = await openNight({ reversalOfUnknown: 'refuse', signatureWindowMinutes: 1_000_000, messageIdToleranceMinutes: 1_000_000, messageAgeHours: 1_000_000 })
    await night.sell([['ibuprofen', 1]])
    night.faults(['2102', NEVER_ARRIVED])
    const { saleId } = await night.sell([['amoxicillin', 1]])
    night.practice.setFaults({})
    await night.till.client.command('outbox.runNow', {})
    night.now.skewMs = 20 * 3_600_000
    expect((await night.run()).differences).toEqual([])
    expect(night.state(saleId)).toBe('parked')
  })
  test('across midnight both days must be whole before absence counts, and either may show it', async () => {
    const night = await openNight({ reversalOfUnknown: 'refuse' })
    night.now.at = at(DAY, 23.9)
    await night.sell([['ibuprofen', 1]])
    night.faults(['2102', NEVER_ARRIVED])
    const { saleId } = await night.sell([['amoxicillin', 1]])
    night.practice.setFaults({})
    await night.till.client.command('outbox.runNow', {})
    night.now.at = at('2026-11-22', 9)
    // Only the first of the two days is over.
    expect((await night.run()).differences).toEqual([])
    night.now.at = at('2026-11-23', 9)
    const second = await night.run('2026-11-22' as BusinessDate)
    const difference = night.only(second)
    expect(difference).toMatchObject({ kind: 'settle-void', saleId })
    await night.decide(difference)
    expect(night.state(saleId)).toBe('reversed')
  })
  test('one comparison at a time; a day to come has none', async () => {
    const night = await openNight()
    await night.sell([['amoxicillin', 1]])
    const first = night.run()
    expect((await night.refused(night.run())).code).toBe('reconcile.running')
    await first
    expect((await night.refused(night.run('2026-12-01' as BusinessDate))).code).toBe('reconcile.future-day')
  })
})
