import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fen, quantity, unitPrice, wholeUnits } from '../../electron/contract/money.ts'
import type { Fen } from '../../electron/contract/money.ts'
import {
  fenFromDecimal,
  formatFen,
  formatQuantity,
  formatUnitPrice,
  formatUnitPrice6,
  formatYuan,
  lineAmount,
  negate,
  parseYuanToFen,
  priceFromDecimal,
  quantityFromDecimal,
  splitUnitPrice,
  sumFen,
} from '../../electron/domain/amounts.ts'

const anyFen = fc.integer({ min: -(10 ** 12), max: 10 ** 12 }).map(fen)
const anyPrice = fc.integer({ min: 0, max: 10 ** 12 }).map(unitPrice)
const anyQuantity = fc.integer({ min: -(10 ** 8), max: 10 ** 8 }).map(quantity)

describe('lineAmount', () => {
  test('rounds half a fen up, once', () => {
    expect(lineAmount(unitPrice(12_300_000), wholeUnits(2))).toBe(2460)
    expect(lineAmount(unitPrice(5_000), wholeUnits(1))).toBe(1)
    expect(lineAmount(unitPrice(4_999), wholeUnits(1))).toBe(0)
    expect(lineAmount(unitPrice(1_005_000), wholeUnits(1))).toBe(101)
    expect(lineAmount(unitPrice(333_333), wholeUnits(3))).toBe(100)
  })
  test('a negative quantity gives exactly the negated amount, never a negative zero', () => {
    fc.assert(
      fc.property(anyPrice, anyQuantity, (price, count) => {
        const back = lineAmount(price, quantity(0 - count))
        expect(back).toBe(negate(lineAmount(price, count)))
        expect(Object.is(back, -0)).toBe(false)
      }),
    )
  })
  test('is never further than half a fen from the exact product', () => {
    fc.assert(
      fc.property(anyPrice, anyQuantity, (price, count) => {
        const error = BigInt(price) * BigInt(count) - BigInt(lineAmount(price, count)) * 100_000_000n
        expect(error >= -50_000_000n && error <= 50_000_000n).toBe(true)
      }),
    )
  })
  test('refuses a product beyond the safe integers instead of losing digits', () => {
    expect(() => lineAmount(unitPrice(Number.MAX_SAFE_INTEGER), quantity(Number.MAX_SAFE_INTEGER))).toThrow()
  })
})

describe('splitUnitPrice', () => {
  test('all units of a pack cost what the pack costs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 7 }), fc.integer({ min: 1, max: 9_999 }), (cents, units) => {
        expect(lineAmount(splitUnitPrice(unitPrice(cents * 10_000), units), wholeUnits(units))).toBe(cents)
      }),
    )
  })
  test('a pack has at least one unit and never half a one', () => {
    expect(() => splitUnitPrice(unitPrice(1), 0)).toThrow(RangeError)
    expect(() => splitUnitPrice(unitPrice(1), 1.5)).toThrow(RangeError)
  })
})

test('a sum of nothing is zero and negating twice gives the amount back', () => {
  expect(sumFen([])).toBe(0)
  fc.assert(
    fc.property(fc.array(anyFen), (amounts) => {
      expect(sumFen([...amounts, ...amounts.map(negate)])).toBe(0)
    }),
  )
  expect(Object.is(negate(fen(0)), 0)).toBe(true)
})

describe('formats', () => {
  test('people see groups, the wire does not', () => {
    expect(formatFen(fen(123_450))).toBe('1,234.50')
    expect(formatFen(fen(-5))).toBe('-0.05')
    expect(formatFen(fen(100_000_000))).toBe('1,000,000.00')
    expect(formatYuan(fen(123_450))).toBe('1234.50')
    expect(formatUnitPrice6(unitPrice(12_300_000))).toBe('12.300000')
    expect(formatUnitPrice(unitPrice(12_300_000))).toBe('12.30')
    expect(formatUnitPrice(unitPrice(512_500))).toBe('0.5125')
    expect(formatQuantity(wholeUnits(2))).toBe('2')
    expect(formatQuantity(quantity(5_000))).toBe('0.5')
    expect(formatQuantity(quantity(-12_500))).toBe('-1.25')
    expect(formatQuantity(quantity(0))).toBe('0')
  })
  test('what is written is read back unchanged', () => {
    fc.assert(
      fc.property(anyFen, anyPrice, anyQuantity, (amount, price, count) => {
        expect(fenFromDecimal(formatYuan(amount))).toBe(amount)
        expect(priceFromDecimal(formatUnitPrice6(price))).toBe(price)
        expect(priceFromDecimal(formatUnitPrice(price))).toBe(price)
        expect(quantityFromDecimal(formatQuantity(count))).toBe(count)
        if (amount >= 0 && amount < 10 ** 11) {
          expect(parseYuanToFen(formatFen(amount).length > 12 ? formatYuan(amount) : formatFen(amount))).toBe(amount)
        }
      }),
    )
  })
})

describe('numbers from the wire', () => {
  test('are taken exactly, as text or as JSON number', () => {
    expect(fenFromDecimal('12.3')).toBe(1230)
    expect(fenFromDecimal(12.3)).toBe(1230)
    expect(fenFromDecimal(1.1)).toBe(110)
    expect(fenFromDecimal(-0)).toBe(0)
    expect(fenFromDecimal('-0.00')).toBe(0)
    expect(fenFromDecimal('0E-8')).toBe(0)
    expect(fenFromDecimal('1.5E+2')).toBe(15_000)
    expect(fenFromDecimal(' 7.00 ')).toBe(700)
    expect(priceFromDecimal(1e-6)).toBe(1)
    expect(quantityFromDecimal('0.0001')).toBe(1)
  })
  test('a JSON number of two decimals is exact whatever its size', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 13), max: 10 ** 13 }), (cents) => {
        expect(fenFromDecimal(JSON.parse(formatYuan(fen(cents))) as number)).toBe(cents)
      }),
    )
  })
  test('more digits than the field has are refused, trailing zeros are not', () => {
    expect(fenFromDecimal('0.005')).toBeNull()
    expect(fenFromDecimal(0.1 + 0.2)).toBeNull()
    expect(fenFromDecimal('12.300000')).toBe(1230)
    expect(priceFromDecimal('0.0000001')).toBeNull()
    expect(quantityFromDecimal('1.00001')).toBeNull()
    expect(priceFromDecimal('-1')).toBeNull()
  })
  test.each(['', ' ', '.', '-', '1,234', 'abc', '1.2.3', '0x10', 'NaN', 'Infinity', '1e999', '99999999999999999', '９', '9'.repeat(100)])(
    'refuses %j',
    (text) => {
      expect(fenFromDecimal(text)).toBeNull()
    },
  )
  test('never throws, and an accepted value is the same number', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.float(), fc.stringMatching(/^-?[\d.eE+-]{0,20}$/)), (value) => {
        const parsed = fenFromDecimal(value)
        if (parsed !== null) expect(Number(formatYuan(parsed))).toBeCloseTo(Number(value), 2)
      }),
    )
  })
})

describe('typed money', () => {
  test.each<[string, number]>([
    ['12', 1200],
    ['12.', 1200],
    ['12.5', 1250],
    ['12.50', 1250],
    ['.5', 50],
    ['1,234.50', 123_450],
    ['￥12.50', 1250],
    ['¥ 12', 1200],
    ['12.5元', 1250],
    ['１２．５', 1250],
    ['12。5', 1250],
    [' 0 ', 0],
  ])('reads %j', (text, amount) => {
    expect(parseYuanToFen(text)).toBe(amount)
  })
  test.each(['', '.', '元', '-5', '1,5', '1,23,456', '12.345', '1e3', '12 5', '1234567890', '12..5', 'abc', '1'.repeat(50)])('refuses %j', (text) => {
    expect(parseYuanToFen(text)).toBeNull()
  })
  test('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const amount: Fen | null = parseYuanToFen(text)
        expect(amount === null || amount >= 0).toBe(true)
      }),
    )
  })
})
