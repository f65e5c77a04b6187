import { describe, expect, test } from 'vitest'
import type { LineId, LotId, Sale, SaleId, UncodedEntry } from '../../../electron/contract/index.ts'
import { packsLeft } from '../../../electron/core/uncoded/uncoded-store.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import { lost, refused, uploadOf } from '../../support/fake-platform.ts'
import { barcode, codeOf, drugIdOf, lotNumberOf } from '../../support/small-shop.ts'
import type { DrugKey } from '../../support/small-shop.ts'
import type { Till, TillOptions } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'
import { lotIdOf, receiveWithoutCodes } from '../../support/uncoded-stock.ts'

interface Shelf { readonly till: Till; readonly lotId: LotId; readonly list: (packs: number, lot?: 1 | 2) => Promise<UncodedEntry> }

/** A pharmacist's till; five packs of lot 1 and of lot 2 came in without codes. */
const open = async (drug: DrugKey = 'amoxicillin', options: TillOptions = {}): Promise<Shelf> => {
  const till = await openTill({ staffId: 'P1', ...options })
  const lots = [receiveWithoutCodes(till.db, till.core.house.newId, drug, 5, 1), receiveWithoutCodes(till.db, till.core.house.newId, drug, 5, 2)] as const
  return {
    till,
    lotId: lots[0],
    list: (packs, lot = 1) =>
      till.client.command('uncoded.add', { drugId: drugIdOf(drug), lotId: lots[lot - 1] as LotId, reason: 'bought-before', quantity: packs, evidence: '2025-05-12 购进单 00231' }),
  }
}
const use = (till: Till, sale: { readonly saleId: SaleId }, lineId: LineId, packs: number): Promise<Sale> => till.client.command('sale.useUncoded', { saleId: sale.saleId, lineId, packs })
const left = (till: Till, drug: DrugKey = 'amoxicillin', lotId: string | null = null): number => packsLeft(till.db, drugIdOf(drug), lotId)
const fetched = async (till: Till, sale: { readonly saleId: SaleId }): Promise<number> => (await till.get(sale)).lines.flatMap((line) => line.packs).filter((pack) => pack.virtual).length

describe('the list', () => {
  test('takes what the lot has beside its coded packs, and not one pack more', async () => {
    const { till, list } = await open()
    expect(await till.client.query('uncoded.getRoom', { drugId: drugIdOf('amoxicillin') })).toMatchObject([
      { lotNumber: lotNumberOf('amoxicillin', 1), onHandPacks: 11, codedPacks: 6, listedPacks: 0, room: 5 },
      { lotNumber: lotNumberOf('amoxicillin', 2), room: 5 },
    ])
    const entry = await list(3)
    expect(entry).toMatchObject({ quantity: 3, packsLeft: 3, packsInSales: 0, reason: 'bought-before', toldByName: expect.any(String), closedAt: null, evidence: '2025-05-12 购进单 00231' })
    const error = await list(3).then(() => null, (thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'uncoded.more-than-stock', detail: { onHand: 11, coded: 6, listed: 3, room: 2, wanted: 3 } })
    await list(2)
    expect(left(till)).toBe(5)
    expect(await till.client.query('uncoded.list', {})).toHaveLength(2)
  })

  test('counts a pack in a sale as coded, and gives its room to nobody', async () => {
    const { till } = await open()
    const sale = await till.start()
    await till.scan(sale, codeOf('amoxicillin', 1))
    expect(await till.client.query('uncoded.getRoom', { drugId: drugIdOf('amoxicillin') })).toMatchObject([{ codedPacks: 6, room: 5 }, { room: 5 }])
    await till.tender(sale, 5000)
    expect(await till.client.query('uncoded.getRoom', { drugId: drugIdOf('amoxicillin') })).toMatchObject([{ onHandPacks: 10, codedPacks: 5, room: 5 }, { room: 5 }])
  })

  test('wants a drug that is scanned, its lot, evidence, and a pharmacist', async () => {
    const { till, lotId } = await open()
    const entry = { drugId: drugIdOf('amoxicillin'), lotId, reason: 'made-without', quantity: 1, evidence: '出厂无码证明' } as const
    expect(await till.refusal('uncoded.add', { ...entry, evidence: ' 无 ' })).toMatchObject({ code: 'rpc.invalid-input' })
    expect(await till.refusal('uncoded.add', { ...entry, quantity: 0 })).toMatchObject({ code: 'rpc.invalid-input' })
    expect(await till.refusal('uncoded.add', { ...entry, drugId: drugIdOf('enema'), lotId: lotIdOf(till.db, 'enema') })).toMatchObject({ code: 'uncoded.not-needed' })
    expect(await till.refusal('uncoded.add', { ...entry, drugId: drugIdOf('ibuprofen') })).toMatchObject({ code: 'drug.no-lot' })
    const cashier = await till.window('C1')
    await expect(cashier.command('uncoded.add', entry)).rejects.toMatchObject({ code: 'session.forbidden' })
    expect(await cashier.query('uncoded.list', {})).toEqual([])
  })

  test('is searched by drug, lot and our code; a closed entry is shown only when asked', async () => {
    const { till, list } = await open()
    const { uncodedId } = await list(2)
    const find = async (text: string, closed = false): Promise<number> => (await till.client.query('uncoded.list', { text, closed })).length
    for (const text of ['阿莫西林', lotNumberOf('amoxicillin', 1), drugIdOf('amoxicillin').toLowerCase()]) expect(await find(text), text).toBe(1)
    expect(await find('布洛芬')).toBe(0)
    const closed = await till.client.command('uncoded.close', { uncodedId, reason: '盘点后归零' })
    expect(closed).toMatchObject({ closedReason: '盘点后归零', closedByName: expect.any(String), packsLeft: 2 })
    expect([await find(''), await find('', true), left(till)]).toEqual([0, 1, 0])
    expect(await till.refusal('uncoded.close', { uncodedId, reason: '再关' })).toMatchObject({ code: 'uncoded.closed' })
    expect(await till.refusal('uncoded.close', { uncodedId: '019aa000-0000-7000-8000-00000000dead', reason: '没有' })).toMatchObject({ code: 'uncoded.not-found' })
  })
})

describe('at the counter', () => {
  test('a line takes packs from the list in the sale’s own step; they want no scan, and a code is fetched for each', async () => {
    const { till, list } = await open()
    await list(3)
    const sale = await till.start()
    const { lineId } = await till.add(sale, 'amoxicillin')
    await till.setQuantity(sale, lineId, 3)
    const taken = await use(till, sale, lineId, 2)
    expect(taken.lines[0]).toMatchObject({ uncodedPacks: 2, uncodedFetched: true })
    expect(taken.blockers).toMatchObject([{ code: 'missing-codes', detail: { missing: 1 } }])
    expect(left(till)).toBe(1)
    await expect.poll(() => fetched(till, sale)).toBe(2)
    expect((await till.scan(sale, codeOf('amoxicillin', 1))).sale.lines).toMatchObject([{ quantity: 30_000, packsScanned: 3, packsNeeded: 3 }])
    expect((await till.get(sale)).blockers).toEqual([])
    // One more pack than was said is asked about, then it is one more.
    expect((await till.scan(sale, codeOf('amoxicillin', 2), { answer: 'one-more' })).sale.lines).toMatchObject([{ quantity: 40_000, uncodedPacks: 2 }])
  })

  test('the list runs out: refused with what is left, and nothing was taken', async () => {
    const { till, list } = await open()
    await list(2)
    const sale = await till.start()
    const { lineId } = await till.add(sale, 'amoxicillin')
    expect(await till.refusal('sale.useUncoded', { saleId: sale.saleId, lineId, packs: 3 })).toMatchObject({ code: 'uncoded.used-up', detail: { left: 2, wanted: 3 } })
    expect(left(till)).toBe(2)
    expect((await till.get(sale)).lines[0]).toMatchObject({ uncodedPacks: 0, quantity: 10_000 })
  })

  test('two tills cannot take the same pack', async () => {
    const { till, list } = await open()
    await list(1)
    const [one, two] = [await till.start(), await till.start()]
    const [a, b] = [await till.add(one, 'amoxicillin'), await till.add(two, 'amoxicillin')]
    await use(till, one, a.lineId, 1)
    expect(await till.refusal('sale.useUncoded', { saleId: two.saleId, lineId: b.lineId, packs: 1 })).toMatchObject({ code: 'uncoded.used-up', detail: { left: 0, wanted: 1 } })
    await till.client.command('sale.voidSale', { saleId: one.saleId, reason: '不买' })
    expect((await use(till, two, b.lineId, 1)).lines[0]).toMatchObject({ uncodedPacks: 1 })
  })

  test('packs of another lot on the list get a line of their own, or the line itself when nothing is on it', async () => {
    const { till, list } = await open()
    await list(3, 2)
    const sale = await till.start()
    const { lineId } = await till.add(sale, 'amoxicillin')
    const moved = await use(till, sale, lineId, 1)
    expect(moved.lines.map((line) => [line.lotNumber, line.quantity, line.uncodedPacks])).toEqual([[lotNumberOf('amoxicillin', 2), 10_000, 1]])
    const mixed = await till.start()
    const added = await till.add(mixed, 'amoxicillin')
    await till.setQuantity(mixed, added.lineId, 3)
    await till.scan(mixed, codeOf('amoxicillin', 1))
    const split = await use(till, mixed, added.lineId, 2)
    expect(split.lines.map((line) => [line.lotNumber, line.quantity, line.uncodedPacks])).toEqual([
      [lotNumberOf('amoxicillin', 1), 10_000, 0],
      [lotNumberOf('amoxicillin', 2), 20_000, 2],
    ])
    expect(left(till)).toBe(0)
  })

  test('line voided, sale voided, quantity lowered, turned into loose units: the packs are on the list again', async () => {
    const { till, list } = await open('chlorphenamine')
    await list(4)
    const rest = (): number => left(till, 'chlorphenamine')
    const sale = await till.start()
    const { lineId } = await till.add(sale, 'chlorphenamine')
    await till.setQuantity(sale, lineId, 4)
    await use(till, sale, lineId, 4)
    await expect.poll(() => fetched(till, sale)).toBe(4)
    expect(rest()).toBe(0)
    expect((await till.setQuantity(sale, lineId, 3)).lines[0]).toMatchObject({ uncodedPacks: 3, packsScanned: 3, packsNeeded: 3 })
    expect(rest()).toBe(1)
    expect((await use(till, sale, lineId, 1)).lines[0]).toMatchObject({ uncodedPacks: 1, packsScanned: 1, packsNeeded: 3 })
    expect(rest()).toBe(3)
    await till.client.command('sale.setSellUnit', { saleId: sale.saleId, lineId, sellUnit: 'unit', quantity: 50_000 as never })
    expect(rest()).toBe(4)
    expect(await till.refusal('sale.useUncoded', { saleId: sale.saleId, lineId, packs: 1 })).toMatchObject({ code: 'uncoded.whole-packs' })
    await till.client.command('sale.voidLine', { saleId: sale.saleId, lineId, reason: '' })
    const second = await till.add(sale, 'chlorphenamine')
    await use(till, sale, second.lineId, 1)
    await till.client.command('sale.voidLine', { saleId: sale.saleId, lineId: second.lineId, reason: '不要' })
    expect(rest()).toBe(4)
    const third = await till.add(sale, 'chlorphenamine')
    await use(till, sale, third.lineId, 2)
    await till.client.command('sale.holdSale', { saleId: sale.saleId })
    expect(rest()).toBe(2)
    await till.client.command('sale.voidSale', { saleId: sale.saleId, reason: '不买' })
    expect(rest()).toBe(4)
  })

  test('a drug without codes needs no list, and only an open sale takes from it', async () => {
    const { till, list } = await open()
    await list(1)
    const sale = await till.start()
    const { lineId } = await till.add(sale, 'enema')
    expect(await till.refusal('sale.useUncoded', { saleId: sale.saleId, lineId, packs: 1 })).toMatchObject({ code: 'uncoded.not-needed' })
    const sold = await till.sell(codeOf('amoxicillin', 1))
    expect(await till.refusal('sale.useUncoded', { saleId: sold.saleId, lineId: sold.lines[0]?.lineId as LineId, packs: 1 })).toMatchObject({ code: 'sale.wrong-state' })
  })

  test('of a recalled or expired lot nothing is sold, whatever the list says', async () => {
    const { till, list } = await open()
    await list(2)
    await till.client.command('recall.add', { drugId: drugIdOf('amoxicillin'), lotNumber: lotNumberOf('amoxicillin', 1), reason: '不合格', source: '通告' })
    expect(await till.client.query('uncoded.list', {})).toMatchObject([{ packsLeft: 2, sellable: false }])
    const sale = await till.start()
    expect((await till.scan(sale, barcode('amoxicillin'))).verdict.reason).toBe('uncoded-empty')
    const { lineId } = await till.add(sale, 'amoxicillin')
    expect(await till.refusal('sale.useUncoded', { saleId: sale.saleId, lineId, packs: 1 })).toMatchObject({ code: 'uncoded.used-up', detail: { left: 0, wanted: 1 } })
    await list(1, 2)
    expect((await till.scan(sale, barcode('amoxicillin'))).verdict).toMatchObject({ reason: 'uncoded-left', detail: { packsLeft: 1 } })
    till.clock.now += 701 * 86_400_000
    expect(await till.client.query('uncoded.list', {})).toMatchObject([{ sellable: false }, { sellable: false }])
  })

  test('a closed entry gives nothing more, and keeps what stands in a sale', async () => {
    const { till, list } = await open()
    const { uncodedId } = await list(3)
    const sale = await till.start()
    const { lineId } = await till.add(sale, 'amoxicillin')
    await use(till, sale, lineId, 1)
    expect(await till.client.query('uncoded.list', {})).toMatchObject([{ packsLeft: 2, packsInSales: 1 }])
    await till.client.command('uncoded.close', { uncodedId, reason: '改为扫码' })
    expect(await till.refusal('sale.useUncoded', { saleId: sale.saleId, lineId, packs: 2 })).toMatchObject({ code: 'uncoded.used-up' })
    await expect.poll(() => fetched(till, sale)).toBe(1)
    expect((await till.tender(sale, 1117)).status).toBe('closed')
  })
})

describe('sold', () => {
  test('self-paid without a line: paid at once, the upload fetches the codes and carries them with the scanned ones', async () => {
    const { till, list } = await open()
    await list(2)
    till.platform.down(true)
    const sale = await till.start()
    await till.scan(sale, codeOf('amoxicillin', 1))
    const lineId = (await till.get(sale)).lines[0]?.lineId as LineId
    await use(till, sale, lineId, 2)
    expect((await till.get(sale)).blockers).toEqual([])
    const closed = await till.tender(sale, 3351)
    expect(closed).toMatchObject({ status: 'closed', lines: [{ uncodedPacks: 2, quantity: 30_000 }] })
    const paper = (): Promise<string> => till.client.query('receipt.getReceipt', { saleId: sale.saleId, width: '80', kind: 'sale' }).then((receipt) => JSON.stringify(receipt))
    expect(await paper()).toContain('无追溯码 2盒 (无码库)')
    till.platform.down(false)
    await till.outbox()
    const upload = till.platform.calls.find((call) => call.name === '3505')
    expect(uploadOf(upload!).traceCodes).toHaveLength(3)
    expect(uploadOf(upload!).traceCodes).toContain(codeOf('amoxicillin', 1))
    expect(new Set(uploadOf(upload!).traceCodes).size).toBe(3)
    expect(await paper()).not.toContain('无追溯码')
    expect((await paper()).match(/虚拟码/g)).toHaveLength(2)
    expect(await till.client.query('uncoded.list', {})).toMatchObject([{ packsLeft: 0, packsInSales: 0 }])
  })

  test('with the fund: settled only with a code for every pack, and the settlement carries them', async () => {
    const { till, list } = await open()
    await list(1)
    till.platform.will('3592B', refused('暂不支持'), refused('暂不支持'), refused('暂不支持'))
    const sale = await till.start()
    await till.scan(sale, codeOf('amoxicillin', 1))
    await use(till, sale, (await till.get(sale)).lines[0]?.lineId as LineId, 1)
    await till.person(sale)
    await till.quote(sale)
    expect(await till.refusal('sale.settleSale', { saleId: sale.saleId })).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'missing-codes', missing: 1 } })
    const settled = await till.settle(sale)
    expect(settled.status).toBe('due')
    expect(settled.lines[0]?.packs).toHaveLength(2)
    const asked = till.platform.calls.findLast((call) => call.name === '2102')
    expect(JSON.stringify(asked?.about)).toContain(settled.lines[0]?.packs.find((pack) => pack.virtual)?.code)
  })

  test('a settlement that was lost and undone gives them back; copied into a new sale they are taken again', async () => {
    const { till, list } = await open()
    await list(1)
    const sale = await till.start()
    const { lineId } = await till.add(sale, 'amoxicillin')
    await use(till, sale, lineId, 1)
    await till.person(sale)
    await till.quote(sale)
    till.platform.will('2102', lost())
    expect((await till.settle(sale)).status).toBe('unconfirmed')
    expect(left(till)).toBe(0)
    expect((await till.client.command('sale.resolveNow', { saleId: sale.saleId })).status).toBe('reversed')
    expect(left(till)).toBe(1)
    const copy = await till.client.command('sale.copyToNew', { saleId: sale.saleId })
    expect(copy.lines).toMatchObject([{ uncodedPacks: 1, packsScanned: 0, packsNeeded: 1 }])
    expect(left(till)).toBe(0)
  })

  test('returned: back on the list, both uploads with their codes; a damaged one does not come back', async () => {
    const { till, list } = await open()
    await list(3)
    const sale = await till.start()
    const { lineId } = await till.add(sale, 'amoxicillin')
    await use(till, sale, lineId, 3)
    await expect.poll(() => fetched(till, sale)).toBe(3)
    await till.tender(sale, 3351)
    const sold = await till.get(sale)
    const damaged = sold.lines[0]?.packs[0]?.code ?? ''
    expect(await till.client.query('sale.checkReturn', { saleId: sale.saleId })).toMatchObject({ allowed: true, uncodedPacks: 3, packs: [{ mustScan: false }, { mustScan: false }, { mustScan: false }] })
    await till.client.command('sale.returnSale', { saleId: sale.saleId, reason: '退', packs: [{ code: damaged, back: 'damaged' }] })
    expect(left(till)).toBe(2)
    expect(await till.client.query('trace.getPack', { code: damaged })).toMatchObject({ state: 'locked' })
    await till.outbox()
    const uploads = till.platform.calls.filter((call) => call.name === '3505' || call.name === '3506')
    expect(uploads.map((call) => uploadOf(call).traceCodes.length)).toEqual([3, 3])
    // The damaged box is stock, but nobody may list it again.
    expect(await till.client.query('uncoded.getRoom', { drugId: drugIdOf('amoxicillin') })).toMatchObject([{ onHandPacks: 11, codedPacks: 7, listedPacks: 2, room: 2 }, { room: 5 }])
  })

  test('a product barcode adds the drug, and the list covers it without any scan', async () => {
    const { till, list } = await open()
    await list(1)
    const sale = await till.start()
    const { lineId } = await till.scan(sale, barcode('amoxicillin'), { answer: 'add-drug' })
    await use(till, sale, lineId as LineId, 1)
    expect((await till.tender(sale, 1117)).status).toBe('closed')
  })

  test('where the province settles uncoded goods without codes none is fetched, and the rows go without', async () => {
    const profile = loadProfile(shippedProfileFile('practice'))
    const { till, list } = await open('amoxicillin', { profile: { ...profile, trace: { ...profile.trace, uncoded: 'without' } } })
    await list(1)
    const sale = await till.start()
    const { lineId } = await till.add(sale, 'amoxicillin')
    expect((await use(till, sale, lineId, 1)).lines[0]).toMatchObject({ packsNeeded: 0, packsScanned: 0, uncodedFetched: false })
    await till.person(sale)
    await till.quote(sale)
    expect((await till.settle(sale)).status).toBe('due')
    await till.outbox()
    expect(till.platform.count('3592B')).toBe(0)
    expect(uploadOf(till.platform.calls.find((call) => call.name === '3505')!).traceCodes).toEqual([])
  })
})
