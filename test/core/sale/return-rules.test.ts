import { describe, expect, test } from 'vitest'
import type { BroughtBack, SaleId } from '../../../electron/contract/index.ts'
import { lost, refused } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const DAY = 86_400_000
const [A, B] = [codeOf('amoxicillin', 1), codeOf('amoxicillin', 2)]
const check = (till: Till, { saleId }: { readonly saleId: SaleId }) => till.client.query('sale.checkReturn', { saleId })
const whose = (till: Till, { saleId }: { readonly saleId: SaleId }, raw: string) => till.client.query('sale.checkReturnPack', { saleId, raw })
const refusedBy = async (till: Till, { saleId }: { readonly saleId: SaleId }, packs: readonly BroughtBack[] = [{ code: A, back: 'sellable' }], unscannableReason = '') =>
  (await till.refusal('sale.returnSale', { saleId, reason: '退', packs: [...packs], unscannableReason })).detail['reason']

describe('before the patient hands anything over', () => {
  test('the till hears what must be brought back and until when', async () => {
    const till = await openTill()
    const sale = await till.sell(A, B)
    expect(await check(till, sale)).toEqual({
      allowed: true,
      reasons: [],
      soldOn: '2026-11-21',
      until: '2026-12-01',
      uncodedPacks: 0,
      packs: [A, B].map((code) => expect.objectContaining({ code, mustScan: true, units: null, lotNumber: 'L214-1' })),
    })
  })

  test('the tenth day is good, the eleventh is not, whatever the clock says later', async () => {
    const till = await openTill()
    const sale = await till.sell(A)
    till.clock.now += 10 * DAY
    expect((await check(till, sale)).allowed).toBe(true)
    till.clock.now += DAY
    expect(await check(till, sale)).toMatchObject({ allowed: false, reasons: [{ reason: 'too-late', detail: { days: 11, returnDays: 10 } }] })
    expect(await refusedBy(till, sale)).toBe('too-late')
    // Somebody sells today, then sets the clock back.
    await till.sell(B)
    till.clock.now -= 9 * DAY
    expect(await refusedBy(till, sale)).toBe('too-late')
    till.clock.now -= 300 * DAY
    expect(await refusedBy(till, sale)).toBe('too-late')
  })

  test('a sale that was not sold, is unconfirmed or was returned says so', async () => {
    const till = await openTill()
    const open = await till.start()
    expect((await check(till, open)).reasons).toMatchObject([{ reason: 'not-sold' }])
    expect(await refusedBy(till, open, [])).toBe('not-sold')
    const unlucky = await till.start()
    await till.scan(unlucky, B)
    await till.person(unlucky)
    await till.quote(unlucky)
    till.platform.will('2102', lost())
    await till.settle(unlucky)
    expect((await check(till, unlucky)).reasons).toMatchObject([{ reason: 'unconfirmed' }])
    const sale = await till.sell(A)
    await till.giveBack(sale)
    expect((await check(till, sale)).reasons).toMatchObject([{ reason: 'returned', detail: { receiptNumber: sale.receiptNumber } }])
    await expect(check(till, { saleId: '019aa000-0000-7000-8000-00000000dead' as SaleId })).rejects.toMatchObject({ code: 'sale.not-found' })
  })

  test('an open alarm over one of its packs or over the sale stands in the way until it is closed', async () => {
    const till = await openTill()
    const sale = await till.sell(A)
    const raise = (saleId: string | null, code: string): unknown =>
      till.db
        .prepare(`insert into alarm (alarm_id, pack_key, kind, source, told_at, sale_id, status) select 'a' || ?, pack_key, 'suspicion', 'test', 0, ?, 'open' from pack_shown where code = ?`)
        .run(code, saleId, code)
    raise(null, A)
    expect(await refusedBy(till, sale)).toBe('alarm')
    till.db.prepare(`update alarm set status = 'closed', closed_at = 1, closed_by = 'M1'`).run()
    expect((await check(till, sale)).allowed).toBe(true)
    raise(sale.saleId, B)
    expect(await refusedBy(till, sale)).toBe('alarm')
  })
})

describe('the pack in hand', () => {
  test('is of this sale, of another, never sold here, or no pack; nothing foreign is told back', async () => {
    const till = await openTill()
    const sale = await till.sell(A)
    const other = await till.sell(B)
    expect(await whose(till, sale, A)).toEqual({ code: A, refusal: null })
    expect(await whose(till, sale, ` ${A}\r`)).toEqual({ code: A, refusal: null })
    expect(await whose(till, sale, B)).toEqual({ code: null, refusal: { reason: 'other-sale', detail: { receiptNumber: other.receiptNumber } } })
    expect(await whose(till, sale, codeOf('amoxicillin', 3))).toMatchObject({ refusal: { reason: 'not-ours' } })
    expect(await whose(till, sale, '89999990000000000001')).toMatchObject({ refusal: { reason: 'not-ours' } })
    for (const raw of ['', 'x', '\u0000', '6901234567892', '134567890123456789', 'A'.repeat(4096)]) expect(await whose(till, sale, raw)).toMatchObject({ code: null, refusal: { reason: 'not-a-pack' } })
  })
})

describe('what comes back', () => {
  test('is every pack, once, and none of another sale', async () => {
    const till = await openTill()
    const sale = await till.sell(A, B)
    expect(await refusedBy(till, sale, [])).toBe('packs-missing')
    expect(await refusedBy(till, sale, [{ code: A, back: 'sellable' }])).toBe('packs-missing')
    expect(await refusedBy(till, sale, [{ code: A, back: 'sellable' }, { code: A, back: 'sellable' }, { code: B, back: 'sellable' }])).toBe('scanned-already')
    expect(await refusedBy(till, sale, [{ code: A, back: 'sellable' }, { code: B, back: 'sellable' }, { code: codeOf('amoxicillin', 3), back: 'sellable' }])).toBe('other-sale')
    expect(await till.get(sale)).toMatchObject({ status: 'closed', tenders: [{ refund: false }] })
  })

  test('opened or damaged is locked and never sold again; the whole one is', async () => {
    const till = await openTill()
    const sale = await till.sell(A, B)
    await till.client.command('sale.returnSale', { saleId: sale.saleId, reason: '退', packs: [{ code: A, back: 'damaged' }, { code: B, back: 'sellable' }] })
    const pack = await till.client.query('trace.getPack', { code: A })
    expect(pack.state).toBe('locked')
    expect(pack.events.slice(-2)).toMatchObject([{ kind: 'returned' }, { kind: 'locked', note: '退货时已拆或破损', document: sale.receiptNumber }])
    const next = await till.start()
    expect((await till.scan(next, A)).verdict).toMatchObject({ outcome: 'refuse', reason: 'locked' })
    expect((await till.scan(next, B)).verdict).toMatchObject({ outcome: 'notice', reason: 'pack-ok-returned' })
  })

  test('with a code that cannot be read any more is a manager’s word with a reason, and locked', async () => {
    const till = await openTill()
    const sale = await till.sell(A)
    const torn: BroughtBack[] = [{ code: A, back: 'unscannable' }]
    expect(await refusedBy(till, sale, torn, '二维码磨花')).toBe('needs-manager')
    const manager = await till.window('M1')
    await expect(manager.command('sale.returnSale', { saleId: sale.saleId, reason: '退', packs: torn })).rejects.toMatchObject({ detail: { reason: 'reason-missing' } })
    await manager.command('sale.returnSale', { saleId: sale.saleId, reason: '退', packs: torn, unscannableReason: '二维码磨花' })
    expect((await till.client.query('trace.getPack', { code: A })).events.at(-1)).toMatchObject({ kind: 'locked', note: '退货时码读不出：二维码磨花' })
  })

  test('is remembered while a cancellation waits for its answer, also over a restart of the question', async () => {
    const till = await openTill()
    const sale = await till.sellInsured(A, B)
    await till.outbox()
    till.platform.will('2103', lost())
    await till.client.command('sale.returnSale', { saleId: sale.saleId, reason: '退', packs: [{ code: A, back: 'damaged' }, { code: B, back: 'sellable' }] })
    expect(await refusedBy(till, sale)).toBe('returning')
    expect((await till.client.query('trace.getPack', { code: A })).state).toBe('settled')
    await till.client.command('sale.resolveNow', { saleId: sale.saleId })
    expect((await till.client.query('trace.getPack', { code: A })).state).toBe('locked')
    expect((await till.client.query('trace.getPack', { code: B })).state).toBe('returned')
  })

  test('what was said at an attempt that came to nothing is forgotten', async () => {
    const till = await openTill()
    const sale = await till.sellInsured(A)
    await till.outbox()
    till.platform.will('2103', refused('已过撤销期限'))
    await till.client.command('sale.returnSale', { saleId: sale.saleId, reason: '退', packs: [{ code: A, back: 'damaged' }] })
    expect((await till.get(sale)).status).toBe('closed')
    await till.giveBack(sale)
    expect((await till.client.query('trace.getPack', { code: A })).state).toBe('returned')
  })

  test('is pieces and loose units too, which nobody scans', async () => {
    const till = await openTill()
    const sale = await till.start()
    const { lineId } = await till.add(sale, 'chlorphenamine', 'unit')
    await till.setQuantity(sale, lineId, 24)
    await till.scan(sale, codeOf('chlorphenamine', 1), { answer: 'open-pack' })
    await till.tender(sale, (await till.get(sale)).dueFen)
    expect((await check(till, sale)).packs).toMatchObject([{ mustScan: false, units: 240_000 }])
    expect(await till.client.command('sale.returnSale', { saleId: sale.saleId, reason: '退' })).toMatchObject({ status: 'returned' })
  })
})
