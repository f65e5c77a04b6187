import { expect, test } from 'vitest'
import { lost, offline, refused } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const unconfirmed = async (till: Till, code = codeOf('amoxicillin', 1)) => {
  const sale = await till.start()
  await till.scan(sale, code)
  await till.person(sale)
  await till.quote(sale)
  till.platform.will('2102', lost())
  await till.settle(sale)
  return sale
}
const evidence = '省平台界面截图 0031'

test('a lost reversal is asked again under a new message until it is answered', async () => {
  const till = await openTill()
  const sale = await unconfirmed(till)
  till.platform.will('2601', lost(), offline(), lost())
  for (let turn = 0; turn < 4; turn += 1) await till.client.command('sale.resolveNow', { saleId: sale.saleId })
  expect(await till.get(sale)).toMatchObject({ status: 'reversed' })
  const reversals = till.platform.calls.filter((call) => call.name === '2601')
  expect(reversals).toHaveLength(4)
  expect(new Set(reversals.map((call) => call.messageId)).size).toBe(4)
  expect(new Set(reversals.map((call) => (call.about as { messageId: string }).messageId)).size).toBe(1)
})

test('a reversal is put off a little longer each time and never further than five minutes', async () => {
  const till = await openTill()
  const sale = await unconfirmed(till)
  const waits: number[] = []
  for (let turn = 0; turn < 10; turn += 1) {
    till.platform.will('2601', lost())
    await till.outbox()
    const [job] = await till.client.query('outbox.listItems', {})
    waits.push(job!.dueAt - till.clock.now)
    till.clock.now = job!.dueAt
  }
  expect(waits.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000])
  expect(Math.max(...waits)).toBe(300_000)
  await till.outbox()
  expect((await till.get(sale)).status).toBe('reversed')
})

test('a refused reversal is parked for a manager; a cashier can neither decide it nor ask until it fits', async () => {
  const till = await openTill()
  const sale = await unconfirmed(till)
  till.platform.will('2601', refused('未找到原交易'))
  await till.outbox()
  expect(await till.get(sale)).toMatchObject({ status: 'unconfirmed', settlementState: 'parked' })
  const [job] = await till.client.query('outbox.listItems', { statuses: ['parked'] })
  expect(job).toMatchObject({ kind: 'reverse-settlement', error: { code: 'settlement.parked' } })
  expect(await till.refusal('outbox.retryItem', { outboxId: job!.outboxId })).toMatchObject({ code: 'settlement.parked' })
  expect(await till.refusal('sale.decideParked', { saleId: sale.saleId, decision: 'never-booked', evidence })).toMatchObject({ code: 'session.forbidden' })
  const manager = await till.window('M1')
  expect(await manager.command('sale.decideParked', { saleId: sale.saleId, decision: 'retry-reversal', evidence })).toMatchObject({
    settlementState: 'unknown',
  })
  await till.outbox()
  expect(await till.get(sale)).toMatchObject({ status: 'reversed' })
  expect((await till.client.query('sale.getStory', { saleId: sale.saleId })).at(-3)).toMatchObject({ event: 'person-decided', note: `M1: ${evidence}` })
})

test('"never booked" by evidence frees the packs and leaves nothing parked', async () => {
  const till = await openTill()
  const sale = await unconfirmed(till)
  till.platform.will('2601', refused())
  await till.outbox()
  const manager = await till.window('M1')
  expect(await manager.command('sale.decideParked', { saleId: sale.saleId, decision: 'never-booked', evidence })).toMatchObject({ status: 'reversed' })
  expect(await till.client.query('trace.getPack', { code: codeOf('amoxicillin', 1) })).toMatchObject({ state: 'in-stock' })
  expect(await till.client.query('outbox.listItems', {})).toEqual([])
  await expect(manager.command('sale.decideParked', { saleId: sale.saleId, decision: 'never-booked', evidence })).rejects.toMatchObject({
    code: 'sale.wrong-state',
  })
})

test('a reversal decided to be asked again and refused again is parked again', async () => {
  const till = await openTill()
  const sale = await unconfirmed(till)
  const manager = await till.window('M1')
  till.platform.will('2601', refused(), refused(), refused())
  await till.outbox()
  for (let turn = 0; turn < 2; turn += 1) {
    await manager.command('sale.decideParked', { saleId: sale.saleId, decision: 'retry-reversal', evidence })
    await till.outbox()
    expect(await till.get(sale)).toMatchObject({ settlementState: 'parked' })
  }
  await manager.command('sale.decideParked', { saleId: sale.saleId, decision: 'retry-reversal', evidence })
  await till.outbox()
  expect(await till.get(sale)).toMatchObject({ status: 'reversed' })
})

test('a lost cancellation keeps the sale returning until the platform says it is cancelled, also "already"', async () => {
  const till = await openTill()
  const sale = await till.sellInsured(codeOf('amoxicillin', 1))
  // It was booked, the answer was lost: the next is told that it is cancelled already.
  till.platform.will('2103', (usual) => {
    usual()
    return lost()
  })
  const asked = await till.giveBack(sale, '退')
  expect(asked).toMatchObject({ status: 'returning', settlementState: 'cancel-unknown', dueFen: 0 })
  expect(asked.tenders.filter((tender) => tender.refund)).toEqual([])
  expect(await till.refusal('sale.returnSale', { saleId: sale.saleId, reason: '再退' })).toMatchObject({ code: 'sale.not-returnable', detail: { reason: 'returning' } })
  const before = till.db.prepare('select created_at from platform_message where infno = ?').pluck().get('2103') as number
  till.clock.now += 60_000
  expect(await till.client.command('sale.resolveNow', { saleId: sale.saleId })).toMatchObject({ status: 'returned', settlementState: 'cancelled' })
  expect((await till.get(sale)).tenders.filter((tender) => tender.refund)).toMatchObject([{ amountFen: -280 }])
  // When the platform does not say when, it was when it was first asked: 3201 goes by its day.
  expect(till.db.prepare('select cancelled_at from settlement').pluck().get()).toBe(
    new Date(before + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
  )
})

test('a settled sale whose patient does not pay is cancelled and what was paid is given back', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.quote(sale)
  await till.settle(sale)
  await till.tender(sale, 100)
  till.platform.will('2103', refused('已过撤销期限'))
  expect(await till.giveBack(sale, '付不起')).toMatchObject({ status: 'due', dueFen: 180 })
  expect(await till.giveBack(sale, '付不起')).toMatchObject({
    status: 'returned',
    dueFen: 0,
    tenders: [{ amountFen: 100 }, { amountFen: -100, refund: true }],
  })
})

test('what was on its way when core died is unknown at the next start, and finds its way out', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.quote(sale)
  till.crash.at = 'settle:intent-committed'
  await expect(till.settle(sale)).rejects.toMatchObject({ code: 'rpc.internal' })
  expect(await till.get(sale)).toMatchObject({ status: 'settling' })
  till.crash.at = null
  // The next run adopts it, as the next start would.
  await till.outbox()
  expect(await till.get(sale)).toMatchObject({ status: 'reversed' })
  expect((await till.client.query('sale.getStory', { saleId: sale.saleId })).map((item) => item.event).slice(-4)).toEqual([
    'settle-asked',
    'orphaned',
    'reverse-asked',
    'reverse-accepted',
  ])
})

test('a clock that runs ahead in the middle of a reversal does not make a second one of it', async () => {
  const till = await openTill()
  const sale = await unconfirmed(till)
  const release = till.platform.keepWaiting('2601')
  const first = till.outbox()
  await expect.poll(() => till.platform.count('2601')).toBe(1)
  till.clock.now += 3_600_000
  const second = till.core.outbox.runSale(sale.saleId)
  release()
  await Promise.all([first, second])
  expect(till.platform.count('2601')).toBe(1)
  expect(await till.get(sale)).toMatchObject({ status: 'reversed' })
})

test('a lost cancellation whose repeat the platform refuses is ended by a manager with evidence: the settlement stands, and can be cancelled another day', async () => {
  const till = await openTill()
  const sale = await till.sellInsured(codeOf('amoxicillin', 1))
  till.platform.will('2103', lost(), refused('已过撤销期限'))
  await till.giveBack(sale, '退')
  const manager = await till.window('M1')
  const decide = () => manager.command('sale.decideParked', { saleId: sale.saleId, decision: 'still-settled', evidence })
  // While it is still being asked nobody may say so.
  await expect(decide()).rejects.toMatchObject({ code: 'sale.wrong-state' })
  await till.outbox()
  expect(await till.get(sale)).toMatchObject({ status: 'returning', settlementState: 'cancel-unknown', refusal: { code: 'settlement.cancel-refused' } })
  await expect(manager.command('sale.decideParked', { saleId: sale.saleId, decision: 'never-booked', evidence })).rejects.toMatchObject({
    code: 'sale.wrong-state',
  })
  expect(await decide()).toMatchObject({ status: 'closed', settlementState: 'settled', tenders: [{ amountFen: 280 }] })
  expect(await till.client.query('outbox.listItems', { statuses: ['parked'] })).toEqual([])
  till.platform.will('2103', lost())
  expect(await till.giveBack(sale, '再退')).toMatchObject({ status: 'returning' })
  await till.outbox()
  expect(await till.get(sale)).toMatchObject({ status: 'returned' })
})

test('a returned sale keeps no credential, also one that was never paid', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.quote(sale)
  await till.settle(sale)
  await till.giveBack(sale, '付不起')
  expect(till.db.prepare('select credential from sale where sale_id = ?').pluck().get(sale.saleId)).toBeNull()
})
