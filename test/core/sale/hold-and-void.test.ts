import { expect, test } from 'vitest'
import { codeOf } from '../../support/small-shop.ts'
import { openTill } from '../../support/till.ts'

test('a held sale keeps its packs, takes no scan, and comes back as it was to whoever recalls it', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  expect(await till.client.command('sale.holdSale', { saleId: sale.saleId, note: '去拿钱' })).toMatchObject({ status: 'held', heldNote: '去拿钱' })
  expect((await till.client.query('system.getStatus', {})).held).toBe(1)
  expect(await till.refusal('sale.addDrug', { saleId: sale.saleId, drugId: 'P0286' as never })).toMatchObject({ code: 'sale.wrong-state' })
  const other = await till.start()
  expect((await till.scan(other, codeOf('amoxicillin', 1))).verdict).toMatchObject({ reason: 'in-another-sale', detail: { held: true } })
  const second = await till.window('P1')
  expect(await second.command('sale.recallSale', { saleId: sale.saleId })).toMatchObject({ status: 'open', heldNote: '', staffName: 'P1' })
  expect((await till.get(sale)).lines[0]?.packsScanned).toBe(1)
})

test('a quote that arrives while the sale is held waits with it', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  const release = till.platform.keepWaiting('2101')
  const quoting = till.quote(sale)
  await expect.poll(async () => (await till.get(sale)).settlementState).toBe('quoting')
  await till.client.command('sale.holdSale', { saleId: sale.saleId })
  release()
  expect(await quoting).toMatchObject({ status: 'held', settlementState: 'quoted' })
  expect(await till.client.command('sale.recallSale', { saleId: sale.saleId })).toMatchObject({
    status: 'open',
    settlementState: 'quoted',
    quote: { totalFen: 1117 },
  })
  expect((await till.settle(sale)).status).toBe('due')
})

test('a given-up sale frees every code and cannot be used again', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.scan(sale, codeOf('ibuprofen', 1))
  expect(await till.client.command('sale.voidSale', { saleId: sale.saleId, reason: '不买了' })).toMatchObject({
    status: 'voided',
    heldNote: '不买了',
    dueFen: 0,
  })
  for (const code of [codeOf('amoxicillin', 1), codeOf('ibuprofen', 1)])
    expect(await till.client.query('trace.getPack', { code })).toMatchObject({ state: 'in-stock' })
  expect(await till.refusal('sale.takeTender', { saleId: sale.saleId, method: 'cash', givenFen: 5000 as never })).toMatchObject({ code: 'sale.wrong-state' })
  expect(await till.refusal('sale.recallSale', { saleId: sale.saleId })).toMatchObject({ code: 'sale.wrong-state' })
  expect(await till.refusal('sale.voidSale', { saleId: sale.saleId, reason: '再次' })).toMatchObject({ code: 'sale.wrong-state' })
})

test('a sale is given up while its trial is on its way; the late quote changes nothing', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  const release = till.platform.keepWaiting('2101')
  const quoting = till.quote(sale)
  await expect.poll(async () => (await till.get(sale)).settlementState).toBe('quoting')
  expect((await till.client.command('sale.voidSale', { saleId: sale.saleId, reason: '不等了' })).status).toBe('voided')
  release()
  expect(await quoting).toMatchObject({ status: 'voided', quote: null })
})

test('a settled or unconfirmed sale is not given up', async () => {
  const till = await openTill()
  const settled = await till.sellInsured(codeOf('amoxicillin', 1))
  expect(await till.refusal('sale.voidSale', { saleId: settled.saleId, reason: '不行' })).toMatchObject({ code: 'sale.wrong-state' })
})

test('what the platform keeps secret of a person leaves the database when the sale ends', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  const credential = () => till.db.prepare('select credential from sale where sale_id = ?').pluck().get(sale.saleId)
  expect(String(credential())).toContain('TOKEN-1')
  await till.client.command('sale.voidSale', { saleId: sale.saleId, reason: '不买' })
  expect(credential()).toBeNull()
})
