import { expect, test } from 'vitest'
import { quantity } from '../../../electron/contract/index.ts'
import { codeOf, drugIdOf, PIECE_ID } from '../../support/small-shop.ts'
import { openTill } from '../../support/till.ts'

test('the quantity of a line multiplies its price once and drops below its codes only by voiding', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  const { lineId, sale: two } = await till.scan(sale, codeOf('amoxicillin', 2))
  expect(two.totalFen).toBe(2234)
  if (lineId === null) throw new Error('no line')
  expect((await till.setQuantity(sale, lineId, 3)).totalFen).toBe(3351)
  expect(await till.refusal('sale.setQuantity', { saleId: sale.saleId, lineId, quantity: quantity(10_000) })).toMatchObject({
    code: 'sale.quantity-below-scanned',
    detail: { scanned: 2 },
  })
  for (const wrong of [0, -10_000, 15_000, 99_990_001]) {
    expect(await till.refusal('sale.setQuantity', { saleId: sale.saleId, lineId, quantity: quantity(wrong) })).toMatchObject({ code: 'sale.quantity-invalid' })
  }
  expect((await till.get(sale)).totalFen).toBe(3351)
})

test('more than the lot has is refused, other lines of the sale counted', async () => {
  const till = await openTill({ packsPerLot: 3 })
  const sale = await till.start()
  const { lineId } = await till.add(sale, 'amoxicillin')
  await till.setQuantity(sale, lineId, 3)
  expect(await till.refusal('sale.setQuantity', { saleId: sale.saleId, lineId, quantity: quantity(40_000) })).toMatchObject({ code: 'drug.no-stock' })
  // The first lot is spoken for: the next one is taken from the second.
  const { sale: more } = await till.add(sale, 'amoxicillin')
  expect(more.lines.map((line) => line.quantity)).toEqual([30_000, 10_000])
  await till.setQuantity(sale, more.lines[1]!.lineId, 3)
  expect(await till.refusal('sale.addDrug', { saleId: sale.saleId, drugId: drugIdOf('amoxicillin') })).toMatchObject({ code: 'drug.no-stock' })
})

test('turning a line into loose units asks for no more than the lot has', async () => {
  const till = await openTill({ packsPerLot: 1 })
  const sale = await till.start()
  const { lineId } = await till.add(sale, 'chlorphenamine')
  expect(await till.refusal('sale.setSellUnit', { saleId: sale.saleId, lineId, sellUnit: 'unit', quantity: quantity(1_010_000) })).toMatchObject({
    code: 'drug.no-stock',
  })
  const split = await till.client.command('sale.setSellUnit', { saleId: sale.saleId, lineId, sellUnit: 'unit', quantity: quantity(1_000_000) })
  expect(split.lines[0]).toMatchObject({ sellUnit: 'unit', quantity: 1_000_000, amountFen: 100 })
  expect(await till.refusal('sale.setSellUnit', { saleId: sale.saleId, lineId, sellUnit: 'pack', quantity: quantity(20_000) })).toMatchObject({
    code: 'drug.no-stock',
  })
})

test('decoction pieces are weighed in parts of a gram and need no code', async () => {
  const till = await openTill()
  const sale = await till.start()
  const { lineId } = await till.client.command('sale.addDrug', { saleId: sale.saleId, drugId: PIECE_ID })
  const weighed = await till.client.command('sale.setQuantity', { saleId: sale.saleId, lineId, quantity: quantity(125_000) })
  // 12.5 g at 0.0552 yuan
  expect(weighed.lines[0]).toMatchObject({ quantity: 125_000, amountFen: 69, packsNeeded: 0 })
  expect(weighed.blockers).toEqual([])
  expect(await till.refusal('sale.addDrug', { saleId: sale.saleId, drugId: PIECE_ID, sellUnit: 'unit' })).toMatchObject({ code: 'drug.not-splittable' })
})

test('a line is voided without a reason only while nothing was scanned; its codes go back to the shelf', async () => {
  const till = await openTill()
  const sale = await till.start()
  const { lineId: empty } = await till.add(sale, 'ibuprofen')
  expect((await till.client.command('sale.voidLine', { saleId: sale.saleId, lineId: empty, reason: '' })).lines).toEqual([])
  const { lineId } = await till.scan(sale, codeOf('amoxicillin', 1))
  if (lineId === null) throw new Error('no line')
  expect(await till.refusal('sale.voidLine', { saleId: sale.saleId, lineId, reason: ' ' })).toMatchObject({
    code: 'sale.reason-required',
    detail: { scanned: 1 },
  })
  expect((await till.client.command('sale.voidLine', { saleId: sale.saleId, lineId, reason: '拿错' })).lines).toEqual([])
  expect(await till.client.query('trace.getPack', { code: codeOf('amoxicillin', 1) })).toMatchObject({ state: 'in-stock' })
  expect(await till.refusal('sale.voidLine', { saleId: sale.saleId, lineId, reason: '再次' })).toMatchObject({ code: 'sale.line-not-found' })
  expect((await till.scan(sale, codeOf('amoxicillin', 1))).verdict.outcome).toBe('accept')
})

test('a line of another sale cannot be touched through this one', async () => {
  const till = await openTill()
  const [one, other] = [await till.start(), await till.start()]
  const { lineId } = await till.add(one, 'amoxicillin')
  expect(await till.refusal('sale.setQuantity', { saleId: other.saleId, lineId, quantity: quantity(20_000) })).toMatchObject({ code: 'sale.line-not-found' })
})
