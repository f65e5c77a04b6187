import { describe, expect, test } from 'vitest'
import type { LotId, Recall } from '../../../electron/contract/index.ts'
import { isRecalled } from '../../../electron/core/recall/recall-store.ts'
import { findLotByNumber, insertLot } from '../../../electron/core/stock/lot-store.ts'
import { codeOf, drugIdOf, lotNumberOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const LOT = lotNumberOf('amoxicillin', 1)
const recall = (till: Till, lotNumber: string | null = LOT): Promise<Recall> =>
  till.client.command('recall.add', { drugId: drugIdOf('amoxicillin'), lotNumber, reason: '溶出度不合格', source: '省药监局 2026 年第 12 号' })
const lotRecalled = (till: Till, lot: 1 | 2 = 1): boolean => findLotByNumber(till.db, drugIdOf('amoxicillin'), lotNumberOf('amoxicillin', lot))?.recalled === true
const asPharmacist = { staffId: 'P1' }

describe('a recall', () => {
  test('stops its lot at once and leaves the others alone', async () => {
    const till = await openTill(asPharmacist)
    expect(await recall(till)).toMatchObject({ lotNumber: LOT, liftedAt: null, onHand: 60_000, toldByName: expect.any(String) })
    expect([lotRecalled(till), lotRecalled(till, 2)]).toEqual([true, false])
    const sale = await till.start()
    expect((await till.scan(sale, codeOf('amoxicillin', 1))).verdict).toMatchObject({ outcome: 'refuse', reason: 'recalled' })
    expect((await till.scan(sale, codeOf('amoxicillin', 1, 2))).verdict.outcome).toBe('accept')
  })

  test('of every lot stops those that are still to come, and one lot’s recall waits for that lot', async () => {
    const till = await openTill(asPharmacist)
    const arrive = (lotNumber: string): void =>
      insertLot(till.db, { lotId: till.core.house.newId() as LotId, drugId: drugIdOf('amoxicillin'), lotNumber, manufacturedOn: null, expiresOn: '2028-01-01' as never, recalled: false })
    await recall(till, 'N2701')
    arrive('n2701')
    expect(findLotByNumber(till.db, drugIdOf('amoxicillin'), 'n2701')?.recalled).toBe(true)
    arrive('N2702')
    expect(findLotByNumber(till.db, drugIdOf('amoxicillin'), 'N2702')?.recalled).toBe(false)
    await recall(till, null)
    expect([lotRecalled(till), lotRecalled(till, 2)]).toEqual([true, true])
    arrive('N2703')
    expect(findLotByNumber(till.db, drugIdOf('amoxicillin'), 'N2703')?.recalled).toBe(true)
    expect(isRecalled(till.db, drugIdOf('amoxicillin'), null)).toBe(true)
    expect(isRecalled(till.db, drugIdOf('ibuprofen'), null)).toBe(false)
  })

  test('of one lot says nothing about a pack whose lot is not known; case makes no other lot', async () => {
    const till = await openTill(asPharmacist)
    await recall(till, LOT.toLowerCase())
    expect(lotRecalled(till)).toBe(true)
    expect(isRecalled(till.db, drugIdOf('amoxicillin'), LOT)).toBe(true)
    expect(isRecalled(till.db, drugIdOf('amoxicillin'), null)).toBe(false)
  })

  test('is entered once, by a pharmacist, with a reason and its source', async () => {
    const till = await openTill(asPharmacist)
    await recall(till)
    const again = { drugId: drugIdOf('amoxicillin'), lotNumber: LOT.toLowerCase(), reason: '再登', source: '电话' }
    expect(await till.refusal('recall.add', again)).toMatchObject({ code: 'recall.twice', detail: { lotNumber: LOT.toLowerCase() } })
    expect(await till.refusal('recall.add', { ...again, lotNumber: null, reason: ' ' })).toMatchObject({ code: 'rpc.invalid-input' })
    expect(await till.refusal('recall.add', { ...again, drugId: 'P9999' as never })).toMatchObject({ code: 'drug.not-found' })
    await expect((await till.window('C1')).command('recall.add', { ...again, lotNumber: 'X1' })).rejects.toMatchObject({ code: 'session.forbidden' })
  })

  test('stops a sale that holds its goods already: blocked at the drawer and at the fund, and the till is told', async () => {
    const till = await openTill(asPharmacist)
    const [cash, insured] = [await till.start(), await till.start()]
    await till.scan(cash, codeOf('amoxicillin', 1))
    await till.scan(insured, codeOf('amoxicillin', 2))
    await till.person(insured)
    await till.quote(insured)
    const told = till.events.length
    expect(await recall(till)).toMatchObject({ inSales: 2 })
    const [line] = (await till.get(cash)).lines
    expect((await till.get(cash)).blockers).toEqual([{ code: 'lot-recalled', lineId: line?.lineId, detail: { drugName: line?.name, lotNumber: LOT } }])
    expect(line?.recalled).toBe(true)
    expect(await till.refusal('sale.takeTender', { saleId: cash.saleId, method: 'cash', givenFen: 5000 as never })).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'lot-recalled' } })
    expect(await till.refusal('sale.settleSale', { saleId: insured.saleId })).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'lot-recalled' } })
    await expect.poll(() => till.events.slice(told).flatMap((event) => (event.type === 'sale' ? [event.sale.saleId] : []))).toEqual(expect.arrayContaining([cash.saleId, insured.saleId]))
  })

  test('tells where its goods are: on the shelf, in sales, sold', async () => {
    const till = await openTill(asPharmacist)
    const sold = await till.sell(codeOf('amoxicillin', 1))
    const held = await till.start()
    await till.scan(held, codeOf('amoxicillin', 2))
    await till.client.command('sale.holdSale', { saleId: held.saleId })
    const { recallId } = await recall(till)
    const detail = await till.client.query('recall.getRecall', { recallId })
    expect(detail).toMatchObject({
      recall: { onHand: 50_000, inSales: 1 },
      lots: [{ lotNumber: LOT, onHand: 50_000, soldPacks: 1, uncodedPacks: 0, morePacks: 0, shelf: 'A01-1' }],
      sales: [{ receiptNumber: held.receiptNumber, status: 'held' }],
    })
    expect(detail.lots[0]?.packs).toHaveLength(5)
    expect(detail.lots[0]?.packs[0]).toMatchObject({ code: codeOf('amoxicillin', 2), state: 'in-sale', receiptNumber: held.receiptNumber })
    expect(detail.lots[0]?.packs.map((pack) => pack.code)).not.toContain(codeOf('amoxicillin', 1))
    expect(await till.refusal('sale.returnSale', { saleId: sold.saleId, reason: '退' })).toMatchObject({ code: 'sale.not-returnable', detail: { reason: 'recalled' } })
  })

  test('is lifted by a manager with a reason; the lot is sold again unless another recall names it', async () => {
    const till = await openTill({ staffId: 'M1' })
    const ofLot = await recall(till)
    const ofAll = await recall(till, null)
    await expect((await till.window('P1')).command('recall.lift', { recallId: ofLot.recallId, reason: '复检合格' })).rejects.toMatchObject({ code: 'session.forbidden' })
    expect(await till.client.command('recall.lift', { recallId: ofAll.recallId, reason: '范围更正' })).toMatchObject({ liftedReason: '范围更正', liftedByName: expect.any(String) })
    expect([lotRecalled(till), lotRecalled(till, 2)]).toEqual([true, false])
    await till.client.command('recall.lift', { recallId: ofLot.recallId, reason: '复检合格' })
    expect(lotRecalled(till)).toBe(false)
    expect(await till.refusal('recall.lift', { recallId: ofLot.recallId, reason: '再解除' })).toMatchObject({ code: 'recall.lifted' })
    expect((await till.sell(codeOf('amoxicillin', 1))).status).toBe('closed')
    expect(await till.client.query('recall.list', {})).toEqual([])
    expect(await till.client.query('recall.list', { lifted: true })).toHaveLength(2)
    expect(await till.client.query('recall.list', { lifted: true, text: '省药监' })).toHaveLength(2)
    expect(await till.client.query('recall.list', { lifted: true, text: '布洛芬' })).toHaveLength(0)
    // The same lot may be recalled again later.
    expect(await recall(till)).toMatchObject({ lotNumber: LOT })
    await expect(till.client.query('recall.getRecall', { recallId: '019aa000-0000-7000-8000-00000000dead' })).rejects.toMatchObject({ code: 'recall.not-found' })
  })
})
