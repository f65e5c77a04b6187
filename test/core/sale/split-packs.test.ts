import { expect, test } from 'vitest'
import { quantity } from '../../../electron/contract/index.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const unitsLeft = async (till: Till, code: string): Promise<number> => (await till.client.query('trace.getPack', { code })).unitsLeft / 10_000
const stockOf = (till: Till): number => (till.db.prepare(`select sum(on_hand) from lot where drug_id = 'P0353'`).pluck().get() as number) / 10_000
const PACK = codeOf('chlorphenamine', 1)

const splitSale = async (till: Till, units: number) => {
  const sale = await till.start()
  const { lineId } = await till.add(sale, 'chlorphenamine', 'unit')
  await till.setQuantity(sale, lineId, units)
  return { sale, lineId }
}

test('a whole pack is opened only when asked, gives its units to the line, and the rest is sold from it in the next sale', async () => {
  const till = await openTill()
  const before = stockOf(till)
  const { sale, lineId } = await splitSale(till, 24)
  expect((await till.scan(sale, PACK)).verdict).toMatchObject({ outcome: 'ask', reason: 'open-split-pack', answers: ['open-pack'] })
  const taken = await till.scan(sale, PACK, { answer: 'open-pack' })
  expect(taken).toMatchObject({ lineId, verdict: { outcome: 'accept', reason: 'split-pack-ok' } })
  expect(taken.sale.lines[0]).toMatchObject({ packsScanned: 1, packsNeeded: 1, packs: [{ code: PACK, quantity: 240_000 }], amountFen: 24 })
  expect(await unitsLeft(till, PACK)).toBe(76)
  await till.tender(sale, 24)
  expect(stockOf(till)).toBe(before - 24)

  const { sale: second } = await splitSale(till, 76)
  expect((await till.scan(second, PACK)).verdict).toMatchObject({ outcome: 'accept', reason: 'split-pack-ok' })
  await till.tender(second, 76)
  expect(await unitsLeft(till, PACK)).toBe(0)
  const { sale: third } = await splitSale(till, 1)
  expect((await till.scan(third, PACK)).verdict).toMatchObject({ outcome: 'refuse', reason: 'split-pack-empty' })
  await till.outbox()
  expect(
    till.platform.calls.filter((call) => call.name === '3505').map((call) => call.about as { traceCodes: string[]; split: boolean; quantity: number }),
  ).toMatchObject([
    { traceCodes: [PACK], split: true, quantity: 240_000 },
    { traceCodes: [PACK], split: true, quantity: 760_000 },
  ])
})

test('a line wanting more than one pack has takes the rest from a second one', async () => {
  const till = await openTill()
  const { sale } = await splitSale(till, 130)
  const one = await till.scan(sale, PACK, { answer: 'open-pack' })
  expect(one.sale.lines[0]).toMatchObject({ packsScanned: 1, packsNeeded: 2 })
  const two = await till.scan(sale, codeOf('chlorphenamine', 2), { answer: 'open-pack' })
  expect(two.sale.lines[0]).toMatchObject({ packsScanned: 2, packsNeeded: 2, packs: [{ quantity: 1_000_000 }, { quantity: 300_000 }] })
  expect(await unitsLeft(till, codeOf('chlorphenamine', 2))).toBe(70)
})

test('less is given back to the pack, more is taken from it', async () => {
  const till = await openTill()
  const { sale, lineId } = await splitSale(till, 130)
  await till.scan(sale, PACK, { answer: 'open-pack' })
  await till.scan(sale, codeOf('chlorphenamine', 2), { answer: 'open-pack' })
  expect((await till.setQuantity(sale, lineId, 110)).lines[0]).toMatchObject({ packs: [{ quantity: 1_000_000 }, { quantity: 100_000 }] })
  expect(await unitsLeft(till, codeOf('chlorphenamine', 2))).toBe(90)
  expect((await till.setQuantity(sale, lineId, 40)).lines[0]).toMatchObject({ packs: [{ code: PACK, quantity: 400_000 }], packsNeeded: 1 })
  expect([await unitsLeft(till, PACK), await unitsLeft(till, codeOf('chlorphenamine', 2))]).toEqual([60, 100])
  expect((await till.setQuantity(sale, lineId, 90)).lines[0]).toMatchObject({ packs: [{ code: PACK, quantity: 900_000 }] })
  expect(await unitsLeft(till, PACK)).toBe(10)
})

test('voiding the line or the sale gives all units back; an opened pack is never whole again', async () => {
  const till = await openTill()
  const { sale, lineId } = await splitSale(till, 30)
  await till.scan(sale, PACK, { answer: 'open-pack' })
  await till.client.command('sale.voidLine', { saleId: sale.saleId, lineId, reason: '不要了' })
  expect(await till.client.query('trace.getPack', { code: PACK })).toMatchObject({ state: 'split-open', unitsLeft: 1_000_000 })
  const whole = await till.start()
  expect((await till.scan(whole, PACK)).verdict).toMatchObject({ outcome: 'refuse', reason: 'split-pack-of-whole' })
  const { sale: again } = await splitSale(till, 40)
  await till.scan(again, PACK)
  await till.client.command('sale.voidSale', { saleId: again.saleId, reason: '不买了' })
  expect(await unitsLeft(till, PACK)).toBe(100)
})

test('a whole-pack line with its code turns into units of the same pack, and back it lacks a code', async () => {
  const till = await openTill()
  const sale = await till.start()
  const { lineId } = await till.scan(sale, PACK)
  if (lineId === null) throw new Error('no line')
  const split = await till.client.command('sale.setSellUnit', { saleId: sale.saleId, lineId, sellUnit: 'unit', quantity: quantity(200_000) })
  expect(split.lines[0]).toMatchObject({ sellUnit: 'unit', quantity: 200_000, amountFen: 20, packs: [{ code: PACK, quantity: 200_000 }] })
  const whole = await till.client.command('sale.setSellUnit', { saleId: sale.saleId, lineId, sellUnit: 'pack', quantity: quantity(10_000) })
  expect(whole.lines[0]).toMatchObject({ sellUnit: 'pack', packsScanned: 0, packsNeeded: 1, amountFen: 100 })
  expect(await till.client.query('trace.getPack', { code: PACK })).toMatchObject({ state: 'split-open', unitsLeft: 1_000_000 })
})

test('units of another lot are another line: what was covered stays, the rest moves', async () => {
  const till = await openTill()
  const { sale } = await splitSale(till, 150)
  await till.scan(sale, PACK, { answer: 'open-pack' })
  const { sale: after } = await till.scan(sale, codeOf('chlorphenamine', 1, 2), { answer: 'open-pack' })
  expect(after.lines.map((line) => [line.lotNumber, line.quantity / 10_000, line.packs.map((pack) => pack.quantity / 10_000)])).toEqual([
    ['L353-1', 100, [100]],
    ['L353-2', 50, [50]],
  ])
  expect(after.totalFen).toBe(150)
})

test('a returned split sale puts the units back into the pack and the stock', async () => {
  const till = await openTill()
  const before = stockOf(till)
  const { sale } = await splitSale(till, 24)
  await till.scan(sale, PACK, { answer: 'open-pack' })
  await till.tender(sale, 24)
  const returned = await till.giveBack(sale, '退货')
  expect(returned.status).toBe('returned')
  expect(await unitsLeft(till, PACK)).toBe(100)
  expect(stockOf(till)).toBe(before)
})
