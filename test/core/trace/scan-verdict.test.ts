import { v7 } from 'uuid'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { BusinessDate, DrugId, Instant, LineId, SaleId, SellUnit } from '../../../electron/contract/index.ts'
import { Pack, wholeUnits } from '../../../electron/contract/index.ts'
import type { WritableDb } from '../../../electron/core/db/database.ts'
import { barcodeOf, gtinOf, identifierOf, packCode } from '../../../electron/core/demo-shop/demo-codes.ts'
import { insertDrug, getDrugFacts } from '../../../electron/core/drug/drug-store.ts'
import { lotsOf } from '../../../electron/core/stock/lot-store.ts'
import { insertLinePack, saleStatements, setSaleStatus } from '../../../electron/core/sale/sale-store.ts'
import { gatherFacts } from '../../../electron/core/trace/gather-facts.ts'
import { prepareKnownGoods } from '../../../electron/core/trace/known-goods.ts'
import { firstSeePack, markReturned, markSold, openForSplit, putInSale, takeUnits } from '../../../electron/core/trace/pack-ledger.ts'
import { findPack } from '../../../electron/core/trace/pack-store.ts'
import type { House } from '../../../electron/core/house.ts'
import type { RepeatCounter } from '../../../electron/core/trace/repeat-counter.ts'
import { createRepeatCounter } from '../../../electron/core/trace/repeat-counter.ts'
import { traceHandlers } from '../../../electron/core/trace/trace-handlers.ts'
import { recognise } from '../../../electron/domain/recognition/recognise.ts'
import type { Decision } from '../../../electron/domain/verdict/decide.ts'
import { decide } from '../../../electron/domain/verdict/decide.ts'
import { NINE_OCLOCK } from '../../support/database.ts'
import { demoDatabase } from '../demo-shop/demo-house.ts'

const AT = NINE_OCLOCK as Instant
const TODAY = '2026-11-21' as BusinessDate
const AMOXICILLIN = 'P0214' as DrugId
const CODE = packCode(214, 1, 1)

let db: WritableDb
let saleId: SaleId
let repeats: RepeatCounter

const newSale = (): SaleId => {
  const id = v7() as SaleId
  saleStatements(db).insertSale.run({
    saleId: id,
    receiptNumber: id.slice(-12),
    shiftId: null,
    staffId: '1001',
    openedAt: AT,
    businessDate: TODAY,
    copiedFrom: null,
  })
  return id
}
const addLine = (code: string, sellUnit: SellUnit, units: number): LineId => {
  const lineId = v7() as LineId
  const pack = findPack(db, code)
  saleStatements(db).insertLine.run({
    lineId,
    saleId,
    position: saleStatements(db).nextPosition.get(saleId),
    drugId: pack?.drug_id,
    lotId: pack?.lot_id,
    sellUnit,
    quantity: wholeUnits(units),
    unitPrice: 1,
    amountFen: 1,
  })
  return lineId
}
const putOnLine = (lineId: LineId, code: string, units: number): void => {
  insertLinePack(db, { lineId, code, quantity: wholeUnits(units) })
}
const change = (code = CODE, sale = saleId) => ({ code, saleId: sale, at: AT, staffId: '1001' })
const ASKED = { picked: null, mayLearn: true, day: TODAY, clockBehind: false, policy: { nearExpiryDays: 90, lastSaleDaysBefore: 0, unreceived: 'ask', splitPolicy: 'repeat-with-counter', strict: false } } as const
const STRICT = { policy: { ...ASKED.policy, strict: true } } as const
const scan = (raw: string, given: Partial<Parameters<typeof gatherFacts>[2]> = {}): Decision =>
  decide(
    gatherFacts(db, recognise({ raw, step: 'drug' }), {
      step: 'drug',
      saleId,
      answer: null,
      selectedLineId: null,
      ...ASKED,
      repeats,
      ...given,
    }),
  )

beforeAll(() => {
  db = demoDatabase()
  prepareKnownGoods(db)
})
beforeEach(() => {
  db.exec('begin')
  saleId = newSale()
  repeats = createRepeatCounter()
})

afterEach(() => {
  db.exec('rollback')
})

describe('a scan against the ledger', () => {
  test('follows one pack through sale, hold, lost settlement, booking and return', () => {
    expect(scan(CODE)).toMatchObject({ reason: 'pack-ok', drugName: '阿莫西林胶囊' })
    const theirs = newSale()
    putInSale(db, change(CODE, theirs))
    expect(scan(CODE)).toMatchObject({ reason: 'in-another-sale', detail: { held: false, receiptNumber: theirs.slice(-12) } })
    setSaleStatus(db, theirs, 'held')
    expect(scan(CODE)).toMatchObject({ reason: 'in-another-sale', detail: { held: true } })
    expect(scan(CODE, { saleId: theirs }).reason).toBe('in-this-sale')
    setSaleStatus(db, theirs, 'unconfirmed')
    expect(scan(CODE).reason).toBe('in-unconfirmed-sale')
    markSold(db, change(CODE, theirs))
    expect(scan(CODE)).toMatchObject({
      reason: 'sold-here',
      sound: 'own-repeat',
      detail: { soldAt: AT, soldAtText: '09:00', soldToday: true, receiptNumber: theirs.slice(-12), repeats: 1 },
    })
    expect([scan(CODE).sound, scan(CODE).sound]).toEqual(['own-repeat', 'stop'])
    markReturned(db, change(CODE, theirs))
    expect(scan(CODE)).toMatchObject({ reason: 'pack-ok-returned', outcome: 'notice' })
    putInSale(db, change())
    markSold(db, { ...change(), at: (AT + 1) as Instant })
    expect(scan(CODE)).toMatchObject({ sound: 'own-repeat', detail: { repeats: 1 } })
  })
  test('knows where a split pack stands', () => {
    const lineId = addLine(CODE, 'unit', 6)
    expect(scan(CODE)).toMatchObject({ reason: 'open-split-pack', answers: ['open-pack'] })
    expect(scan(CODE, { answer: 'open-pack' }).reason).toBe('split-pack-ok')
    openForSplit(db, change())
    expect(scan(CODE)).toMatchObject({ reason: 'split-pack-ok', detail: { unitsLeft: '24粒' } })
    takeUnits(db, { ...change(), quantity: wholeUnits(6) })
    putOnLine(lineId, CODE, 6)
    expect(scan(CODE).reason).toBe('in-this-sale')
    expect(scan(CODE, { saleId: newSale() }).reason).toBe('split-pack-of-whole')
    saleStatements(db).voidLine.run({ lineId, reason: 'x' })
    addLine(CODE, 'unit', 6)
    expect(scan(CODE)).toMatchObject({ reason: 'split-pack-ok', detail: { unitsLeft: '18粒' } })
  })
  test('compares with the selected line and with the lot of the line that waits', () => {
    const lineId = addLine(packCode(10, 1, 1), 'pack', 1)
    expect(scan(CODE, { selectedLineId: lineId }).reason).toBe('pack-ok')
    expect(scan(CODE, { selectedLineId: lineId, ...STRICT })).toMatchObject({ reason: 'wrong-product', detail: { wantedDrugName: '多潘立酮片' } })
    putOnLine(lineId, packCode(10, 1, 1), 30)
    expect(scan(CODE, { selectedLineId: lineId, ...STRICT }).reason).toBe('pack-ok')
    addLine(packCode(214, 2, 1), 'pack', 1)
    expect(scan(CODE)).toMatchObject({
      reason: 'pack-ok-lot-differs',
      detail: { lotNumber: lotsOf(db, AMOXICILLIN)[0]?.lotNumber, lineLotNumber: lotsOf(db, AMOXICILLIN)[1]?.lotNumber },
    })
  })
  test('finds the product of a barcode and of an identifier, and says nothing of one that two products carry', () => {
    expect(scan(barcodeOf(214))).toMatchObject({ reason: 'product-barcode', drugId: AMOXICILLIN })
    expect(scan(`(01)${gtinOf(214)}(10)A1`)).toMatchObject({ reason: 'product-barcode', drugId: AMOXICILLIN })
    expect(scan(identifierOf(214))).toMatchObject({ reason: 'identifier-only', drugId: AMOXICILLIN })
    insertDrug(db, { ...getDrugFacts(db, AMOXICILLIN), drugId: 'TWIN' as DrugId })
    expect(scan(barcodeOf(214))).toMatchObject({ reason: 'ambiguous-barcode', outcome: 'ask', drugId: null, candidates: [{ drugId: AMOXICILLIN }, { drugId: 'TWIN' }] })
  })
  test('asks nothing of the database for a code of another step', () => {
    const closed = {
      prepare: () => {
        throw new Error('no statement expected')
      },
      inTransaction: false,
      function: () => {
        throw new Error('no function is needed')
      },
      readable: true,
    } as const
    for (const step of ['person', 'payment'] as const) {
      const code = recognise({ raw: CODE, step })
      expect(decide(gatherFacts(closed, code, { ...ASKED, step, saleId, answer: null, selectedLineId: null })).outcome).toBe(
        'refuse',
      )
    }
  })
})

describe('trace.getPack', () => {
  const getPack = (code: string): unknown => traceHandlers({ db } as House)['trace.getPack'](null as never, { code })
  test('shows a pack with its whole history, however its code was typed', () => {
    const shown = getPack('8900352 1010353000001')
    expect(Pack.safeParse(shown).error).toBeUndefined()
    expect(shown).toMatchObject({ state: 'split-open', drugName: '马来酸氯苯那敏片(扑尔敏片)', unitsLeft: 760_000 })
    expect((shown as Pack).events.map(({ kind, note, receiptNumber }) => `${kind} ${note} ${receiptNumber ?? '-'}`)).toEqual([
      'received 期初入库 -',
      'opened-for-split  20261120-01-0002',
      'units-taken 24 20261120-01-0002',
      'sold  20261120-01-0002',
    ])
  })
  test('finds a virtual code as it stands and says so when there is no such pack', () => {
    firstSeePack(db, { code: 'VIRTUAL-1', lotId: findPack(db, CODE)?.lot_id as never, at: AT, staffId: null })
    expect(getPack(' VIRTUAL-1 ')).toMatchObject({ code: 'VIRTUAL-1' })
    expect(() => getPack('134567890123456789')).toThrow(
      expect.objectContaining({ code: 'pack.not-found', detail: {}, message: expect.not.stringContaining('1345') }),
    )
  })
})

test('the counter of repeats forgets the oldest codes rather than growing for ever', () => {
  expect([repeats.count('a', AT), repeats.count('a', AT), repeats.count('a', (AT + 1) as Instant)]).toEqual([1, 2, 1])
  repeats.count('a', (AT + 1) as Instant)
  for (let i = 0; i < 1000; i += 1) repeats.count(`c${i}`, AT)
  expect(repeats.count('c999', AT)).toBe(2)
  expect(repeats.count('a', (AT + 1) as Instant)).toBe(1)
})
