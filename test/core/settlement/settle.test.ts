import { expect, test } from 'vitest'
import { garbled, lost, offline, refused } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const quoted = async (till: Till, ...codes: readonly string[]) => {
  const sale = await till.start()
  for (const code of codes) await till.scan(sale, code)
  await till.person(sale)
  await till.quote(sale)
  return sale
}
const story = async (till: Till, sale: { readonly saleId: never }) =>
  (await till.client.query('sale.getStory', { saleId: sale.saleId })).map((item) => item.event)
const packState = async (till: Till, code: string) => (await till.client.query('trace.getPack', { code })).state
const messages = (till: Till) =>
  till.db.prepare('select message_id, infno, outcome, length(request) as bytes from platform_message order by rowid').all() as {
    message_id: string
    infno: string
    outcome: string | null
    bytes: number
  }[]

test('settling books money, stock, packs and uploads in one step and tells its story', async () => {
  const till = await openTill()
  const sale = await quoted(till, codeOf('amoxicillin', 1))
  const settled = await till.settle(sale)
  expect(settled).toMatchObject({ status: 'due', settlementState: 'settled', settled: { totalFen: 1117, fundFen: 558 }, upload: 'waiting', waitingSince: null })
  expect(await packState(till, codeOf('amoxicillin', 1))).toBe('settled')
  expect(till.db.prepare(`select on_hand from lot where lot_number = 'L214-1'`).pluck().get()).toBe(5 * 24 * 10_000)
  expect(await story(till, sale as never)).toEqual(['quote-asked', 'quote-answered', 'settle-asked', 'settle-answered'])
  expect(till.platform.calls.find((call) => call.name === '2102')?.about).toMatchObject({
    lines: [{ packs: [{ code: codeOf('amoxicillin', 1), split: false }] }],
  })
  const [message] = messages(till)
  expect(message).toMatchObject({ infno: '2102', outcome: 'answered' })
  expect(message!.bytes).toBeGreaterThan(0)
  expect(await till.refusal('sale.settleSale', { saleId: sale.saleId })).toMatchObject({ code: 'sale.wrong-state' })
})

test('nothing is asked before the bytes and the intent are stored', async () => {
  const till = await openTill()
  const sale = await quoted(till, codeOf('amoxicillin', 1))
  let seen: unknown = null
  till.platform.will('2102', (usual) => {
    seen = {
      messages: messages(till),
      sale: till.db.prepare('select status, shift_id is not null as shift from sale where sale_id = ?').get(sale.saleId),
      state: till.db.prepare('select state, waiting_since from settlement').get(),
      committed: !till.db.inTransaction,
    }
    return usual()
  })
  await till.settle(sale)
  expect(seen).toMatchObject({
    messages: [{ infno: '2102', outcome: null }],
    sale: { status: 'settling', shift: 1 },
    state: { state: 'settling', waiting_since: till.clock.now },
    committed: true,
  })
})

test("a refused settlement leaves an open sale with the platform's words; the next try is a new message", async () => {
  const till = await openTill()
  const sale = await quoted(till, codeOf('amoxicillin', 1))
  till.platform.will('2102', refused('个人账户已冻结'))
  expect(await till.settle(sale)).toMatchObject({
    status: 'open',
    settlementState: 'refused',
    refusal: { detail: { message: '个人账户已冻结' } },
    dueFen: 280,
  })
  expect(await packState(till, codeOf('amoxicillin', 1))).toBe('in-sale')
  expect(await till.refusal('sale.settleSale', { saleId: sale.saleId })).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'quote-first' } })
  await till.quote(sale)
  expect((await till.settle(sale)).status).toBe('due')
  const ids = messages(till).map((row) => row.message_id)
  expect(new Set(ids).size).toBe(2)
})

test('a request that surely never left leaves the quote as it was', async () => {
  const till = await openTill()
  const sale = await quoted(till, codeOf('amoxicillin', 1))
  till.platform.will('2102', offline())
  expect(await till.settle(sale)).toMatchObject({ status: 'open', settlementState: 'quoted', refusal: { code: 'platform.offline' } })
  expect((await till.settle(sale)).status).toBe('due')
})

test('without a line the settlement is refused before anything is stored', async () => {
  const till = await openTill()
  const sale = await quoted(till, codeOf('amoxicillin', 1))
  till.platform.down(true)
  expect(await till.refusal('sale.settleSale', { saleId: sale.saleId })).toMatchObject({ code: 'platform.offline' })
  expect(messages(till)).toEqual([])
  expect(await till.get(sale)).toMatchObject({ status: 'open', settlementState: 'quoted' })
})

test.each([
  ['lost', lost()],
  ['garbled', garbled()],
  ['contradictory', { kind: 'unknown', code: 'platform.contradictory', detail: { equation: 'x' }, raw: null } as const],
])('a %s answer leaves the sale unconfirmed and the reversal waiting', async (_name, ending) => {
  const till = await openTill()
  const sale = await quoted(till, codeOf('amoxicillin', 1))
  till.platform.will('2102', ending)
  expect(await till.settle(sale)).toMatchObject({ status: 'unconfirmed', settlementState: 'unknown', settled: null, refusal: { code: ending.code } })
  expect(await packState(till, codeOf('amoxicillin', 1))).toBe('in-sale')
  expect((await till.client.query('system.getStatus', {})).unconfirmed.map((row) => row.saleId)).toEqual([sale.saleId])
  // Nobody asks a second time while the first is open, and the pack is not free.
  expect(await till.refusal('sale.settleSale', { saleId: sale.saleId })).toMatchObject({ code: 'sale.wrong-state' })
  const next = await till.start()
  expect((await till.scan(next, codeOf('amoxicillin', 1))).verdict).toMatchObject({ reason: 'in-unconfirmed-sale' })
  await till.scan(next, codeOf('amoxicillin', 2))
  expect((await till.tender(next, 1117)).status).toBe('closed')
  // The reversal runs by itself.
  await till.outbox()
  expect(till.platform.calls.filter((call) => call.name === '2601').map((call) => call.about)).toMatchObject([
    { infno: '2102', messageId: till.platform.calls.find((call) => call.name === '2102')?.messageId, personNumber: '99990000000000000001', region: '999900' },
  ])
  expect(await till.get(sale)).toMatchObject({ status: 'reversed', settlementState: 'reversed', dueFen: 0 })
  expect(await packState(till, codeOf('amoxicillin', 1))).toBe('in-stock')
  expect(till.db.prepare(`select count(*) from stock_movement where sale_id = ?`).pluck().get(sale.saleId)).toBe(0)
  expect(await story(till, sale as never)).toEqual(['quote-asked', 'quote-answered', 'settle-asked', 'settle-lost', 'reverse-asked', 'reverse-accepted'])
})

test('a quote that is older than the basket is not settled', async () => {
  const till = await openTill()
  const sale = await quoted(till, codeOf('amoxicillin', 1))
  // A change between the check and the intent: the revision tells.
  till.crash.at = 'settle:before-intent'
  till.crash.do = () => {
    till.db.prepare('update sale set revision = revision + 1 where sale_id = ?').run(sale.saleId)
  }
  expect(await till.refusal('sale.settleSale', { saleId: sale.saleId })).toMatchObject({ code: 'sale.quote-outdated' })
  expect(till.platform.count('2102')).toBe(0)
})

test('a settlement asked by two windows at once is asked once', async () => {
  const till = await openTill()
  const sale = await quoted(till, codeOf('amoxicillin', 1))
  const second = await till.window('P1')
  const both = await Promise.allSettled([till.settle(sale), second.command('sale.settleSale', { saleId: sale.saleId })])
  expect(both.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(till.platform.count('2102')).toBe(1)
})

test('while the platform thinks the till serves the next customer, and an outbox run does not take the sale for lost', async () => {
  const till = await openTill()
  const sale = await quoted(till, codeOf('amoxicillin', 1))
  // A trial of the same sale that nobody waits for any more ends in the middle.
  await till.scan(sale, codeOf('amoxicillin', 2))
  const releaseTrial = till.platform.keepWaiting('2101')
  const stale = till.quote(sale)
  await expect.poll(() => till.platform.count('2101')).toBe(2)
  await till.scan(sale, codeOf('amoxicillin', 3))
  await till.quote(sale)
  const release = till.platform.keepWaiting('2102')
  const settling = till.settle(sale)
  await expect.poll(async () => (await till.get(sale)).status).toBe('settling')
  releaseTrial()
  await stale
  await till.sell(codeOf('ibuprofen', 1))
  await till.outbox()
  expect(await till.get(sale)).toMatchObject({ status: 'settling', settlementState: 'settling' })
  release()
  expect(await settling).toMatchObject({ status: 'due', settled: { totalFen: 3351 } })
  expect(till.platform.count('2601')).toBe(0)
})

test('an answer that comes after the sale was given up for lost books nothing here', async () => {
  const till = await openTill()
  const sale = await quoted(till, codeOf('amoxicillin', 1))
  const release = till.platform.keepWaiting('2102')
  const settling = till.settle(sale)
  await expect.poll(() => till.platform.count('2102')).toBe(1)
  // As after a restart of the process that asked: nobody is waiting for it any more.
  till.db.prepare(`update settlement set state = 'unknown', waiting_since = null`).run()
  till.db.prepare(`update sale set status = 'unconfirmed'`).run()
  release()
  expect(await settling).toMatchObject({ status: 'unconfirmed', settlementState: 'unknown', settled: null })
  expect(till.db.prepare('select figures, setl_id from settlement').get()).toEqual({ figures: null, setl_id: null })
  expect(messages(till)).toMatchObject([{ outcome: 'answered' }])
})

test('an answer that cannot be stored is a lost one: the next outbox run undoes it', async () => {
  const till = await openTill()
  const sale = await quoted(till, codeOf('amoxicillin', 1))
  till.db.exec(`create trigger full_disk before insert on outbox when new.kind = 'upload-sale' begin select raise(abort, 'no room'); end`)
  await expect(till.settle(sale)).rejects.toMatchObject({ code: 'rpc.internal' })
  till.db.exec('drop trigger full_disk')
  expect(await till.get(sale)).toMatchObject({ status: 'settling', settled: null })
  await till.outbox()
  expect(await till.get(sale)).toMatchObject({ status: 'reversed' })
  expect(till.platform.count('2601')).toBe(1)
})

test('a returned pack is settled with the fund only when the country knows of its last sale and return', async () => {
  const till = await openTill()
  const code = codeOf('amoxicillin', 1)
  const first = await till.sell(code)
  await till.giveBack(first, '退')
  const sale = await quoted(till, code)
  // Both uploads wait, and the first fails now: its code would be taken for ever.
  till.platform.will('3505', lost())
  expect(await till.refusal('sale.settleSale', { saleId: sale.saleId })).toMatchObject({
    code: 'sale.blocked',
    detail: { blocker: 'upload-waiting', receiptNumber: first.receiptNumber, drugName: '阿莫西林胶囊' },
  })
  expect(till.platform.count('2102')).toBe(0)
  // With the line as it should be they go first, by themselves.
  expect((await till.settle(sale)).status).toBe('due')
  expect(till.platform.calls.map((call) => call.name).filter((name) => name.startsWith('35') || name === '2102')).toEqual(['3505', '3505', '3506', '2102'])
})
