import { z } from 'zod'

/** What the official table prints of a field: its kind and size, and the dictionary its values come from. Held against what is sent; of an answer only noted, because answers are read with tolerance (platform.md §2). */
export interface PrintedField {
  readonly kind: 'text' | 'number' | 'date' | 'datetime' | 'boolean'
  /** Characters of a text; none where the paper gives none. */
  readonly width?: number | undefined
  readonly precision?: number | undefined
  readonly scale?: number | undefined
  readonly dictionary?: string | undefined
}

const registry = z.registry<PrintedField>()

/** The schema itself, its printed form noted. */
export const printedAs = <T extends z.ZodType>(schema: T, printed: PrintedField): T => {
  registry.add(schema, printed)
  return schema
}

/** A field without its "may be absent". */
export const fieldIn = (schema: z.core.$ZodType): z.core.$ZodType => (schema instanceof z.ZodOptional ? fieldIn(schema.unwrap()) : schema)

/** Undefined for lists and rows. */
export const printedOf = (schema: z.core.$ZodType): PrintedField | undefined => registry.get(fieldIn(schema))
