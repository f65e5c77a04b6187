import { describe, expect, test } from 'vitest'
import type { GoodsScan, Instant, Output } from '../../../electron/contract/index.ts'
import { outerPackCode } from '../../../electron/core/demo-shop/demo-codes.ts'
import { cartonOf, expectedPack, openCarton, tellCascade } from '../../../electron/core/goods/cascade.ts'
import { findLotByNumber, lotsOf } from '../../../electron/core/stock/lot-store.ts'
import { lotsOutOfBalance } from '../../../electron/core/stock/move-stock.ts'
import { giveKey } from '../../../electron/core/trace/pack-key.ts'
import { firstSeePack, lockPack, markSold, putInSale, transferPack } from '../../../electron/core/trace/pack-ledger.ts'
import { findPack, showPack } from '../../../electron/core/trace/pack-store.ts'
import { addDays } from '../../../electron/domain/calendar.ts'
import { codeOf } from '../../support/small-shop.ts'
import { openTill } from '../../support/till.ts'
import type { Till } from '../../support/till.ts'
import { carton, DRUG, inner, oneCarton, pack, paper, ROW, TODAY } from './papers.ts'
import type { Row } from './papers.ts'

const UNITS = 24
const AT = 1 as Instant
const P1 = { staffId: 'P1', staffName: 'P1', role: 'pharmacist' } as const

interface BackDoor extends Till {
  readonly tell: (rows: readonly Row[], documentNumber?: string) => Promise<string>
  readonly receive: (raw: string, deliveryId?: string | null) => Promise<GoodsScan>
  readonly count: (raw: string, since?: number | null, deliveryId?: string | null) => Promise<GoodsScan>
}
const backDoor = async (): Promise<BackDoor> => {
  const till = await openTill({ staffId: 'P1', shift: false })
  const scan = (purpose: 'receive' | 'count', raw: string, deliveryId: string | null, since: number | null): Promise<GoodsScan> =>
    till.client.command('goods.scanCode', { deliveryId, raw, purpose, countedSince: since as Instant | null })
  return {
    ...till,
    tell: async (rows, documentNumber) => (await till.client.command('goods.importDelivery', paper(rows, documentNumber))).delivery?.deliveryId ?? '',
    receive: (raw, deliveryId = null) => scan('receive', raw, deliveryId, null),
    count: (raw, since = null, deliveryId = null) => scan('count', raw, deliveryId, since),
  }
}
const packsIn = ({ packs }: GoodsScan): Partial<GoodsScan['packs']> => Object.fromEntries(Object.entries(packs).filter(([, n]) => n > 0))
const onHand = (till: Till, lotNumber: string): number => (findLotByNumber(till.db, DRUG, lotNumber)?.onHand ?? 0) / 10_000
const history = (till: Till, code: string): readonly string[] => showPack(till.db, code)?.events.map(({ kind }) => kind) ?? []

describe('receiving by scan', () => {
  test('one scan of a carton brings in all its packs, with the paper behind each and the stock of each lot moved once', async () => {
    const till = await backDoor()
    const deliveryId = await till.tell(oneCarton())
    const scan = await till.receive(carton(1), deliveryId)
    expect(scan).toMatchObject({ outcome: 'accept', reason: 'received', sound: 'ok', level: 3, drugId: DRUG, lotNumber: 'D-1', delivery: { expected: 10, received: 10 } })
    expect(packsIn(scan)).toEqual({ inside: 10, received: 10 })
    for (let n = 100; n < 110; n += 1) {
      expect(findPack(till.db, pack(n))).toMatchObject({ state: 'in-stock', drug_id: DRUG })
      expect(showPack(till.db, pack(n))?.events).toMatchObject([{ kind: 'received', document: 'PD-1', staffName: 'P1' }])
    }
    expect(onHand(till, 'D-1')).toBe(10 * UNITS)
    expect(till.db.prepare(`select count(*) from stock_movement where lot_id = (select lot_id from lot where lot_number = 'D-1')`).pluck().get()).toBe(1)
    expect(lotsOutOfBalance(till.db)).toEqual([])
  })

  test('scanned again, whole or in part, nothing happens twice and it says so', async () => {
    const till = await backDoor()
    await till.tell(oneCarton())
    await till.receive(inner(1))
    const rest = await till.receive(carton(1))
    expect([rest.reason, packsIn(rest)]).toEqual(['received', { inside: 10, received: 5, already: 5 }])
    for (const code of [carton(1), inner(2), pack(103)]) {
      const again = await till.receive(code)
      expect([again.outcome, again.reason, again.sound]).toEqual(['notice', 'already-received', 'own-repeat'])
    }
    expect([onHand(till, 'D-1'), history(till, pack(103))]).toEqual([10 * UNITS, ['received']])
  })

  test('a pack alone is received alone', async () => {
    const till = await backDoor()
    const deliveryId = await till.tell(oneCarton())
    expect(await till.receive(pack(104), deliveryId)).toMatchObject({ reason: 'received', level: 1, lotNumber: 'D-1', packs: { inside: 1, received: 1 }, delivery: { received: 1 } })
    const { lines, cartons, missing } = await till.client.query('goods.getDelivery', { deliveryId })
    expect(lines).toMatchObject([{ drugId: DRUG, lotNumber: 'D-1', expected: 10, received: 1, missing: 9, onShelf: 1 }])
    expect(cartons.map(({ level, packs, received }) => [level, packs, received])).toEqual([[3, 10, 1], [2, 5, 1], [2, 5, 0]])
    expect([missing.length, missing.includes(pack(104))]).toEqual([9, false])
  })

  test('a code that no paper names is turned away with the reason, and nothing changes', async () => {
    const till = await backDoor()
    const deliveryId = await till.tell(oneCarton())
    const other = await till.tell([{ code: pack(900) }], 'PD-2')
    await till.tell([{ code: inner(9), level: 2 }], 'PD-3')
    const before = till.db.prepare(`select count(*) from pack_event`).pluck().get()
    const said = async (raw: string, of: string | null = deliveryId): Promise<readonly unknown[]> => {
      const { outcome, reason, code } = await till.receive(raw, of)
      return [outcome, reason, code]
    }
    expect(await said(pack(999))).toEqual(['refuse', 'not-on-delivery', pack(999)])
    expect(await said(pack(900))).toEqual(['refuse', 'on-other-delivery', pack(900)])
    expect(await said(pack(100), other)).toEqual(['refuse', 'on-other-delivery', pack(100)])
    expect(await said(codeOf('amoxicillin', 1))).toEqual(['refuse', 'already-here', codeOf('amoxicillin', 1)])
    expect(await said(outerPackCode(ROW, 3, 99))).toEqual(['refuse', 'outer-not-on-paper', outerPackCode(ROW, 3, 99)])
    expect(await said(inner(9), null)).toEqual(['refuse', 'content-unknown', inner(9)])
    expect(await said('00169990000000000015')).toEqual(['refuse', 'outer-not-on-paper', '00169990000000000015'])
    expect(await said('134567890123456789')).toEqual(['refuse', 'no-trace-code', null])
    expect(await said('999999199001010016')).toEqual(['refuse', 'no-trace-code', null])
    expect(await said('89002139')).toEqual(['refuse', 'unreadable', null])
    expect(await said('')).toEqual(['refuse', 'unreadable', null])
    expect(till.db.prepare(`select count(*) from pack_event`).pluck().get()).toBe(before)
  })

  test('nothing of a payment code or an ID is kept anywhere', async () => {
    const till = await backDoor()
    for (const secret of ['134567890123456789', '999999199001010016']) {
      await till.receive(secret)
      const kept = ['command_answer', 'audit_log'].flatMap((table) => till.db.prepare(`select * from ${table}`).all())
      expect(JSON.stringify([kept, till.log])).not.toContain(secret)
    }
  })

  test('a pack that the alarm list knows as sold elsewhere comes in locked, under an open alarm, and is named', async () => {
    const till = await backDoor()
    const key = giveKey(till.db, { code: pack(101), identifier: null, serial: null })
    till.db.prepare(`insert into foreign_sale (pack_key, source, told_at) values (?, 'alarm-list', 1)`).run(key)
    await till.tell(oneCarton())
    const scan = await till.receive(carton(1))
    expect(scan).toMatchObject({ outcome: 'notice', reason: 'received-locked', sound: 'foreign', packs: { received: 10, locked: 1 }, attention: [{ code: pack(101), state: 'locked' }] })
    expect(history(till, pack(101)).toSorted()).toEqual(['alarmed', 'locked', 'received'])
    expect(till.db.prepare(`select count(*) from alarm where pack_key = ? and status = 'open'`).pluck().get(key)).toBe(1)
    const { lines } = await till.client.query('goods.getDelivery', { deliveryId: scan.delivery?.deliveryId ?? '' })
    expect(lines).toMatchObject([{ received: 10, locked: 1, onShelf: 9 }])
  })

  test('expired goods come in and are told to be put aside', async () => {
    const till = await backDoor()
    await till.tell([{ code: pack(1), lotNumber: 'E-1', expiresOn: addDays(TODAY, -1), manufacturedOn: null }, { code: pack(2), lotNumber: 'E-2', expiresOn: TODAY, manufacturedOn: null }])
    expect(await till.receive(pack(1))).toMatchObject({ reason: 'received-not-for-sale', detail: { reason: 'expired' } })
    expect(await till.receive(pack(2))).toMatchObject({ reason: 'received' })
  })

  test('a pack sold before its paper came is booked into the lot it was sold from, and keeps its state', async () => {
    const till = await backDoor()
    const [first] = lotsOf(till.db, DRUG)
    if (first === undefined) throw new Error('no lot')
    firstSeePack(till.db, { code: pack(100), lotId: first.lotId, staffId: 'C1', at: AT })
    const sale = { code: pack(100), saleId: (await till.start()).saleId, staffId: 'C1', at: AT }
    putInSale(till.db, sale)
    markSold(till.db, sale)
    await till.tell(oneCarton())
    expect(packsIn(await till.receive(carton(1)))).toEqual({ inside: 10, received: 10 })
    expect([onHand(till, 'D-1'), onHand(till, first.lotNumber) - first.onHand / 10_000]).toEqual([9 * UNITS, UNITS])
    expect([history(till, pack(100)).at(-1), findPack(till.db, pack(100))]).toMatchObject(['received', { lot_id: first.lotId, state: 'sold' }])
    expect((await till.receive(pack(100))).reason).toBe('already-received')
  })

  test('a pack the counter saw before its paper came, still on the shelf, becomes its paper’s lot', async () => {
    const till = await backDoor()
    const [first] = lotsOf(till.db, DRUG)
    if (first === undefined) throw new Error('no lot')
    firstSeePack(till.db, { code: pack(100), lotId: first.lotId, staffId: 'C1', at: AT })
    await till.tell(oneCarton())
    expect(packsIn(await till.receive(carton(1)))).toEqual({ inside: 10, received: 10 })
    expect([onHand(till, 'D-1'), onHand(till, first.lotNumber)]).toEqual([10 * UNITS, first.onHand / 10_000])
    const lotId = lotsOf(till.db, DRUG).find((lot) => lot.lotNumber === 'D-1')?.lotId
    expect([history(till, pack(100)), findPack(till.db, pack(100))]).toMatchObject([['first-seen', 'received'], { lot_id: lotId, state: 'in-stock' }])
  })

  test('a pack that went to another shop and comes back on a paper is received again', async () => {
    const till = await backDoor()
    transferPack(till.db, { code: codeOf('amoxicillin', 1), staffId: 'P1', at: AT })
    await till.tell([{ code: codeOf('amoxicillin', 1), lotNumber: 'B-1' }])
    expect((await till.receive(codeOf('amoxicillin', 1))).reason).toBe('received')
    expect([findPack(till.db, codeOf('amoxicillin', 1))?.state, onHand(till, 'B-1')]).toEqual(['in-stock', UNITS])
  })

  test('of two papers that name one pack, one receives it; the other only ticks it off', async () => {
    const till = await backDoor()
    const one = await till.tell([{ code: pack(1) }], 'PD-1')
    const two = await till.tell([{ code: pack(1) }], 'PD-2')
    expect((await till.receive(pack(1), two)).delivery).toMatchObject({ documentNumber: 'PD-2', received: 1 })
    expect((await till.receive(pack(1), one)).reason).toBe('already-received')
    expect((await till.client.query('goods.listDeliveries', {})).map(({ received }) => received)).toEqual([1, 1])
    expect([onHand(till, 'D-1'), history(till, pack(1))]).toEqual([UNITS, ['received']])
  })

  test('ended with packs missing, a delivery says who noted what, once; a late pack still comes in', async () => {
    const till = await backDoor()
    const deliveryId = await till.tell(oneCarton())
    await till.receive(inner(1))
    expect(await till.client.command('goods.endDelivery', { deliveryId, note: ' 少 5 盒，已告知供应商 ' })).toMatchObject({ received: 5, endedBy: 'P1', endedNote: '少 5 盒，已告知供应商' })
    expect((await till.refusal('goods.endDelivery', { deliveryId, note: '' })).code).toBe('goods.delivery-ended')
    expect((await till.receive(pack(107))).reason).toBe('received')
    expect((await till.refusal('goods.endDelivery', { deliveryId: '01930000-0000-7000-8000-ffffffffffff', note: '' })).code).toBe('goods.delivery-not-found')
    expect((await till.refusal('goods.scanCode', { deliveryId: '01930000-0000-7000-8000-ffffffffffff', raw: pack(1), purpose: 'receive' })).code).toBe('goods.delivery-not-found')
  })
})

describe('a carton at the till', () => {
  test('is opened once: its packs are in, who opened it is known, and again changes nothing', async () => {
    const till = await backDoor()
    const deliveryId = await till.tell(oneCarton())
    const opened = openCarton(till.core.house, P1, carton(1))
    expect([opened.received, opened.carton]).toEqual([10, { drugId: DRUG, level: 3, packs: 10, opened: true }])
    till.clock.now += 60_000
    expect(openCarton(till.core.house, { ...P1, staffId: 'C1' }, carton(1))).toMatchObject({ received: 0, already: 10 })
    expect(await till.client.query('goods.showCarton', { raw: carton(1) })).toMatchObject({ openedAt: till.clock.now - 60_000, openedBy: 'P1', packs: 10, received: 10, within: null })
    expect(cartonOf(till.db, inner(1))?.opened).toBe(false)
    expect((await till.client.query('goods.getDelivery', { deliveryId })).delivery.received).toBe(10)
    expect(() => openCarton(till.core.house, P1, pack(100))).toThrow(expect.objectContaining({ code: 'goods.not-a-carton' }) as Error)
  })

  test('shows what is in it, one level down', async () => {
    const till = await backDoor()
    await till.tell(oneCarton())
    await till.receive(pack(100))
    const outer = await till.client.query('goods.showCarton', { raw: ` ${carton(1)}\r` })
    expect(outer).toMatchObject({ level: 3, packs: 10, received: 1, source: 'delivery' })
    expect(outer.children).toEqual([{ code: inner(1), level: 2, state: null, packs: 5, received: 1 }, { code: inner(2), level: 2, state: null, packs: 5, received: 0 }])
    const within = await till.client.query('goods.showCarton', { raw: inner(1) })
    expect([within.within, within.children[0]]).toEqual([carton(1), { code: pack(100), level: 1, state: 'in-stock', packs: 1, received: 1 }])
    await expect(till.client.query('goods.showCarton', { raw: '134567890123456789' })).rejects.toMatchObject({ code: 'goods.not-a-carton' })
  })

  test('that the platform told of, without a paper, brings nothing in: its lot is not known', async () => {
    const till = await backDoor()
    const named = (code: string): { code: string; identifier: null; serial: null } => ({ code, identifier: null, serial: null })
    tellCascade(till.db, { carton: { ...named(inner(5)), drugId: DRUG, level: 2 }, children: [named(pack(1)), named(pack(2))], source: 'platform', at: AT })
    tellCascade(till.db, { carton: { ...named(inner(5)), drugId: DRUG, level: 2 }, children: [named(pack(1))], source: 'platform', at: AT })
    expect(cartonOf(till.db, inner(5))?.packs).toBe(2)
    expect(await till.receive(inner(5))).toMatchObject({ outcome: 'refuse', reason: 'outer-not-on-paper' })
    expect(openCarton(till.core.house, P1, inner(5))).toMatchObject({ received: 0, unexpected: [pack(1), pack(2)] })
    expect(() => tellCascade(till.db, { carton: { ...named(inner(6)), drugId: DRUG, level: 2 }, children: [named(pack(1))], source: 'platform', at: AT })).toThrow('two cartons')
  })

  test('that the platform told of takes in those of its packs that a paper names', async () => {
    const till = await backDoor()
    const named = (code: string): { code: string; identifier: null; serial: null } => ({ code, identifier: null, serial: null })
    await till.tell([{ code: pack(1) }])
    tellCascade(till.db, { carton: { ...named(inner(5)), drugId: DRUG, level: 2 }, children: [named(pack(1)), named(pack(2))], source: 'platform', at: AT })
    expect(await till.receive(inner(5))).toMatchObject({ reason: 'received-in-part', packs: { received: 1, notExpected: 1 }, attention: [{ code: pack(2), state: null }], delivery: { received: 1 } })
  })
})

describe('goods of a delivery at the till', () => {
  const selling = async (): Promise<Till> => {
    const till = await openTill()
    await (await till.window('P1')).command('goods.importDelivery', paper(oneCarton()))
    return till
  }

  test('a carton asks whether to open it; opened, its packs are in and sold like any other', async () => {
    const till = await selling()
    const sale = await till.start()
    const asked = await till.scan(sale, carton(1))
    expect([asked.verdict.outcome, asked.verdict.reason, asked.verdict.answers]).toEqual(['ask', 'carton', ['open-carton']])
    expect(findPack(till.db, pack(100))).toBeNull()
    expect((await till.scan(sale, carton(1), { answer: 'open-carton' })).verdict).toMatchObject({ outcome: 'notice', reason: 'carton-opened' })
    expect([onHand(till, 'D-1'), (await till.get(sale)).lines.length]).toEqual([10 * UNITS, 0])
    expect((await till.scan(sale, pack(100))).verdict.outcome).toMatch(/accept|notice/)
    await till.tender(sale, (await till.get(sale)).dueFen)
    expect([history(till, pack(100)), onHand(till, 'D-1')]).toEqual([['received', 'put-in-sale', 'sold'], 9 * UNITS])
    expect(lotsOutOfBalance(till.db)).toEqual([])
  })

  test('a pack that only a paper knows is received by the scan that sells it, into the paper’s lot', async () => {
    const till = await selling()
    await till.sell(pack(100))
    expect([history(till, pack(100)), onHand(till, 'D-1')]).toEqual([['received', 'put-in-sale', 'sold'], 0])
    expect(showPack(till.db, pack(100))?.events[0]).toMatchObject({ document: 'PD-1', staffName: 'C1' })
    const window = await till.window('P1')
    expect(await window.command('goods.scanCode', { deliveryId: null, raw: carton(1), purpose: 'receive' })).toMatchObject({ packs: { received: 9, already: 1 } })
    expect([onHand(till, 'D-1'), lotsOutOfBalance(till.db)]).toEqual([9 * UNITS, []])
  })
})

describe('counting by scan', () => {
  const stocked = async (): Promise<{ till: BackDoor; deliveryId: string; since: number }> => {
    const till = await backDoor()
    const deliveryId = await till.tell(oneCarton())
    await till.receive(carton(1))
    till.clock.now += 60_000
    return { till, deliveryId, since: till.clock.now }
  }

  test('a closed carton stands for its packs, each counted once, and what is left to find goes down', async () => {
    const { till, deliveryId, since } = await stocked()
    expect(await till.count(inner(1), since, deliveryId)).toMatchObject({ outcome: 'accept', reason: 'counted', packs: { found: 5 }, missing: 5 })
    expect(await till.count(pack(100), since, deliveryId)).toMatchObject({ reason: 'counted-already', packs: { foundAlready: 1 }, missing: 5 })
    expect(await till.count(carton(1), since, deliveryId)).toMatchObject({ reason: 'counted', packs: { found: 5, foundAlready: 5 }, missing: 0 })
    expect(history(till, pack(100))).toEqual(['received', 'counted'])
    const { lines } = await till.client.query('goods.getDelivery', { deliveryId, countedSince: since as Instant })
    expect(lines).toMatchObject([{ onShelf: 10, counted: 10 }])
    till.clock.now += 1
    expect(await till.count(pack(100), till.clock.now, deliveryId)).toMatchObject({ reason: 'counted', missing: 9 })
  })

  test('changes neither state nor stock, and says what differs from the books', async () => {
    const { till, deliveryId, since } = await stocked()
    const before = onHand(till, 'D-1')
    lockPack(till.db, { code: pack(105), staffId: 'P1', at: AT })
    transferPack(till.db, { code: pack(106), staffId: 'P1', at: AT })
    expect(await till.count(pack(105), since)).toMatchObject({ reason: 'counted' })
    expect(await till.count(pack(106), since)).toMatchObject({ outcome: 'notice', reason: 'count-wrong-state', sound: 'stop', detail: { packState: 'transferred' }, attention: [{ code: pack(106), state: 'transferred' }] })
    expect(await till.count('00169990000000000015', since)).toMatchObject({ outcome: 'refuse', reason: 'outer-not-on-paper', packs: { notExpected: 0 } })
    expect(await till.count(pack(777), since)).toMatchObject({ outcome: 'notice', reason: 'count-not-expected', attention: [{ code: pack(777), state: null }] })
    expect(await till.count(codeOf('amoxicillin', 1), since, deliveryId)).toMatchObject({ reason: 'count-of-other-goods', packs: { found: 1 } })
    expect([findPack(till.db, pack(106))?.state, onHand(till, 'D-1'), findPack(till.db, pack(777))]).toEqual(['transferred', before, null])
    expect(lotsOutOfBalance(till.db)).toEqual([])
  })

  test('of an opened carton asks for its packs one by one', async () => {
    const { till, since } = await stocked()
    openCarton(till.core.house, P1, carton(1))
    expect(await till.count(carton(1), since)).toMatchObject({ outcome: 'refuse', reason: 'carton-opened' })
    expect((await till.count(inner(1), since)).reason).toBe('counted')
  })

  test('without a delivery counts the scanned lot', async () => {
    const { till, since } = await stocked()
    expect(await till.count(pack(100), since)).toMatchObject({ reason: 'counted', delivery: null, missing: 9 })
    expect(await till.count(codeOf('amoxicillin', 1), since)).toMatchObject({ reason: 'counted', missing: 5 })
  })
})

test('a command that is sent again is answered, not done again', async () => {
  const till = await backDoor()
  await till.tell(oneCarton())
  const input = { deliveryId: null, raw: pack(100), purpose: 'receive' } as const
  const answers: Output<'goods.scanCode'>[] = []
  for (let n = 0; n < 2; n += 1) answers.push(await till.client.command('goods.scanCode', input, { commandId: '01930000-0000-7000-8000-00000000abcd' } as never))
  expect(answers.map(({ reason }) => reason)).toEqual(['received', 'received'])
  expect([history(till, pack(100)), expectedPack(till.db, pack(100))]).toEqual([['received'], null])
})
