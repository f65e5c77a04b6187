import { z } from 'zod'
import { localToInstant, parseDate } from '../../domain/calendar.ts'
import type { WireNumber } from './wire-json.ts'
import { isWireNumber } from './wire-json.ts'

/** Fields of what we send, by the official tables: a message that breaks them never leaves the till. Lengths count characters. */

const kinds = z.registry<{ readonly kind: 'text' | 'number' | 'date' }>()

const lengthOf = (text: string): number => Array.from(text).length

/** string(n): never empty when it is there. */
export const text = (width: number) =>
  z.string().min(1).refine((value) => lengthOf(value) <= width, `longer than ${width}`).register(kinds, { kind: 'text' })

/** number(p,s): p digits at most, s of them after the point. */
export const decimal = (precision: number, scale: number) =>
  z.custom<WireNumber>((value) => {
    if (!isWireNumber(value)) return false
    const [, whole = '', fraction = ''] = /^-?(\d+)(?:\.(\d+))?$/.exec(value.rawJSON) ?? []
    return whole !== '' && whole.length <= precision - scale && fraction.length <= scale
  }, `no number(${precision},${scale})`).register(kinds, { kind: 'number' })

/** `yyyy-MM-dd HH:mm:ss` */
export const dateTime = () => z.string().refine((value) => value.length === 19 && value[10] === ' ' && localToInstant(value) !== null, 'no yyyy-MM-dd HH:mm:ss').register(kinds, { kind: 'date' })
/** `yyyy-MM-dd` */
export const date = () => z.string().refine((value) => value.length === 10 && parseDate(value) !== null, 'no yyyy-MM-dd').register(kinds, { kind: 'date' })

const inner = (schema: z.core.$ZodType): z.core.$ZodType => (schema instanceof z.ZodOptional ? inner(schema.unwrap()) : schema)

/** Values for what is not set, for provinces that want every field named: empty number 0, empty text "" (platform.md §2), or the text `null`. */
export const fillUnused = (schema: z.core.$ZodType, value: unknown, style: 'empty' | 'null-text'): unknown => {
  const shape = inner(schema)
  if (shape instanceof z.ZodArray) return Array.isArray(value) ? value.map((item: unknown) => fillUnused(shape.element, item, style)) : value
  if (!(shape instanceof z.ZodObject) || typeof value !== 'object' || value === null) return value
  const given = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(Object.entries(shape.shape as Record<string, z.core.$ZodType>).flatMap(([name, field]) => {
    if (given[name] !== undefined) return [[name, fillUnused(field, given[name], style)]]
    const kind = kinds.get(inner(field))?.kind
    if (kind === undefined) return []
    return [[name, kind === 'number' ? 0 : style === 'empty' ? '' : 'null']]
  }))
}
