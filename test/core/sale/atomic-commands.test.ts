import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { fen } from '../../../electron/contract/index.ts'
import { verifyChain } from '../../../electron/core/audit/audit-log.ts'
import { codeOf, drugIdOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const everything = (till: Till): string =>
  JSON.stringify(
    ['sale', 'sale_line', 'sale_line_pack', 'tender', 'pack', 'pack_event', 'stock_movement', 'lot', 'outbox', 'settlement', 'settlement_event', 'shift'].map(
      (table) => till.db.prepare(`select * from ${table}`).all(),
    ),
  )

test('every command of the sale answers a repeat with the stored answer and does nothing twice', async () => {
  const till = await openTill()
  const sale = await till.start()
  const { saleId } = sale
  const twice = async (name: string, input: object): Promise<unknown> => {
    const commandId = randomUUID()
    const first = await till.client.command(name as 'sale.holdSale', input as never, { commandId })
    const before = everything(till)
    till.clock.now += 1_000
    expect(await till.client.command(name as 'sale.holdSale', input as never, { commandId })).toEqual(first)
    expect(everything(till), name).toBe(before)
    return first
  }
  await twice('sale.scanCode', { saleId, raw: codeOf('amoxicillin', 1), step: 'drug', via: 'hid' })
  const { lineId } = (await twice('sale.addDrug', { saleId, drugId: drugIdOf('chlorphenamine') })) as { lineId: string }
  await twice('sale.setQuantity', { saleId, lineId, quantity: 20_000 })
  await twice('sale.setSellUnit', { saleId, lineId, sellUnit: 'unit', quantity: 50_000 })
  await twice('sale.voidLine', { saleId, lineId, reason: '' })
  await twice('sale.holdSale', { saleId })
  await twice('sale.recallSale', { saleId })
  await twice('sale.takeTender', { saleId, method: 'cash', givenFen: 5000 })
  await twice('sale.returnSale', { saleId, reason: '退', packs: [{ code: codeOf('amoxicillin', 1), back: 'sellable' }] })
  const copy = (await twice('sale.copyToNew', { saleId })) as { saleId: string }
  await twice('sale.voidSale', { saleId: copy.saleId, reason: '不买' })
  await twice('sale.startSale', {})
  await twice('shift.closeShift', { counted: [] })
  await twice('shift.openShift', { floatFen: 0 })
  expect(verifyChain(till.db).intact).toBe(true)
})

test('a command id stands for one command only', async () => {
  const till = await openTill()
  const commandId = randomUUID()
  await till.client.command('sale.startSale', {}, { commandId })
  await expect(till.client.command('shift.closeShift', { counted: [] }, { commandId })).rejects.toMatchObject({ code: 'rpc.invalid-input' })
})

test('a fault in the middle of a tender leaves neither money nor goods moved, no answer, and the repeat works', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  const before = everything(till)
  // The upload's row cannot be written: everything before it in the transaction must go too.
  till.db.exec(`create trigger full_disk before insert on outbox begin select raise(abort, 'no room'); end`)
  const commandId = randomUUID()
  const take = () => till.client.command('sale.takeTender', { saleId: sale.saleId, method: 'cash', givenFen: fen(2000) }, { commandId })
  await expect(take()).rejects.toMatchObject({ code: 'rpc.internal' })
  till.db.exec('drop trigger full_disk')
  expect(everything(till)).toBe(before)
  expect(till.db.prepare(`select count(*) from command_answer where command_id = ?`).pluck().get(commandId)).toBe(0)
  expect(await take()).toMatchObject({ status: 'closed', tenders: [{ amountFen: 1117 }] })
})

test('an answer that cannot be stored takes the effect of an atomic command with it', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  till.db.exec(`create trigger no_answer before insert on command_answer begin select raise(abort, 'no room'); end`)
  await expect(till.tender(sale, 1117)).rejects.toMatchObject({ code: 'rpc.internal' })
  till.db.exec('drop trigger no_answer')
  expect(await till.get(sale)).toMatchObject({ status: 'open', tenders: [] })
})

test('a settlement whose answer was stored is not asked again by a repeat of the command', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.quote(sale)
  const commandId = randomUUID()
  const settle = () => till.client.command('sale.settleSale', { saleId: sale.saleId }, { commandId })
  const [one, two] = await Promise.all([settle(), settle()])
  expect(one).toEqual(two)
  expect(await settle()).toEqual(one)
  expect(till.platform.count('2102')).toBe(1)
})
