import { z } from 'zod'
import type { BusinessDate, Fen, Quantity, UnitPrice } from '../../contract/index.ts'
import { fenFromDecimal, priceFromDecimal, quantityFromDecimal } from '../../domain/amounts.ts'
import { parseDate } from '../../domain/calendar.ts'
import type { PrintedField } from './printed-fields.ts'
import { printedAs } from './printed-fields.ts'

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
const asTenths = (value: string): number | null => {
  const tenThousandths = quantityFromDecimal(value)
  return tenThousandths === null ? null : Math.round(tenThousandths / 1000)
}
const asWhole = (value: string): number | null => (/^-?\d{1,15}(\.0+)?$/.test(value) ? Number(value) : null)

// The width and the dictionary of the table are noted, not enforced: an answer that is longer than printed is still an answer.
export const neededText = (width?: number, dictionary?: string) => printedAs(required(asText, 'text'), { kind: 'text', width, dictionary })
export const someText = (width?: number, dictionary?: string) => printedAs(orZero(asText, '', 'text'), { kind: 'text', width, dictionary })
/** 1 is yes, 0 is no; nothing, or a code that is neither, is not said. */
export const someFlag = (width?: number, dictionary?: string) =>
  printedAs(orZero(asText, '', 'text').transform((value): boolean | null => (value === '1' ? true : value === '0' ? false : null)), { kind: 'text', width, dictionary })

/** null where the paper prints no size. */
const number = (precision: number | null, scale: number): PrintedField => (precision === null ? { kind: 'number' } : { kind: 'number', precision, scale })
export const neededAmount = (precision: number | null = 16, scale = 2) => printedAs(required(fenFromDecimal, 'amount'), number(precision, scale))
/** Empty number → 0 (platform.md §2). */
export const someAmount = (precision: number | null = 16, scale = 2) => printedAs(orZero<Fen>(fenFromDecimal, 0 as Fen, 'amount'), number(precision, scale))
export const neededPrice = (precision = 16, scale = 6) => printedAs(required<UnitPrice>(priceFromDecimal, 'price'), { kind: 'number', precision, scale })
export const somePrice = (precision = 16, scale = 6) => printedAs(optional<UnitPrice>(priceFromDecimal, 'price'), { kind: 'number', precision, scale })
export const neededCount = (precision = 16, scale = 4) => printedAs(required<Quantity>(quantityFromDecimal, 'count'), { kind: 'number', precision, scale })
export const someCount = (precision = 16, scale = 4) => printedAs(optional<Quantity>(quantityFromDecimal, 'count'), { kind: 'number', precision, scale })
/** A share such as 0.7, in 10⁻⁴. */
export const someShare = (precision: number | null = 5, scale = 4, dictionary?: string) => printedAs(optional<number>(quantityFromDecimal, 'share'), { ...number(precision, scale), dictionary })
/** Tenths, from number(4,1). */
export const someTenths = () => printedAs(optional<number>(asTenths, 'number'), { kind: 'number', precision: 4, scale: 1 })
/** Without a size where the paper prints none. */
export const someWhole = (precision?: number) => printedAs(optional<number>(asWhole, 'whole number'), { kind: 'number', precision, scale: precision === undefined ? undefined : 0 })

/** Dates come as `yyyy-MM-dd`, with a time, or compact. */
const dateOf = (value: string): BusinessDate | null => parseDate(/^\d{4}-\d{2}-\d{2}[ T]/.test(value) ? value.slice(0, 10) : value.length > 10 ? value.slice(0, 8) : value)
export const neededDate = () => printedAs(required(dateOf, 'date'), { kind: 'date' })
export const someDate = () => printedAs(optional(dateOf, 'date'), { kind: 'date' })
/** A point of time as the platform writes it. */
export const neededTime = () => printedAs(required(asText, 'time'), { kind: 'datetime' })
export const someTime = () => printedAs(orZero(asText, '', 'time'), { kind: 'datetime' })
/** JSON's own true and false, or their texts. */
export const someTruth = () => printedAs(z.unknown().optional().transform((value): boolean | null => (value === true || value === 'true' || value === '1' ? true : value === false || value === 'false' || value === '0' ? false : null)), { kind: 'boolean' })

/** A list, or one row where a list was meant, or nothing. */
export const rows = <T extends z.ZodType>(row: T) => z.preprocess((value) => (isNothing(value) ? [] : Array.isArray(value) ? value : [value]), z.array(row).max(10_000))
/** One row, or a list that holds just one. */
export const row = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (Array.isArray(value) && value.length === 1 ? value[0] : value), schema)
