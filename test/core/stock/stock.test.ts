import fc from 'fast-check'
import { v7 } from 'uuid'
import { beforeEach, describe, expect, test } from 'vitest'
import type { BusinessDate, DrugId, Instant, LineId, LotId, Quantity, SaleId } from '../../../electron/contract/index.ts'
import { AppError, quantity, unitPrice, wholeUnits } from '../../../electron/contract/index.ts'
import type { WritableDb } from '../../../electron/core/db/database.ts'
import type { DrugFacts } from '../../../electron/core/drug/drug-store.ts'
import { drugsByBarcode, drugsByNationalCode, earliestSellable, getDrug, insertDrug, packsOnHandByDrug } from '../../../electron/core/drug/drug-store.ts'
import { findLotByNumber, getLot, insertLot, lotsOf, sellableLots, setLotManufacturedOn } from '../../../electron/core/stock/lot-store.ts'
import type { MovementKind } from '../../../electron/core/stock/move-stock.ts'
import { lotsOutOfBalance, moveStock } from '../../../electron/core/stock/move-stock.ts'
import { addDays, isExpired } from '../../../electron/domain/calendar.ts'
import { emptyDatabase } from '../../support/database.ts'

const TODAY = '2026-11-21' as BusinessDate
const AT = 1_795_222_800_000 as Instant
const AMOXICILLIN: DrugFacts = {
  drugId: 'P1' as DrugId,
  genericName: '阿莫西林胶囊',
  tradeName: '',
  spec: '0.25g',
  packSpec: '0.25g×24粒/盒',
  maker: '某厂',
  approvalNumber: '国药准字H44021351',
  barcode: '6999000000018',
  nationalCode: 'XJ01CAA040E001010104044',
  insuranceClass: 'A',
  restriction: '',
  prescriptionOnly: true,
  kind: 'western',
  packUnit: '盒',
  smallestUnit: '粒',
  unitsPerPack: 24,
  packPrice: unitPrice(11_170_000),
  codeRequirement: 'scan',
  shelf: 'R01',
}

let db: WritableDb
const addLot = (lotNumber: string, expiresOn: string, { recalled = false, units = 0 } = {}): LotId => {
  const lotId = v7() as LotId
  insertLot(db, { lotId, drugId: AMOXICILLIN.drugId, lotNumber, manufacturedOn: null, expiresOn: expiresOn as BusinessDate, recalled })
  if (units > 0) moveStock(db, { lotId, kind: 'received', quantity: wholeUnits(units), saleId: null, lineId: null, at: AT, newId: v7 })
  return lotId
}
const move = (lotId: LotId, kind: MovementKind, units: number, lineId: LineId | null = null, mayGoBelowZero = false): void =>
  moveStock(db, {
    lotId,
    kind,
    quantity: quantity(units * 10_000),
    saleId: lineId === null ? null : (v7() as SaleId),
    lineId,
    at: AT,
    newId: v7,
    mayGoBelowZero,
  })
const codeOf = (act: () => unknown): string | null => {
  try {
    act()
    return null
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

beforeEach(() => {
  db = emptyDatabase()
  insertDrug(db, AMOXICILLIN)
})

describe('stock of a lot', () => {
  test('is always the sum of its movements, and never below zero, whatever is tried', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ kind: fc.constantFrom<MovementKind>('opening', 'received', 'sale', 'return'), units: fc.integer({ min: 0, max: 50 }) }), {
          maxLength: 30,
        }),
        (moves) => {
          const lotId = addLot(v7(), '2028-01-01')
          let expected = 0
          for (const { kind, units } of moves) {
            const signed = kind === 'sale' ? -units : units
            const refused = codeOf(() => move(lotId, kind, signed))
            if (units === 0) expect(refused).toMatch(/RangeError/)
            else if (expected + signed < 0) expect(refused).toBe('drug.no-stock')
            else {
              expect(refused).toBeNull()
              expected += signed
            }
            expect(getLot(db, lotId).onHand).toBe(expected * 10_000)
          }
          expect(lotsOutOfBalance(db)).toEqual([])
        },
      ),
      { numRuns: 30 },
    )
  })
  test('a line leaves once and comes back once; a second time changes nothing', () => {
    const lotId = addLot('A', '2028-01-01', { units: 48 })
    const lineId = v7() as LineId
    move(lotId, 'sale', -24, lineId)
    expect(() => move(lotId, 'sale', -24, lineId)).toThrow(/UNIQUE/)
    expect(getLot(db, lotId).onHand).toBe(wholeUnits(24))
    move(lotId, 'return', 24, lineId)
    expect(() => move(lotId, 'return', 24, lineId)).toThrow(/UNIQUE/)
    expect(getLot(db, lotId).onHand).toBe(wholeUnits(48))
    expect(lotsOutOfBalance(db)).toEqual([])
  })
  test('what was booked elsewhere may take it below zero, and goods then fill it up again', () => {
    const lotId = addLot('A', '2028-01-01', { units: 10 })
    move(lotId, 'sale', -24, null, true)
    expect(getLot(db, lotId).onHand).toBe(quantity(-140_000))
    move(lotId, 'received', 4)
    expect(getLot(db, lotId).onHand).toBe(quantity(-100_000))
    expect(lotsOutOfBalance(db)).toEqual([])
  })
  test('a sale that adds and a return that takes are defects, an unknown lot an error', () => {
    const lotId = addLot('A', '2028-01-01', { units: 10 })
    expect(() => move(lotId, 'sale', 5)).toThrow(RangeError)
    expect(() => move(lotId, 'return', -5)).toThrow(RangeError)
    expect(codeOf(() => move(v7() as LotId, 'received', 5))).toBe('drug.no-lot')
    expect(codeOf(() => getLot(db, 'x'))).toBe('drug.no-lot')
  })
  test('someone who writes past the movements is found', () => {
    const lotId = addLot('A', '2028-01-01', { units: 10 })
    db.exec(`update lot set on_hand = 1`)
    expect(lotsOutOfBalance(db)).toEqual([lotId])
  })
})

describe('lots to sell from', () => {
  test('come first expiring first, without expired, recalled and empty ones', () => {
    addLot('LATE', '2028-05-01', { units: 24 })
    addLot('SOON', '2026-12-01', { units: 24 })
    addLot('TODAY', TODAY, { units: 24 })
    addLot('YESTERDAY', '2026-11-20', { units: 24 })
    addLot('RECALLED', '2027-01-01', { units: 24, recalled: true })
    addLot('EMPTY', '2027-01-01')
    expect(sellableLots(db, 'P1', TODAY).map((lot) => lot.lotNumber)).toEqual(['TODAY', 'SOON', 'LATE'])
    expect(sellableLots(db, 'P1', TODAY, 1).map((lot) => lot.lotNumber)).toEqual(['SOON', 'LATE'])
    expect(lotsOf(db, 'P1').map((lot) => lot.lotNumber)).toEqual(['YESTERDAY', 'TODAY', 'SOON', 'EMPTY', 'RECALLED', 'LATE'])
  })
  test('the bound that SQL uses is the same rule as isExpired', () => {
    const day = fc.integer({ min: -400, max: 400 }).map((n) => addDays(TODAY, n))
    fc.assert(
      fc.property(day, day, fc.integer({ min: 0, max: 30 }), (expiresOn, today, before) => {
        expect(expiresOn < earliestSellable(today, before)).toBe(isExpired(expiresOn, today, before))
      }),
    )
  })
  test('a manufacture date that came later is kept, a lot is found by its number', () => {
    const lotId = addLot('A', '2028-01-01')
    setLotManufacturedOn(db, lotId, '2026-01-02' as BusinessDate)
    expect(findLotByNumber(db, 'P1', 'A')).toMatchObject({ lotId, manufacturedOn: '2026-01-02', onHand: 0 })
    expect(findLotByNumber(db, 'P1', 'B')).toBeNull()
    expect(() => setLotManufacturedOn(db, 'x', TODAY)).toThrow()
  })
})

describe('packs on hand', () => {
  test('counts whole packs of sellable lots: loose units of two lots make no pack', () => {
    addLot('A', '2028-01-01', { units: 24 + 23 })
    addLot('B', '2028-02-01', { units: 23 })
    addLot('OLD', '2026-11-20', { units: 240 })
    addLot('RECALLED', '2028-01-01', { units: 240, recalled: true })
    expect(getDrug(db, 'P1', TODAY)).toEqual({ ...AMOXICILLIN, packsOnHand: 1 })
    expect([...packsOnHandByDrug(db, TODAY)]).toEqual([['P1', 1]])
    expect(getDrug(db, 'P1', '2026-11-20' as BusinessDate).packsOnHand).toBe(11)
  })
  test('a drug is found by barcode and national code, an unknown one is an error', () => {
    expect(drugsByBarcode(db, '6999000000018')).toEqual(['P1'])
    expect(drugsByBarcode(db, '6999000000019')).toEqual([])
    expect(drugsByNationalCode(db, AMOXICILLIN.nationalCode)).toEqual(['P1'])
    expect(codeOf(() => getDrug(db, 'P2', TODAY))).toBe('drug.not-found')
  })
  test('an amount is in ten-thousandths of the smallest unit', () => {
    const lotId = addLot('A', '2028-01-01', { units: 24 })
    expect(getLot(db, lotId).onHand satisfies Quantity).toBe(240_000)
  })
})
