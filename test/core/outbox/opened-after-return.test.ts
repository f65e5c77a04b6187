import { expect, test } from 'vitest'
import { lost, uploadOf } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const code = codeOf('chlorphenamine', 1)

/** Some tablets of the pack, not paid yet. */
const loose = async (till: Till, tablets: number) => {
  const sale = await till.start()
  const { lineId } = await till.add(sale, 'chlorphenamine', 'unit')
  await till.setQuantity(sale, lineId, tablets)
  const { verdict } = await till.scan(sale, code)
  if (verdict.outcome === 'ask') await till.scan(sale, code, { answer: 'open-pack' })
  return sale
}

test('a pack sold whole, returned, and then opened is told to the country in that order', async () => {
  const till = await openTill()
  till.platform.down(true)
  await till.giveBack(await till.sell(code), '退')
  await till.tender(await loose(till, 5), 10_000)
  till.platform.down(false)
  till.platform.will('3505', lost())
  await till.outbox()
  till.clock.now += 300_000
  await till.outbox()
  expect(till.platform.calls.filter((call) => call.name.startsWith('350')).map((call) => [call.name, uploadOf(call).rowKey])).toEqual([
    ['3505', 'S20261121010001001'],
    ['3505', 'S20261121010001001'],
    ['3506', 'R20261121010001001'],
    ['3505', 'S20261121010002001'],
  ])
})

test('two customers who took tablets of one pack do not wait for each other', async () => {
  const till = await openTill()
  till.platform.down(true)
  await till.tender(await loose(till, 5), 10_000)
  await till.tender(await loose(till, 6), 10_000)
  till.platform.down(false)
  till.platform.will('3505', lost())
  await till.outbox()
  expect(till.platform.count('3505')).toBe(2)
})

test('tablets of a pack are settled with the fund only when the country knows that the whole pack came back', async () => {
  const till = await openTill()
  const first = await till.sell(code)
  await till.giveBack(first, '退')
  const sale = await loose(till, 5)
  await till.person(sale)
  await till.quote(sale)
  till.platform.will('3505', lost())
  expect(await till.refusal('sale.settleSale', { saleId: sale.saleId })).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'upload-waiting', receiptNumber: first.receiptNumber } })
  expect((await till.settle(sale)).status).toBe('due')
  expect(till.platform.calls.map((call) => call.name).filter((name) => name.startsWith('35') || name === '2102')).toEqual(['3505', '3505', '3506', '2102'])
})
