import { expect, test } from 'vitest'
import { lost } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import { openTill } from '../../support/till.ts'

test('a reversed sale is made anew with its lines and codes', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.scan(sale, codeOf('amoxicillin', 2))
  await till.person(sale)
  await till.quote(sale)
  till.platform.will('2102', lost())
  expect((await till.settle(sale)).status).toBe('unconfirmed')
  expect(await till.refusal('sale.copyToNew', { saleId: sale.saleId })).toMatchObject({ code: 'sale.wrong-state' })
  expect((await till.client.command('sale.resolveNow', { saleId: sale.saleId })).status).toBe('reversed')
  const copy = await till.client.command('sale.copyToNew', { saleId: sale.saleId })
  expect(copy).toMatchObject({ status: 'open', insured: false, lines: [{ quantity: 20_000, packsScanned: 2, packsNeeded: 2 }] })
  expect(copy.saleId).not.toBe(sale.saleId)
  expect((await till.tender(copy, 2234)).status).toBe('closed')
})

test('a code that was sold meanwhile stays behind and is missing', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.scan(sale, codeOf('amoxicillin', 2))
  await till.client.command('sale.voidSale', { saleId: sale.saleId, reason: '不买' })
  await till.sell(codeOf('amoxicillin', 1))
  expect((await till.client.command('sale.copyToNew', { saleId: sale.saleId })).lines).toMatchObject([
    { quantity: 20_000, packsScanned: 1, packsNeeded: 2, packs: [{ code: codeOf('amoxicillin', 2) }] },
  ])
})

test('split packs are copied with the units they still have', async () => {
  const till = await openTill()
  const sale = await till.start()
  const { lineId } = await till.add(sale, 'chlorphenamine', 'unit')
  await till.setQuantity(sale, lineId, 120)
  await till.scan(sale, codeOf('chlorphenamine', 1), { answer: 'open-pack' })
  await till.scan(sale, codeOf('chlorphenamine', 2), { answer: 'open-pack' })
  await till.client.command('sale.voidSale', { saleId: sale.saleId, reason: '不买' })
  const copy = await till.client.command('sale.copyToNew', { saleId: sale.saleId })
  expect(copy.lines[0]).toMatchObject({ quantity: 1_200_000, packs: [{ quantity: 1_000_000 }, { quantity: 200_000 }] })
})

test('sales are listed newest first, by day, state, number, drug and code', async () => {
  const till = await openTill()
  const one = await till.sell(codeOf('amoxicillin', 1))
  till.clock.now += 1_000
  const two = await till.sellInsured(codeOf('ibuprofen', 1))
  till.clock.now += 1_000
  const three = await till.start()
  const list = (input: Parameters<typeof till.client.query<'sale.listSales'>>[1]) => till.client.query('sale.listSales', input)
  expect((await list({})).map((sale) => sale.saleId)).toEqual([three.saleId, two.saleId, one.saleId])
  expect(await list({ text: two.receiptNumber })).toMatchObject([
    {
      saleId: two.saleId,
      insured: true,
      personMasked: '张*',
      totalFen: 2262,
      fundFen: 1131,
      accountFen: 565,
      cashFen: 566,
      upload: 'waiting',
      status: 'closed',
      firstDrug: '布洛芬缓释胶囊',
    },
  ])
  expect((await list({ text: '阿莫西林' })).map((sale) => sale.saleId)).toEqual([one.saleId])
  expect((await list({ text: codeOf('ibuprofen', 1) })).map((sale) => sale.saleId)).toEqual([two.saleId])
  expect((await list({ statuses: ['open'] })).map((sale) => sale.saleId)).toEqual([three.saleId])
  expect(await list({ date: '2026-11-20' as never })).toEqual([])
  expect((await list({ date: '2026-11-21' as never, limit: 1 })).map((sale) => sale.saleId)).toEqual([three.saleId])
  expect(await list({ text: '%' })).toEqual([])
})
