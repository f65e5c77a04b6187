import { PRICE_ONE_YUAN, QUANTITY_ONE, fen, quantity, unitPrice } from '../contract/money.ts'
import type { Fen, Quantity, UnitPrice } from '../contract/money.ts'

/** 10⁻⁶ yuan × 10⁻⁴ units = 10⁻¹⁰ yuan; one fen is 10⁸ of those. */
const PRODUCT_PER_FEN = (BigInt(PRICE_ONE_YUAN) * BigInt(QUANTITY_ONE)) / 100n

/** Half up on the magnitude, so that a refund is exactly the negated sale. */
const divideHalfUp = (dividend: bigint, divisor: bigint): bigint => {
  const magnitude = dividend < 0n ? -dividend : dividend
  const rounded = (2n * magnitude + divisor) / (2n * divisor)
  return dividend < 0n ? -rounded : rounded
}

/** The only place where money is multiplied: exact product, rounded once to fen. Throws when the result is not a safe integer. */
export const lineAmount = (price: UnitPrice, count: Quantity): Fen => fen(Number(divideHalfUp(BigInt(price) * BigInt(count), PRODUCT_PER_FEN)))

/** Price of one smallest unit of a pack (拆零), half up to 10⁻⁶ yuan. `unitsPerPack` whole units, at least 1. */
export const splitUnitPrice = (packPrice: UnitPrice, unitsPerPack: number): UnitPrice => {
  if (!Number.isSafeInteger(unitsPerPack) || unitsPerPack < 1) throw new RangeError(`units per pack must be a positive integer, got ${unitsPerPack}`)
  return unitPrice(Number(divideHalfUp(BigInt(packPrice), BigInt(unitsPerPack))))
}

export const sumFen = (amounts: Iterable<Fen>): Fen => {
  let sum = 0
  for (const amount of amounts) sum += amount
  return fen(sum)
}

/** `0 - x` and not `-x`: a negative zero must not travel. */
export const negate = (amount: Fen): Fen => fen(0 - amount)

const digitsOf = (scaled: number, decimals: number): { sign: string; whole: string; fraction: string } => {
  const digits = String(Math.abs(scaled)).padStart(decimals + 1, '0')
  return { sign: scaled < 0 ? '-' : '', whole: digits.slice(0, -decimals), fraction: digits.slice(-decimals) }
}

/** For people: `1,234.50`. */
export const formatFen = (amount: Fen): string => {
  const { sign, whole, fraction } = digitsOf(amount, 2)
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`
}

/** For the wire (16,2): `1234.50`. */
export const formatYuan = (amount: Fen): string => {
  const { sign, whole, fraction } = digitsOf(amount, 2)
  return `${sign}${whole}.${fraction}`
}

/** For the wire (16,6): `12.300000`. */
export const formatUnitPrice6 = (price: UnitPrice): string => {
  const { whole, fraction } = digitsOf(price, 6)
  return `${whole}.${fraction}`
}

/** For people: at least two decimals, more only where the price has them: `12.30`, `0.5125`. */
export const formatUnitPrice = (price: UnitPrice): string => {
  const { whole, fraction } = digitsOf(price, 6)
  return `${whole}.${fraction.replace(/0{1,4}$/, '')}`
}

/** `2`, `0.5`; also right for the wire (16,4). */
export const formatQuantity = (count: Quantity): string => {
  const { sign, whole, fraction } = digitsOf(count, 4)
  const shown = fraction.replace(/0+$/, '')
  return shown === '' ? `${sign}${whole}` : `${sign}${whole}.${shown}`
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/
const LONGEST_DECIMAL = 60

/**
 * A decimal text as an integer in 10⁻ᵈ, exactly; null when it is no decimal, has other than zeros beyond `decimals`, or leaves the safe integers.
 * Exponents are read because Java writes a zero as `0E-8` and JavaScript a small number as `1e-7`.
 */
const scaledInteger = (text: string, decimals: number): number | null => {
  if (text.length > LONGEST_DECIMAL) return null
  const match = DECIMAL.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return null
  const shift = decimals - fraction.length + Number(exponent)
  const digits = whole + fraction
  const cut = shift < 0 ? Math.max(0, digits.length + shift) : digits.length
  if (/[1-9]/.test(digits.slice(cut))) return null
  const kept = digits.slice(0, cut).replace(/^0+/, '')
  if (kept === '') return 0
  if (kept.length + Math.max(0, shift) > 16) return null
  const magnitude = Number(kept + '0'.repeat(Math.max(0, shift)))
  if (!Number.isSafeInteger(magnitude)) return null
  return sign === '-' ? -magnitude : magnitude
}

/** A JS number came from JSON: its shortest text is what was sent, so no float arithmetic touches it. */
const decimalText = (value: string | number): string => (typeof value === 'number' ? String(value) : value.trim())

/** Wire amount (16,2) → fen; null when refused. An empty text is refused too: whether it means zero is the caller's rule. */
export const fenFromDecimal = (value: string | number): Fen | null => {
  const scaled = scaledInteger(decimalText(value), 2)
  return scaled === null ? null : fen(scaled)
}

/** Wire price (16,6); null when refused or negative. */
export const priceFromDecimal = (value: string | number): UnitPrice | null => {
  const scaled = scaledInteger(decimalText(value), 6)
  return scaled === null || scaled < 0 ? null : unitPrice(scaled)
}

/** Wire count (16,4); null when refused. */
export const quantityFromDecimal = (value: string | number): Quantity | null => {
  const scaled = scaledInteger(decimalText(value), 4)
  return scaled === null ? null : quantity(scaled)
}

const TYPED_MONEY = /^(?:[¥￥])?\s*(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})?(?:\.(\d{0,2}))?\s*元?$/

/** Money typed by a person, never negative: `12`, `12.5`, `.5`, `1,234.50`, `￥12.50`, full-width digits and 。 of an input method. Null otherwise. */
export const parseYuanToFen = (text: string): Fen | null => {
  if (text.length > 40) return null
  const folded = text
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replaceAll('。', '.')
    .trim()
  const match = TYPED_MONEY.exec(folded)
  if (match === null) return null
  const [, whole = '', fraction = ''] = match
  if (whole === '' && fraction === '') return null
  return fen(Number(whole.replaceAll(',', '') + fraction.padEnd(2, '0')))
}
