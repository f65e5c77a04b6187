import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { ReconcileSection } from '../../../electron/core/platform/profile-sections/reconcile.ts'
import { RESULT_COLUMNS, SHOP_COLUMNS } from '../../../electron/practice/detail-rules.ts'
import type { PracticeProfileInput } from '../../../electron/practice/profile.ts'
import { ANSWER_LOST, NEVER_ARRIVED, openNight } from './support/night.ts'
import type { Night } from './support/night.ts'

type Section = Exclude<z.input<typeof ReconcileSection>, undefined>
type Detail = NonNullable<PracticeProfileInput['detail']>
const REFUSED_CANCEL = { kind: 'refuse', text: '系统维护中,暂不受理', infcode: -1 } as const

/** A day with one of everything that can be open at its end, and sales around it that are in order. */
const playDay = async (night: Night): Promise<Record<'booked' | 'gone' | 'cancelled' | 'kept', Awaited<ReturnType<Night['sell']>>>> => {
  const { client } = night.till
  await night.sell([['ibuprofen', 1]])
  const back = await night.sell([['ibuprofen', 2]])
  const toCancel = await night.sell([['coldTablets', 2]])
  const toKeep = await night.sell([['coldTablets', 3]])
  await client.command('outbox.runNow', {})
  await night.giveBack(back.saleId)
  night.faults(['2103', ANSWER_LOST])
  await night.giveBack(toCancel.saleId)
  night.faults(['2103', NEVER_ARRIVED])
  await night.giveBack(toKeep.saleId)
  night.faults(['2103', REFUSED_CANCEL])
  await client.command('outbox.runNow', {})
  night.faults(['2102', ANSWER_LOST])
  const booked = await night.sell([['amoxicillin', 1], ['coldTablets', 1]])
  night.faults(['2102', NEVER_ARRIVED])
  const gone = await night.sell([['amoxicillin', 2]])
  night.faults(['2103', REFUSED_CANCEL])
  await client.command('outbox.runNow', {})
  expect([booked, gone, toCancel, toKeep].map(({ saleId }) => night.state(saleId))).toEqual(['parked', 'parked', 'cancel-unknown', 'cancel-unknown'])
  return { booked, gone, cancelled: toCancel, kept: toKeep }
}

// 2601 is of no use in any of these provinces: only the books tell.
const NO_2601: PracticeProfileInput = { reversalOfUnknown: 'refuse', reversalOfBooked: 'refuse', answerForms: 'plain' }
const VARIANTS: readonly (readonly [name: string, province: Detail, section?: Section, rest?: PracticeProfileInput])[] = [
  ['by the paper', {}],
  ['lists only what differs', { lists: 'differing' }],
  ['lists only what differs, as the profile knows', { lists: 'differing' }, { detail: { lists: 'differing' } }],
  ['refunds answered without sign', { answeredSign: 'positive' }],
  ['refunds wanted without sign', { refundSign: 'positive' }, { refundSign: 'positive' }, { refundTotals: 'positive' }],
  ['refunds wanted negative', { refundSign: 'negative' }, {}, { refundTotals: 'negative' }],
  ['refunds wanted as pairs', { refundRows: 'pair' }],
  ['refunds wanted alone', { refundRows: 'refund-only' }, { detail: { refundRows: 'refund-only' } }],
  ["a refund's row names the settlement's message", { refundMessage: 'original' }],
  ['reversed settlements shown as pairs', { reversed: 'pair' }],
  ['reversed settlements shown as pairs and counted', { reversed: 'pair', totalsCountReversed: true }],
  ['rows without the number of what agrees', { lists: 'differing', listsShopOnly: false }],
  ['columns in another order, and fewer', { shopColumns: [...SHOP_COLUMNS].toReversed(), resultColumns: RESULT_COLUMNS.filter((column) => column !== 'memo').toReversed() }, { detail: { ourColumns: [...SHOP_COLUMNS].toReversed(), theirColumns: RESULT_COLUMNS.filter((column) => column !== 'memo').toReversed() } }],
  ['matched by message only', {}, { detail: { matchBy: 'msgid' } }],
  ['numbers of settlements spelt in answers that change their form', {}, {}, { answerForms: 'mixed' }],
  ['5203 not asked', {}, { askFoundSettlement: false }],
  ['the list alone is proof', {}, { detail: { absenceProof: 'detail' } }],
]

describe('every way in which a province may list', () => {
  test.each(VARIANTS.map(([name, detail, section = {}, rest = {}]) => ({ name, detail, section, rest })))('$name: each open sale ends as the province has it, by a manager', async ({ detail, section, rest }) => {
    const night = await openNight({ ...NO_2601, ...rest, detail }, section)
    const { booked, gone, cancelled, kept } = await playDay(night)
    night.toNextMorning()
    const view = await night.run()
    const found = Object.fromEntries(view.differences.map((difference) => [difference.saleId, difference]))
    expect(view.differences.map(({ kind }) => kind).toSorted()).toEqual(['cancel-booked', 'cancel-void', 'settle-booked', 'settle-void'])
    for (const [sale, kind, state, status] of [[booked, 'settle-booked', 'settled', 'due'], [gone, 'settle-void', 'reversed', 'reversed'], [cancelled, 'cancel-booked', 'cancelled', 'returned'], [kept, 'cancel-void', 'settled', 'closed']] as const) {
      expect(found[sale.saleId]?.kind).toBe(kind)
      expect(await night.decide(found[sale.saleId]!)).toMatchObject({ state: 'decided', settlement: state, saleStatus: status })
    }
    expect((await night.run()).day).toMatchObject({ state: 'balanced', openDifferences: 0, unconfirmed: 0 })
    expect(await night.inTheEnd()).toEqual([])
  })

  test('what only the province has is not listed, as the profile knows: absence is no proof, and nothing is released', async () => {
    const night = await openNight({ ...NO_2601, detail: { listsCentreOnly: false } }, { detail: { listsTheirsOnly: false } })
    await playDay(night)
    night.toNextMorning()
    const view = await night.run()
    expect(view.differences.map(({ kind }) => kind)).not.toContain('settle-void')
    expect(view.day.state).toBe('differs')
  })

  test('what only the province has is not listed, and nobody told us: the sums do not agree, and nothing is released', async () => {
    const night = await openNight({ ...NO_2601, detail: { listsCentreOnly: false } })
    await playDay(night)
    night.toNextMorning()
    const kinds = (await night.run()).differences.map(({ kind }) => kind)
    expect(kinds).not.toContain('settle-void')
    expect(kinds).toContain('unexplained')
  })

  test('rows that name no message: a settlement whose number we never heard is strange to us, and its sale stays open', async () => {
    const night = await openNight({ ...NO_2601, detail: { namesMessage: false } })
    const { booked, gone } = await playDay(night)
    night.toNextMorning()
    const view = await night.run()
    expect(view.differences.map(({ kind }) => kind)).toContain('unknown-to-us')
    for (const { saleId } of [booked, gone]) expect(view.differences.filter((difference) => difference.saleId === saleId)).toEqual([])
    expect([night.state(booked.saleId), night.state(gone.saleId)]).toEqual(['parked', 'parked'])
  })

  test('reversed settlements listed as pairs without a message: nothing together, and no difference', async () => {
    const night = await openNight({ answerForms: 'plain', detail: { reversed: 'pair', totalsCountReversed: true, namesMessage: false } })
    await night.sell([['ibuprofen', 1]])
    night.faults(['2102', ANSWER_LOST])
    const { saleId } = await night.sell([['amoxicillin', 1]])
    await night.till.client.command('outbox.runNow', {})
    expect([night.state(saleId), night.there(saleId)]).toEqual(['reversed', 'reversed'])
    night.toNextMorning()
    expect(await night.run()).toMatchObject({ differences: [], day: { state: 'balanced' } })
  })

  test('a file without rows that the province refuses makes a failed day with its words', async () => {
    const night = await openNight({ ...NO_2601, detail: { emptyFile: 'refuse' } })
    night.faults(['2102', ANSWER_LOST])
    await night.sell([['amoxicillin', 1]])
    await night.till.client.command('outbox.runNow', {})
    night.toNextMorning()
    expect((await night.run()).day).toMatchObject({ state: 'failed', error: { code: 'platform.refused', detail: { text: '明细文件没有数据' } } })
  })
})
