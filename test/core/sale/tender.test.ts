import { expect, test } from 'vitest'
import { fen } from '../../../electron/contract/index.ts'
import { codeOf } from '../../support/small-shop.ts'
import { openTill } from '../../support/till.ts'

test('cash above the due gives change; the sale is closed, packs are sold, stock has left', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  const closed = await till.tender(sale, 2000)
  expect(closed).toMatchObject({
    status: 'closed',
    dueFen: 0,
    tenders: [{ method: 'cash', amountFen: 1117, givenFen: 2000, changeFen: 883, refund: false }],
    upload: 'waiting',
  })
  expect(await till.client.query('trace.getPack', { code: codeOf('amoxicillin', 1) })).toMatchObject({ state: 'sold' })
  expect(till.db.prepare(`select on_hand from lot where lot_number = 'L214-1'`).pluck().get()).toBe((6 - 1) * 24 * 10_000)
})

test('a self-paid sale is paid at once or not at all; only cash may be more', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  const take = { saleId: sale.saleId, method: 'wechat' as const }
  expect(await till.refusal('sale.takeTender', { ...take, givenFen: fen(1000) })).toMatchObject({ code: 'sale.tender-short', detail: { dueFen: 1117 } })
  expect(await till.refusal('sale.takeTender', { ...take, givenFen: fen(1118) })).toMatchObject({ code: 'sale.tender-excess' })
  expect(await till.refusal('sale.takeTender', { ...take, givenFen: fen(0) })).toMatchObject({ code: 'sale.tender-short' })
  expect(await till.refusal('sale.takeTender', { ...take, givenFen: fen(-1117) })).toMatchObject({ code: 'sale.tender-short' })
  expect((await till.get(sale)).tenders).toEqual([])
  expect((await till.tender(sale, 1117, 'wechat')).status).toBe('closed')
})

test('missing codes, an empty sale, an expired lot and no shift block the drawer', async () => {
  const till = await openTill({ shift: false })
  const sale = await till.start()
  const take = { saleId: sale.saleId, method: 'cash' as const, givenFen: fen(5000) }
  await till.scan(sale, codeOf('amoxicillin', 1))
  expect(await till.refusal('sale.takeTender', take)).toMatchObject({ code: 'shift.none-open' })
  await till.client.command('shift.openShift', { floatFen: fen(0) })
  await till.add(sale, 'ibuprofen')
  expect(await till.refusal('sale.takeTender', take)).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'missing-codes' } })
  const empty = await till.start()
  expect(await till.refusal('sale.takeTender', { ...take, saleId: empty.saleId })).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'empty' } })
  // Lot 1 is good for 400 days from the day it came.
  till.clock.now += 400 * 86_400_000
  const old = await till.start()
  await till.scan(old, codeOf('ibuprofen', 2))
  expect((await till.get(old)).blockers).toEqual([])
  till.clock.now += 86_400_000
  expect(await till.refusal('sale.takeTender', { ...take, saleId: old.saleId })).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'lot-expired' } })
  expect((await till.scan(old, codeOf('amoxicillin', 3))).verdict).toMatchObject({ outcome: 'refuse', reason: 'expired' })
})

test('the cash part of an insured sale may come in parts and by several ways; the last closes it', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.quote(sale)
  const settled = await till.settle(sale)
  // 1117: fund 558, account 279, cash 280.
  expect(settled).toMatchObject({ status: 'due', dueFen: 280, settled: { fundFen: 558, accountFen: 279, cashFen: 280 } })
  expect(await till.tender(sale, 100, 'alipay')).toMatchObject({ status: 'due', dueFen: 180 })
  expect(await till.refusal('sale.takeTender', { saleId: sale.saleId, method: 'card', givenFen: fen(181) })).toMatchObject({ code: 'sale.tender-excess' })
  expect(await till.tender(sale, 200)).toMatchObject({
    status: 'closed',
    dueFen: 0,
    tenders: [
      { method: 'alipay', amountFen: 100 },
      { method: 'cash', amountFen: 180, changeFen: 20 },
    ],
  })
  expect(await till.refusal('sale.takeTender', { saleId: sale.saleId, method: 'cash', givenFen: fen(1) })).toMatchObject({ code: 'sale.wrong-state' })
})

test('a sale that fund and account pay whole is closed by the settlement', async () => {
  const till = await openTill()
  till.platform.share = { fund: 0.5, account: 0.5 }
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.scan(sale, codeOf('amoxicillin', 2))
  await till.person(sale)
  await till.quote(sale)
  expect(await till.settle(sale)).toMatchObject({ status: 'closed', dueFen: 0, tenders: [] })
})

test('an insured sale may be turned into a self-paid one until it is settled', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.quote(sale)
  expect(await till.refusal('sale.takeTender', { saleId: sale.saleId, method: 'cash', givenFen: fen(280) })).toMatchObject({ code: 'sale.wrong-state' })
  expect(await till.client.command('sale.setInsured', { saleId: sale.saleId, insured: false })).toMatchObject({
    quote: null,
    settlementState: 'draft',
    dueFen: 1117,
  })
  expect((await till.tender(sale, 1117)).status).toBe('closed')
  await till.outbox()
  expect(till.platform.calls.find((call) => call.name === '3505')?.about).toMatchObject({ insured: null })
})

test('an unconfirmed sale has nothing to pay', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.quote(sale)
  till.platform.will('2102', { kind: 'unknown', code: 'platform.timeout', detail: {}, raw: null })
  expect(await till.settle(sale)).toMatchObject({ status: 'unconfirmed', dueFen: 0 })
  expect(await till.refusal('sale.takeTender', { saleId: sale.saleId, method: 'cash', givenFen: fen(280) })).toMatchObject({ code: 'sale.wrong-state' })
})
