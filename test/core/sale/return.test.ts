import { expect, test } from 'vitest'
import { fen } from '../../../electron/contract/index.ts'
import { allBackWhole } from '../../../electron/domain/sale/return-rules.ts'
import { lost, refused, uploadOf } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const lot1 = (till: Till): unknown => till.db.prepare(`select on_hand from lot where lot_number = 'L214-1'`).pluck().get()
const back = (till: Till, saleId: never) => till.giveBack({ saleId }, '质量问题')

test('a self-paid return negates the tenders, brings stock and packs back, and uploads 3506 after 3505', async () => {
  const till = await openTill()
  const before = lot1(till)
  const sale = await till.sell(codeOf('amoxicillin', 1), codeOf('amoxicillin', 2))
  const returned = await back(till, sale.saleId as never)
  expect(returned).toMatchObject({
    status: 'returned',
    dueFen: 0,
    returnUpload: 'waiting',
    tenders: [
      { amountFen: 2234, refund: false },
      { amountFen: -2234, refund: true },
    ],
  })
  expect(lot1(till)).toBe(before)
  expect(await till.client.query('trace.getPack', { code: codeOf('amoxicillin', 1) })).toMatchObject({ state: 'returned' })
  await till.outbox()
  const uploads = till.platform.calls.filter((call) => call.name === '3505' || call.name === '3506')
  expect(uploads.map((call) => call.name)).toEqual(['3505', '3506'])
  expect(uploads.map((call) => uploadOf(call).rowKey)).toEqual(['S20261121010001001', 'R20261121010001001'])
  expect(await till.get(sale)).toMatchObject({ upload: 'uploaded', returnUpload: 'uploaded' })
  expect(await till.refusal('sale.returnSale', { saleId: sale.saleId, reason: '再退' })).toMatchObject({ code: 'sale.not-returnable', detail: { reason: 'returned' } })
  // A returned pack may be sold again.
  expect((await till.sell(codeOf('amoxicillin', 1))).status).toBe('closed')
})

test('an insured return cancels the settlement first (2103), then everything comes back', async () => {
  const till = await openTill()
  const before = lot1(till)
  const sale = await till.sellInsured(codeOf('amoxicillin', 1))
  await till.outbox()
  const returned = await back(till, sale.saleId as never)
  expect(returned).toMatchObject({ status: 'returned', settlementState: 'cancelled', tenders: [{ amountFen: 280 }, { amountFen: -280, refund: true }] })
  expect(till.platform.calls.find((call) => call.name === '2103')?.about).toMatchObject({
    visitId: 'V1',
    personNumber: '99990000000000000001',
    region: '999900',
  })
  expect(lot1(till)).toBe(before)
  await till.outbox()
  expect(till.platform.count('3506')).toBe(1)
})

test('a refused cancellation leaves the sale as it was', async () => {
  const till = await openTill()
  const sale = await till.sellInsured(codeOf('amoxicillin', 1))
  till.platform.will('2103', refused('已过撤销期限'))
  expect(await back(till, sale.saleId as never)).toMatchObject({
    status: 'closed',
    settlementState: 'settled',
    refusal: { code: 'settlement.cancel-refused' },
    tenders: [{ amountFen: 280 }],
  })
  expect(await back(till, sale.saleId as never)).toMatchObject({ status: 'returned' })
})

test('without a line an insured return is refused before anything changes', async () => {
  const till = await openTill()
  const sale = await till.sellInsured(codeOf('amoxicillin', 1))
  till.platform.down(true)
  expect(await till.refusal('sale.returnSale', { saleId: sale.saleId, reason: '退', packs: allBackWhole(sale.lines) })).toMatchObject({ code: 'platform.offline' })
  expect(await till.get(sale)).toMatchObject({ status: 'closed', settlementState: 'settled' })
})

test('a lost cancellation is asked again until the platform says it is cancelled, though an upload of the sale is parked', async () => {
  const till = await openTill()
  // Its lots have no manufacture date: its upload waits for a person.
  const sale = await till.sellInsured(codeOf('granules', 1))
  await till.outbox()
  expect((await till.get(sale)).upload).toBe('parked')
  till.platform.will('2103', lost())
  expect(await back(till, sale.saleId as never)).toMatchObject({ status: 'returning', settlementState: 'cancel-unknown' })
  const done = await till.client.command('sale.resolveNow', { saleId: sale.saleId })
  expect(done).toMatchObject({ status: 'returned', settlementState: 'cancelled' })
  expect(till.platform.count('2103')).toBe(2)
})

test('expired or recalled goods are not taken back', async () => {
  const till = await openTill()
  const sale = await till.sell(codeOf('amoxicillin', 1))
  till.db.prepare(`update lot set recalled = 1 where lot_number = 'L214-1'`).run()
  expect(await till.refusal('sale.returnSale', { saleId: sale.saleId, reason: '退' })).toMatchObject({
    code: 'sale.not-returnable',
    detail: { reason: 'recalled' },
  })
  till.db.prepare(`update lot set recalled = 0 where lot_number = 'L214-1'`).run()
  till.clock.now += 401 * 86_400_000
  expect(await till.refusal('sale.returnSale', { saleId: sale.saleId, reason: '退' })).toMatchObject({
    code: 'sale.not-returnable',
    detail: { reason: 'expired' },
  })
})

test('a return needs an open shift, and its money comes out of that one', async () => {
  const till = await openTill()
  const sale = await till.sell(codeOf('amoxicillin', 1))
  await till.client.command('shift.closeShift', { counted: [] })
  expect(await till.refusal('sale.returnSale', { saleId: sale.saleId, reason: '退' })).toMatchObject({ code: 'shift.none-open' })
  await till.client.command('shift.openShift', { floatFen: fen(10_000) })
  await back(till, sale.saleId as never)
  const { shift } = await till.client.query('shift.getCurrent', {})
  expect(shift).toMatchObject({ saleCount: 0, refundCount: 1 })
  expect(shift?.totals[0]).toMatchObject({ method: 'cash', salesFen: 0, refundsFen: -1117, expectedFen: 8883 })
})

test('two windows return the same sale once', async () => {
  const till = await openTill()
  const sale = await till.sellInsured(codeOf('amoxicillin', 1))
  const second = await till.window('P1')
  const both = await Promise.allSettled([back(till, sale.saleId as never), second.command('sale.returnSale', { saleId: sale.saleId, reason: '也退', packs: allBackWhole(sale.lines) })])
  expect(both.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(till.platform.count('2103')).toBe(1)
  expect((await till.get(sale)).tenders.filter((tender) => tender.refund)).toHaveLength(1)
})
