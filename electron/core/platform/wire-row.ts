import { z } from 'zod'
import type { BusinessDate, Fen, Instant, Quantity, UnitPrice } from '../../contract/index.ts'
import { formatQuantity, formatUnitPrice6, formatYuan } from '../../domain/amounts.ts'
import { instantToLocal } from '../../domain/calendar.ts'
import { printedAs } from './printed-fields.ts'
import * as wire from './wire-fields.ts'
import { wireNumber } from './wire-json.ts'

/**
 * A row of an official table, one line a field: our word, the platform's name, what it holds.
 * `sentRow` writes trade words as the wire wants them; `answerRow` reads the wire back into trade words.
 */

export interface SentField<T> { readonly schema: z.ZodType; readonly write: (value: T) => unknown }
export interface OptionalField<T> extends SentField<T> { readonly optional: true }
export type SentFields = Readonly<Record<string, readonly [wireName: string, field: SentField<never>]>>

type ValueOf<F> = F extends SentField<infer T> ? T : never
type OptionalKeys<F extends SentFields> = { [K in keyof F]: F[K][1] extends OptionalField<never> ? K : never }[keyof F]
type Words<F extends SentFields> =
  & { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K][1]> }
  & { readonly [K in OptionalKeys<F>]?: ValueOf<F[K][1]> | null | undefined }

export interface SentRow<T> { readonly schema: z.ZodObject<Record<string, z.ZodType>, z.core.$strict>; readonly write: (words: T) => Readonly<Record<string, unknown>> }
/** The trade words of a row. */
export type WordsOf<R> = R extends SentRow<infer T> ? T : never

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === ''

/** What has no value is left out, so that a required field without one is named by the table and never filled. */
export const sentRow = <const F extends SentFields>(fields: F): SentRow<Words<F>> => ({
  schema: z.strictObject(Object.fromEntries(Object.values(fields).map(([name, field]) => [name, 'optional' in field ? field.schema.optional() : field.schema]))),
  write: (words) => Object.fromEntries(Object.entries(fields).flatMap(([word, [name, field]]) => {
    const value = (words as Readonly<Record<string, unknown>>)[word]
    return isNothing(value) ? [] : [[name, field.write(value as never)]]
  })),
})

export const optional = <T>(field: SentField<T>): OptionalField<T> => ({ ...field, optional: true })
const asIs = <T>(value: T): T => value

export const words = (width: number, dictionary?: string): SentField<string> => ({ schema: wire.text(width, dictionary), write: asIs })
/** The paper prints no width. */
export const longWords = (dictionary?: string): SentField<string> => ({ schema: wire.longText(dictionary), write: asIs })
/** 1 yes, 0 no. */
export const flag = (width: number, dictionary?: string): SentField<boolean> => ({ schema: wire.text(width, dictionary), write: (yes) => (yes ? '1' : '0') })
export const day = (): SentField<BusinessDate> => ({ schema: wire.date(), write: asIs })
export const time = (): SentField<Instant> => ({ schema: wire.dateTime(), write: (at) => instantToLocal(at) })

/** Never rounded: digits that the table has no room for are refused by it. */
const short = (text: string, scale: number): string => {
  const [whole = '', fraction = ''] = text.split('.')
  const kept = fraction.slice(0, scale) + fraction.slice(scale).replace(/0+$/, '')
  return kept === '' ? whole : `${whole}.${kept}`
}
export const money = (precision = 16, scale = 2): SentField<Fen> => ({ schema: wire.decimal(precision, scale), write: (amount) => wireNumber(formatYuan(amount)) })
export const price = (precision = 16, scale = 6): SentField<UnitPrice> => ({ schema: wire.decimal(precision, scale), write: (amount) => wireNumber(short(formatUnitPrice6(amount), scale)) })
export const count = (precision = 16, scale = 4): SentField<Quantity> => ({ schema: wire.decimal(precision, scale), write: (amount) => wireNumber(short(formatQuantity(amount), scale)) })
export const whole = (precision: number): SentField<number> => ({ schema: wire.decimal(precision, 0), write: (amount) => wireNumber(String(amount)) })
/** A plain decimal as text, for the few numbers that are neither money nor a count. */
export const decimals = (precision: number, scale: number): SentField<string> => ({ schema: wire.decimal(precision, scale), write: (text) => wireNumber(text) })

/** The paper prints no size. */
export const anyNumber = (): SentField<string> => ({ schema: wire.anyDecimal(), write: (text) => wireNumber(text) })
/** JSON's own true and false. */
export const truth = (): SentField<boolean> => ({ schema: printedAs(z.boolean(), { kind: 'boolean' }), write: asIs })
/** A file inside the message, as Base64. */
export const bytes = (): SentField<Uint8Array> => ({ schema: z.base64().min(1), write: (file) => Buffer.from(file).toString('base64') })
export const texts = (): SentField<readonly string[]> => ({ schema: z.array(wire.longText()).min(1), write: asIs })

export const list = <T>(row: SentRow<T>, atLeast = 0): SentField<readonly T[]> => ({ schema: z.array(row.schema).min(atLeast), write: (rows) => rows.map(row.write) })
export const one = <T>(row: SentRow<T>): SentField<T> => ({ schema: row.schema, write: row.write })

type AnswerFields = Readonly<Record<string, readonly [wireName: string, schema: z.ZodType]>>
type Read<F extends AnswerFields> = { readonly [K in keyof F]: z.output<F[K][1]> }
export interface AnswerRow<T> {
  /** By the platform's names. */
  readonly schema: z.ZodObject<Record<string, z.ZodType>>
  /** The same, read into trade words. */
  readonly words: z.ZodType<T>
}
export type AnswerOf<R> = R extends AnswerRow<infer T> ? T : never

export const answerRow = <const F extends AnswerFields>(fields: F): AnswerRow<Read<F>> => {
  const schema = z.object(Object.fromEntries(Object.values(fields)))
  return { schema, words: schema.transform((row) => Object.fromEntries(Object.entries(fields).map(([word, [name]]) => [word, row[name]])) as Read<F>) }
}
