import fc from 'fast-check'
import { v7 } from 'uuid'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { BusinessDate, DrugId, Instant, LineId, LotId, PackState, SaleId } from '../../../electron/contract/index.ts'
import { wholeUnits } from '../../../electron/contract/index.ts'
import type { WritableDb } from '../../../electron/core/db/database.ts'
import { inTransaction } from '../../../electron/core/db/database.ts'
import { insertLinePack, saleStatements } from '../../../electron/core/sale/sale-store.ts'
import {
  addVirtualPack,
  destroyPack,
  firstSeePack,
  lockPack,
  markReturned,
  markSettled,
  markSettlementReversed,
  markSold,
  noteUploaded,
  openForSplit,
  putInSale,
  receivePack,
  releasePack,
  returnUnits,
  takeFromSale,
  takeUnits,
  transferPack,
} from '../../../electron/core/trace/pack-ledger.ts'
import { findPack, showPack } from '../../../electron/core/trace/pack-store.ts'
import { lotsOf } from '../../../electron/core/stock/lot-store.ts'
import { demoDatabase } from '../demo-shop/demo-house.ts'

const AT = 1_795_222_800_000 as Instant
const DRUG = 'P0214' as DrugId
/** A new pack for each test: history is never deleted. */
let CODE = '89002139000000000001'
let serial = 0
const WHOLE = wholeUnits(24)

let db: WritableDb
let lotId: LotId
let mine: SaleId
let other: SaleId

const newSale = (): SaleId => {
  const saleId = v7() as SaleId
  saleStatements(db).insertSale.run({
    saleId,
    receiptNumber: saleId,
    shiftId: null,
    staffId: '1001',
    openedAt: AT,
    businessDate: '2026-11-21' as BusinessDate,
    copiedFrom: null,
  })
  return saleId
}
const putOnLine = (saleId: SaleId, code: string, units: number): LineId => {
  const lineId = v7() as LineId
  saleStatements(db).insertLine.run({
    lineId,
    saleId,
    position: saleStatements(db).nextPosition.get(saleId),
    drugId: DRUG,
    lotId,
    sellUnit: 'unit',
    quantity: wholeUnits(units),
    unitPrice: 1,
    amountFen: 1,
  })
  insertLinePack(db, { lineId, code, quantity: wholeUnits(units) })
  return lineId
}
const inMine = (code: string = CODE) => ({ code, saleId: mine, at: AT, staffId: '1001' })
const state = (): PackState | undefined => findPack(db, CODE)?.state
const history = (): string[] => showPack(db, CODE)?.events.map((event) => event.kind) ?? []

beforeAll(() => {
  db = demoDatabase()
  lotId = lotsOf(db, DRUG)[0]?.lotId ?? ('' as LotId)
})
beforeEach(() => {
  serial += 1
  CODE = `89002139${String(serial).padStart(12, '0')}`
  mine = newSale()
  other = newSale()
  receivePack(db, { code: CODE, lotId, at: AT, staffId: '2001', note: 'delivery 7' })
})

describe('the life of a whole pack', () => {
  test('received, put in a sale, sold, uploaded, returned, and sellable again', () => {
    putInSale(db, inMine())
    expect(findPack(db, CODE)).toMatchObject({ state: 'in-sale', sale_id: mine, units_left: WHOLE })
    markSold(db, inMine())
    expect(findPack(db, CODE)).toMatchObject({ state: 'sold', sale_id: mine, units_left: 0 })
    noteUploaded(db, inMine())
    markReturned(db, { ...inMine(), note: 'wrong strength' })
    noteUploaded(db, inMine(), 'return-uploaded')
    expect(findPack(db, CODE)).toMatchObject({ state: 'returned', sale_id: null, units_left: WHOLE })
    putInSale(db, { ...inMine(), saleId: other })
    expect(findPack(db, CODE)).toMatchObject({ state: 'in-sale', sale_id: other })
    expect(history()).toEqual(['received', 'put-in-sale', 'sold', 'uploaded', 'returned', 'return-uploaded', 'put-in-sale'])
  })
  test('settled by the fund and taken back', () => {
    putInSale(db, inMine())
    markSettled(db, inMine())
    expect(state()).toBe('settled')
    markReturned(db, inMine())
    expect(state()).toBe('returned')
  })
  test('a settlement that was reversed puts it back on the shelf', () => {
    putInSale(db, inMine())
    markSettlementReversed(db, inMine())
    expect(findPack(db, CODE)).toMatchObject({ state: 'in-stock', sale_id: null, units_left: WHOLE })
    expect(history().at(-1)).toBe('settlement-reversed')
  })
  test('its history says who, when, which receipt and why', () => {
    putInSale(db, inMine())
    expect(showPack(db, CODE)).toMatchObject({
      code: CODE,
      state: 'in-sale',
      drugId: DRUG,
      drugName: '阿莫西林胶囊',
      lotId,
      virtual: false,
      unitsLeft: WHOLE,
      firstSeenAt: AT,
      events: [
        { at: AT, kind: 'received', saleId: null, receiptNumber: null, staffName: '李正', note: 'delivery 7' },
        { at: AT, kind: 'put-in-sale', saleId: mine, receiptNumber: mine, staffName: '张小敏', note: '' },
      ],
    })
    expect(showPack(db, '89002138000000000002')).toBeNull()
  })
})

describe('a split pack', () => {
  test('gives its units to sales until it is empty, and takes no more back than it had', () => {
    openForSplit(db, inMine())
    takeUnits(db, { ...inMine(), quantity: wholeUnits(10) })
    takeUnits(db, { ...inMine(), saleId: other, quantity: wholeUnits(14) })
    expect(findPack(db, CODE)).toMatchObject({ state: 'split-open', units_left: 0 })
    expect(() => takeUnits(db, { ...inMine(), quantity: wholeUnits(1) })).toThrow(/impossible/)
    returnUnits(db, { ...inMine(), quantity: wholeUnits(24) })
    expect(() => returnUnits(db, { ...inMine(), quantity: wholeUnits(1) })).toThrow(/impossible/)
    expect(() => takeUnits(db, { ...inMine(), quantity: wholeUnits(0) })).toThrow(/impossible/)
    expect(showPack(db, CODE)?.events.map(({ kind, note }) => `${kind} ${note}`)).toEqual([
      'received delivery 7',
      'opened-for-split ',
      'units-taken 10',
      'units-taken 14',
      'units-returned 24',
    ])
  })
  test('stays open when its sale is sold, settled, reversed or returned, and the history tells', () => {
    openForSplit(db, inMine())
    takeUnits(db, { ...inMine(), quantity: wholeUnits(10) })
    putOnLine(mine, CODE, 10)
    markSold(db, inMine())
    markSettled(db, inMine())
    markSettlementReversed(db, inMine())
    returnUnits(db, { ...inMine(), quantity: wholeUnits(10) })
    markReturned(db, inMine())
    expect(findPack(db, CODE)).toMatchObject({ state: 'split-open', sale_id: null, units_left: WHOLE })
    expect(history()).toEqual(['received', 'opened-for-split', 'units-taken', 'sold', 'settled', 'settlement-reversed', 'units-returned', 'returned'])
  })
  test('is not sold by a sale on whose lines it does not stand', () => {
    openForSplit(db, inMine())
    putOnLine(mine, CODE, 10)
    expect(() => markSold(db, { ...inMine(), saleId: other })).toThrow(/impossible/)
    expect(() => markReturned(db, { ...inMine(), saleId: other })).toThrow(/impossible/)
  })
})

describe('what cannot happen throws and changes nothing', () => {
  test('a pack is entered once', () => {
    for (const enter of [receivePack, firstSeePack, addVirtualPack])
      expect(() => enter(db, { code: CODE, lotId, at: AT, staffId: null })).toThrow(/impossible/)
    expect(history()).toEqual(['received'])
  })
  test('another sale can neither take, sell, release nor return it', () => {
    putInSale(db, inMine())
    const theirs = { ...inMine(), saleId: other }
    for (const act of [putInSale, takeFromSale, markSold, markSettled, markSettlementReversed, markReturned])
      expect(() => act(db, theirs)).toThrow(/impossible, it is in-sale/)
    markSold(db, inMine())
    expect(() => markReturned(db, theirs)).toThrow(/impossible, it is sold/)
    expect(history()).toEqual(['received', 'put-in-sale', 'sold'])
  })
  test('a locked pack stays locked', () => {
    lockPack(db, { code: CODE, at: AT, staffId: '2001', note: 'damaged' })
    for (const act of [putInSale, takeFromSale, markSold, markSettled, markSettlementReversed, markReturned, openForSplit, lockPack])
      expect(() => act(db, inMine())).toThrow(/locked/)
    expect(showPack(db, CODE)?.events.at(-1)).toMatchObject({ kind: 'locked', note: 'damaged' })
  })
  test('nothing happens to a pack that is not in the ledger', () => {
    for (const act of [putInSale, takeFromSale, markSold, markSettled, markSettlementReversed, markReturned, openForSplit, lockPack, noteUploaded])
      expect(() => act(db, inMine('89002138000000000002'))).toThrow(/not in the ledger/)
  })
  test('a refused step rolls back with its transaction', () => {
    expect(() =>
      inTransaction(db, () => {
        putInSale(db, inMine())
        markSold(db, { ...inMine(), saleId: other })
      }),
    ).toThrow(/impossible/)
    expect(state()).toBe('in-stock')
    expect(history()).toEqual(['received'])
  })
})

test('whatever is tried in whatever order, state follows the table and every change left exactly one event', () => {
  const acts = { putInSale, takeFromSale, markSold, markSettled, markSettlementReversed, markReturned, openForSplit, lockPack, releasePack, destroyPack, transferPack, receivePack: (to: WritableDb, change: ReturnType<typeof inMine>) => receivePack(to, { ...change, lotId }) }
  type Act = keyof typeof acts
  const allowed: Record<Act, (now: PackState, own: boolean, opened: boolean) => PackState | null> = {
    putInSale: (now) => (now === 'in-stock' || now === 'returned' ? 'in-sale' : null),
    takeFromSale: (now, own) => (now === 'in-sale' && own ? 'in-stock' : null),
    markSold: (now, own) => (now === 'in-sale' && own ? 'sold' : null),
    markSettled: (now, own) => (now === 'in-sale' && own ? 'settled' : null),
    markSettlementReversed: (now, own) => (now === 'in-sale' && own ? 'in-stock' : null),
    markReturned: (now, own) => ((now === 'sold' || now === 'settled') && own ? 'returned' : null),
    openForSplit: (now) => (now === 'in-stock' || now === 'returned' ? 'split-open' : null),
    lockPack: (now) => (now === 'in-stock' || now === 'returned' || now === 'split-open' ? 'locked' : null),
    releasePack: (now, _own, opened) => (now === 'locked' ? (opened ? 'split-open' : 'in-stock') : null),
    destroyPack: (now) => (['in-stock', 'returned', 'split-open', 'locked'].includes(now) ? 'destroyed' : null),
    transferPack: (now) => (['in-stock', 'returned', 'locked'].includes(now) ? 'transferred' : null),
    receivePack: (now, _own, opened) => (now === 'transferred' ? (opened ? 'split-open' : 'in-stock') : null),
  }
  fc.assert(
    fc.property(fc.array(fc.record({ act: fc.constantFrom(...(Object.keys(acts) as Act[])), own: fc.boolean() }), { maxLength: 15 }), (steps) => {
      serial += 1
      const code = `8900213${String(8_000_000_000_000 + serial)}`
      receivePack(db, { code, lotId, at: AT, staffId: null })
      let now: PackState = 'in-stock'
      let holder: SaleId | null = null
      let events = 1
      let opened = false
      for (const { act, own } of steps) {
        const saleId = own ? mine : other
        const next = allowed[act](now, holder === saleId, opened)
        if (next === null) expect(() => acts[act](db, { ...inMine(code), saleId })).toThrow(/impossible/)
        else {
          acts[act](db, { ...inMine(code), saleId })
          now = next
          opened ||= next === 'split-open'
          holder = next === 'in-sale' || next === 'sold' || next === 'settled' ? saleId : null
          events += 1
        }
        expect(findPack(db, code)).toMatchObject({ state: now, sale_id: holder })
        expect(showPack(db, code)?.events).toHaveLength(events)
      }
    }),
    { numRuns: 300 },
  )
})
