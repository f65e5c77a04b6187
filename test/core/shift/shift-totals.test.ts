import { expect, test } from 'vitest'
import { fen } from '../../../electron/contract/index.ts'
import { getShift } from '../../../electron/core/shift/shift-store.ts'
import { lost } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const current = async (till: Till) => (await till.client.query('shift.getCurrent', {})).shift
const close = (till: Till, cash: number) => till.client.command('shift.closeShift', { counted: [{ method: 'cash', countedFen: fen(cash) }] })
const open = (till: Till) => till.client.command('shift.openShift', { floatFen: fen(10_000) })
const settled = async (till: Till, code: string) => {
  const sale = await till.start()
  await till.scan(sale, code)
  await till.person(sale)
  await till.quote(sale)
  return till.settle(sale)
}

test('a shift counts sales and refunds by method, the float in the cash, fund and account beside it', async () => {
  const till = await openTill()
  const one = await till.sell(codeOf('amoxicillin', 1))
  const card = await till.start()
  await till.scan(card, codeOf('ibuprofen', 1))
  await till.tender(card, 2262, 'card')
  await till.sellInsured(codeOf('amoxicillin', 2))
  await till.giveBack(one, '退')
  expect(await current(till)).toMatchObject({
    staffId: 'C1',
    floatFen: 20_000,
    saleCount: 3,
    refundCount: 1,
    insuredFundFen: 558,
    insuredAccountFen: 279,
    counted: [],
    totals: [
      { method: 'cash', salesFen: 1397, refundsFen: -1117, expectedFen: 20_280 },
      { method: 'wechat', salesFen: 0, refundsFen: 0, expectedFen: 0 },
      { method: 'alipay', expectedFen: 0 },
      { method: 'card', salesFen: 2262, refundsFen: 0, expectedFen: 2262 },
    ],
  })
  const { shift, unknownSales } = await till.client.command('shift.closeShift', {
    counted: [
      { method: 'cash', countedFen: fen(20_270) },
      { method: 'card', countedFen: fen(2262) },
    ],
  })
  expect(unknownSales).toBe(0)
  expect(shift.closedAt).toBe(till.clock.now)
  expect(shift.counted).toEqual([
    { method: 'cash', countedFen: 20_270, differenceFen: -10 },
    { method: 'wechat', countedFen: 0, differenceFen: 0 },
    { method: 'alipay', countedFen: 0, differenceFen: 0 },
    { method: 'card', countedFen: 2262, differenceFen: 0 },
  ])
  expect(await current(till)).toBeNull()
})

test('one shift is open at a time', async () => {
  const till = await openTill()
  expect(await till.refusal('shift.openShift', { floatFen: fen(0) })).toMatchObject({ code: 'shift.already-open' })
  await close(till, 20_000)
  expect(await till.refusal('shift.closeShift', { counted: [] })).toMatchObject({ code: 'shift.none-open' })
})

test('a sale begun before the shift or in the last one belongs to the shift that settled it', async () => {
  const till = await openTill({ shift: false })
  const early = await till.start()
  await till.scan(early, codeOf('amoxicillin', 1))
  await till.person(early)
  await open(till)
  await till.quote(early)
  till.platform.share = { fund: 0.5, account: 0.5 }
  await till.scan(early, codeOf('amoxicillin', 2))
  await till.quote(early)
  // Fund and account pay all: no tender ever names the shift.
  expect(await till.settle(early)).toMatchObject({ status: 'closed' })
  expect(await current(till)).toMatchObject({ saleCount: 1, insuredFundFen: 1117, insuredAccountFen: 1117 })
  const held = await till.start()
  await till.scan(held, codeOf('amoxicillin', 3))
  await till.person(held)
  await till.client.command('sale.holdSale', { saleId: held.saleId })
  await close(till, 10_000)
  await open(till)
  await till.client.command('sale.recallSale', { saleId: held.saleId })
  await till.quote(held)
  await till.settle(held)
  expect(await current(till)).toMatchObject({ saleCount: 1, insuredFundFen: 558 })
})

test('no shift is closed over a sale that waits for its money, whenever that one was settled', async () => {
  const till = await openTill()
  const due = await settled(till, codeOf('amoxicillin', 1))
  expect(await till.refusal('shift.closeShift', { counted: [] })).toMatchObject({ code: 'shift.sales-open', detail: { count: 1 } })
  await till.tender(due, due.dueFen)
  // Answered only after the shift was closed.
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 2))
  await till.person(sale)
  await till.quote(sale)
  const release = till.platform.keepWaiting('2102')
  const settling = till.settle(sale)
  await expect.poll(() => till.platform.count('2102')).toBe(2)
  expect(await close(till, 20_280)).toMatchObject({ unknownSales: 1 })
  release()
  expect((await settling).status).toBe('due')
  await open(till)
  expect(await till.refusal('shift.closeShift', { counted: [] })).toMatchObject({ code: 'shift.sales-open' })
  await till.tender(sale, 280)
  expect(await current(till)).toMatchObject({ totals: [{ method: 'cash', expectedFen: 10_280 }, {}, {}, {}] })
})

test('a closed shift keeps its figures: what is cancelled or refunded later counts where it happened', async () => {
  const till = await openTill()
  const sale = await till.sellInsured(codeOf('amoxicillin', 1))
  const { shift: first } = await close(till, 20_280)
  const shown = () => getShift(till.db, first.shiftId)
  const before = shown()
  await open(till)
  // Asked in this shift, confirmed in the next.
  till.platform.will('2103', lost())
  await till.giveBack(sale, '退')
  const { shift: second, unknownSales } = await close(till, 10_000)
  expect(unknownSales).toBe(1)
  const beforeSecond = getShift(till.db, second.shiftId)
  await open(till)
  await till.client.command('sale.resolveNow', { saleId: sale.saleId })
  expect((await till.get(sale)).status).toBe('returned')
  expect(shown()).toEqual(before)
  expect(getShift(till.db, second.shiftId)).toEqual(beforeSecond)
  expect(await current(till)).toMatchObject({
    refundCount: 1,
    saleCount: 0,
    insuredFundFen: -558,
    insuredAccountFen: -279,
    totals: [{ refundsFen: -280, expectedFen: 9_720 }, {}, {}, {}],
  })
})
