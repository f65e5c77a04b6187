import { expect, test } from 'vitest'
import { wholeUnits } from '../../../electron/contract/index.ts'
import { refused, uploadOf } from '../../support/fake-platform.ts'
import { openTill } from '../../support/till.ts'

const packsOf = async (till: Awaited<ReturnType<typeof openTill>>, sale: { readonly saleId: never }) =>
  (await till.get(sale)).lines.map((line) => line.packsScanned)

test('a drug without a code gets one virtual code a pack, and gives surplus ones up', async () => {
  const till = await openTill()
  const sale = await till.start()
  const { lineId } = await till.add(sale, 'enema')
  await expect.poll(() => packsOf(till, sale as never)).toEqual([1])
  await till.setQuantity(sale, lineId, 3)
  await expect.poll(() => packsOf(till, sale as never)).toEqual([3])
  expect(new Set((await till.get(sale)).lines[0]?.packs.map((pack) => pack.code)).size).toBe(3)
  expect((await till.setQuantity(sale, lineId, 1)).lines[0]).toMatchObject({ packsScanned: 1, packsNeeded: 1 })
})

test('without a line a self-paid sale goes on, and its upload fetches the code first', async () => {
  const till = await openTill()
  till.platform.down(true)
  const sale = await till.start()
  await till.add(sale, 'enema')
  expect((await till.get(sale)).blockers).toEqual([])
  expect((await till.tender(sale, 300)).status).toBe('closed')
  await till.outbox()
  expect(till.platform.count('3505')).toBe(0)
  till.platform.down(false)
  await till.outbox()
  const [upload] = till.platform.calls.filter((call) => call.name === '3505')
  expect(uploadOf(upload!).traceCodes).toHaveLength(1)
  expect(await till.client.query('trace.getPack', { code: uploadOf(upload!).traceCodes[0]! })).toMatchObject({ state: 'sold', virtual: true })
})

test('a sale returned before its virtual code came uploads sale and return with one code, and the code is not sold any more', async () => {
  const till = await openTill()
  till.platform.down(true)
  const sale = await till.start()
  await till.add(sale, 'enema')
  await till.tender(sale, 300)
  await till.giveBack(sale, '退货')
  till.platform.down(false)
  await till.outbox()
  const uploads = till.platform.calls.filter((call) => call.name === '3505' || call.name === '3506')
  expect(uploads.map((call) => call.name)).toEqual(['3505', '3506'])
  const codes = uploads.map((call) => uploadOf(call).traceCodes)
  expect(codes[0]).toEqual(codes[1])
  expect(await till.client.query('trace.getPack', { code: codes[0]![0]! })).toMatchObject({ state: 'returned' })
})

test('the fund is asked only when every virtual code is there', async () => {
  const till = await openTill()
  const sale = await till.start()
  till.platform.will('3592B', refused('暂不支持'), refused('暂不支持'), refused('暂不支持'))
  await till.add(sale, 'enema')
  await till.person(sale)
  await till.quote(sale)
  expect(await till.refusal('sale.settleSale', { saleId: sale.saleId })).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'missing-codes' } })
  expect((await till.settle(sale)).status).toBe('due')
})

test('a code that arrives after its line was voided or its sale given up binds nothing', async () => {
  const till = await openTill()
  const sale = await till.start()
  let release = till.platform.keepWaiting('3592B')
  const { lineId } = await till.add(sale, 'enema')
  await till.client.command('sale.voidLine', { saleId: sale.saleId, lineId, reason: '' })
  release()
  release = till.platform.keepWaiting('3592B')
  const other = await till.start()
  await till.add(other, 'enema')
  await till.client.command('sale.voidSale', { saleId: other.saleId, reason: '不买' })
  release()
  await expect.poll(() => till.platform.count('3592B')).toBe(2)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(till.db.prepare(`select count(*) from pack_shown where state = 'in-sale'`).pluck().get()).toBe(0)
  expect(till.db.prepare(`select count(*) from sale_line_pack`).pluck().get()).toBe(0)
})

test('a quantity lowered while codes are on their way gets no more than it needs', async () => {
  const till = await openTill()
  const sale = await till.start()
  const { lineId } = await till.add(sale, 'enema')
  await expect.poll(() => packsOf(till, sale as never)).toEqual([1])
  const release = till.platform.keepWaiting('3592B')
  await till.setQuantity(sale, lineId, 3)
  await till.client.command('sale.setQuantity', { saleId: sale.saleId, lineId, quantity: wholeUnits(1) })
  release()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect((await till.get(sale)).lines[0]).toMatchObject({ packsScanned: 1, packsNeeded: 1 })
})

test('a paid sale is not opened again by a trial that waited for its virtual code', async () => {
  const till = await openTill()
  till.platform.will('3592B', refused())
  const sale = await till.start()
  await till.add(sale, 'enema')
  await till.person(sale)
  const release = till.platform.keepWaiting('3592B')
  const quoted = till.client.command('sale.quoteSale', { saleId: sale.saleId }).then(
    () => null,
    (error: unknown) => error,
  )
  await till.client.command('sale.setInsured', { saleId: sale.saleId, insured: false })
  await till.tender(sale, 300)
  release()
  expect(await quoted).toMatchObject({ code: 'sale.wrong-state' })
  expect(await till.get(sale)).toMatchObject({ status: 'closed', settlementState: 'draft' })
})

test('loose units of a drug without codes take virtual packs one after the other', async () => {
  const till = await openTill()
  const sale = await till.start()
  const { lineId } = await till.add(sale, 'salts', 'unit')
  await till.setQuantity(sale, lineId, 25)
  await expect.poll(async () => (await till.get(sale)).lines[0]?.packs.map((pack) => pack.quantity / 10_000)).toEqual([20, 5])
  expect((await till.get(sale)).blockers).toEqual([])
})
