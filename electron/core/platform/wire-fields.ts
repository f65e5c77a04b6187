import { z } from 'zod'
import { localToInstant, parseDate } from '../../domain/calendar.ts'
import { fieldIn, printedAs, printedOf } from './printed-fields.ts'
import type { WireNumber } from './wire-json.ts'
import { isWireNumber } from './wire-json.ts'

/** Fields of what we send, by the official tables: a message that breaks them never leaves the till. Lengths count characters. */

const lengthOf = (text: string): number => Array.from(text).length
const MAX_TEXT = 4000

/** string(n): never empty when it is there. `dictionary`: the code table its values come from; code-tables.ts holds them against it, because a province may have codes of its own. */
export const text = (width: number, dictionary?: string) =>
  printedAs(z.string().min(1).refine((value) => lengthOf(value) <= width, `longer than ${width}`), { kind: 'text', width, dictionary })

/** A text for which the paper prints no width: bounded all the same. */
export const longText = (dictionary?: string) =>
  printedAs(z.string().min(1).refine((value) => lengthOf(value) <= MAX_TEXT, `longer than ${MAX_TEXT}`), { kind: 'text', dictionary })

const digits = (value: unknown): readonly [whole: string, fraction: string] | null => {
  const [, whole, fraction = ''] = (isWireNumber(value) ? /^-?(\d+)(?:\.(\d+))?$/.exec(value.rawJSON) : null) ?? []
  return whole === undefined ? null : [whole, fraction]
}

/** number(p,s): p digits at most, s of them after the point. */
export const decimal = (precision: number, scale: number, dictionary?: string) =>
  printedAs(z.custom<WireNumber>((value) => {
    const parts = digits(value)
    return parts !== null && parts[0].length <= precision - scale && parts[1].length <= scale
  }, `no number(${precision},${scale})`), { kind: 'number', precision, scale, dictionary })

/** A number for which the paper prints no size. */
export const anyDecimal = () => printedAs(z.custom<WireNumber>((value) => digits(value) !== null, 'no number'), { kind: 'number' })

/** `yyyy-MM-dd HH:mm:ss` */
export const dateTime = () => printedAs(z.string().refine((value) => value.length === 19 && value[10] === ' ' && localToInstant(value) !== null, 'no yyyy-MM-dd HH:mm:ss'), { kind: 'datetime' })
/** `yyyy-MM-dd` */
export const date = () => printedAs(z.string().refine((value) => value.length === 10 && parseDate(value) !== null, 'no yyyy-MM-dd'), { kind: 'date' })

/** Values for what is not set, for provinces that want every field named: empty number 0, empty text "" (platform.md §2), or the text `null`. */
export const fillUnused = (schema: z.core.$ZodType, value: unknown, style: 'empty' | 'null-text'): unknown => {
  const shape = fieldIn(schema)
  if (shape instanceof z.ZodArray) return Array.isArray(value) ? value.map((item: unknown) => fillUnused(shape.element, item, style)) : value
  if (!(shape instanceof z.ZodObject) || typeof value !== 'object' || value === null) return value
  const given = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(Object.entries(shape.shape as Record<string, z.core.$ZodType>).flatMap(([name, field]) => {
    if (given[name] !== undefined) return [[name, fillUnused(field, given[name], style)]]
    const kind = printedOf(field)?.kind
    if (kind === undefined) return []
    return [[name, kind === 'number' ? 0 : style === 'empty' ? '' : 'null']]
  }))
}
