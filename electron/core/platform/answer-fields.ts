import { z } from 'zod'
import type { BusinessDate, Fen, Quantity, UnitPrice } from '../../contract/index.ts'
import { fenFromDecimal, priceFromDecimal, quantityFromDecimal } from '../../domain/amounts.ts'
import { parseDate } from '../../domain/calendar.ts'

/**
 * Fields of what we read: tolerant in form (number or text, null or absent or the text `null`), strict in meaning (an amount that is no amount is no answer).
 * parseWireJson has made every number its own text, so these see texts only.
 */

const MAX_TEXT = 10_000

/** What provinces write where nothing is. */
const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '' || value === 'null'

const optional = <T>(parse: (text: string) => T | null, what: string) =>
  z.unknown().optional().transform((value, context): T | null => {
    if (isNothing(value)) return null
    const parsed = typeof value === 'string' && value.length <= MAX_TEXT ? parse(value.trim()) : null
    if (parsed === null) context.addIssue({ code: 'custom', message: `no ${what}` })
    return parsed
  })

const required = <T>(parse: (text: string) => T | null, what: string) =>
  z.unknown().optional().transform((value, context): T => {
    const parsed = typeof value === 'string' && !isNothing(value) && value.length <= MAX_TEXT ? parse(value.trim()) : null
    if (parsed === null) {
      context.addIssue({ code: 'custom', message: isNothing(value) ? `missing ${what}` : `no ${what}` })
      return z.NEVER
    }
    return parsed
  })

const orZero = <T>(parse: (text: string) => T | null, zero: T, what: string) => optional(parse, what).transform((value) => value ?? zero)

const asText = (value: string): string => value

export const neededText = () => required(asText, 'text')
export const someText = () => orZero(asText, '', 'text')
export const neededAmount = () => required(fenFromDecimal, 'amount')
/** Empty number → 0 (platform.md §2). */
export const someAmount = () => orZero<Fen>(fenFromDecimal, 0 as Fen, 'amount')
export const neededPrice = () => required<UnitPrice>(priceFromDecimal, 'price')
export const somePrice = () => optional<UnitPrice>(priceFromDecimal, 'price')
export const neededCount = () => required<Quantity>(quantityFromDecimal, 'count')
/** A share such as 0.7, in 10⁻⁴. */
export const someShare = () => optional<number>(quantityFromDecimal, 'share')

/** Dates come as `yyyy-MM-dd`, with a time, or compact. */
const dateOf = (value: string): BusinessDate | null => parseDate(/^\d{4}-\d{2}-\d{2}[ T]/.test(value) ? value.slice(0, 10) : value.length > 10 ? value.slice(0, 8) : value)
export const neededDate = () => required(dateOf, 'date')
export const someDate = () => optional(dateOf, 'date')
/** Tenths, from number(4,1). */
export const someTenths = () => optional<number>((value) => {
  const tenThousandths = quantityFromDecimal(value)
  return tenThousandths === null ? null : Math.round(tenThousandths / 1000)
}, 'number')

/** A list, or one row where a list was meant, or nothing. */
export const rows = <T extends z.ZodType>(row: T) => z.preprocess((value) => (isNothing(value) ? [] : Array.isArray(value) ? value : [value]), z.array(row).max(10_000))
/** One row, or a list that holds just one. */
export const row = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (Array.isArray(value) && value.length === 1 ? value[0] : value), schema)
