import { expect, test } from 'vitest'
import type { Sale } from '../../../electron/contract/index.ts'
import { lost } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const settle = () => new Promise((resolve) => setTimeout(resolve, 10))
const sales = (till: Till): Sale[] => till.events.flatMap((event) => (event.type === 'sale' ? [event.sale] : []))

test('the strip tells line, uploads, unconfirmed, due and held sales', async () => {
  const till = await openTill()
  const held = await till.start()
  await till.client.command('sale.holdSale', { saleId: held.saleId })
  const due = await till.start()
  await till.scan(due, codeOf('amoxicillin', 1))
  await till.person(due)
  await till.quote(due)
  await till.settle(due)
  const open = await till.start()
  await till.scan(open, codeOf('amoxicillin', 2))
  await till.person(open)
  await till.quote(open)
  till.platform.will('2102', lost())
  await till.settle(open)
  expect(await till.client.query('system.getStatus', {})).toMatchObject({
    practice: true,
    shiftOpen: true,
    held: 1,
    businessDate: '2026-11-21',
    tillNumber: '01',
    line: { state: 'online' },
    due: [{ saleId: due.saleId }],
    unconfirmed: [{ saleId: open.saleId, status: 'unconfirmed' }],
    outbox: { waiting: 1, oldestAt: till.clock.now, parked: 0 },
  })
})

test('status is told before sign-in, everything else after', async () => {
  const till = await openTill()
  await till.client.command('session.signOut', {})
  expect((await till.client.query('system.getStatus', {})).shopName).toBe('药柜练习大药房')
  await expect(till.client.query('sale.listSales', {})).rejects.toMatchObject({ code: 'session.required' })
})

test('a change is told after its commit, many in one turn are told once, a rolled-back one tells nothing new', async () => {
  const till = await openTill()
  const sale = await till.start()
  await settle()
  till.events.length = 0
  await till.scan(sale, codeOf('amoxicillin', 1))
  await settle()
  expect(sales(till).map((told) => told.lines.length)).toEqual([1])
  till.events.length = 0
  till.db.exec(`create trigger full_disk before insert on outbox begin select raise(abort, 'no room'); end`)
  await expect(till.tender(sale, 1117)).rejects.toMatchObject({ code: 'rpc.internal' })
  till.db.exec('drop trigger full_disk')
  await settle()
  expect(sales(till).filter((told) => told.status !== 'open')).toEqual([])
})

test('another window hears of a sale that changes by itself', async () => {
  const till = await openTill()
  const other = await till.window('P1')
  const heard: Sale[] = []
  other.subscribe('till.watchTill', {}, (event) => {
    if (event.type === 'sale') heard.push(event.sale)
  })
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.quote(sale)
  till.platform.will('2102', lost())
  await till.settle(sale)
  await settle()
  await till.outbox()
  await settle()
  expect(heard.map((told) => told.status)).toContain('unconfirmed')
  expect(heard.at(-1)).toMatchObject({ saleId: sale.saleId, status: 'reversed' })
})

test('the line coming back is told', async () => {
  const till = await openTill()
  till.platform.down(true)
  await settle()
  till.platform.down(false)
  await settle()
  const states = till.events.flatMap((event) => (event.type === 'status' ? [event.status.line.state] : []))
  expect(states.slice(-2)).toEqual(['offline', 'online'])
})
