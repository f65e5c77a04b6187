import { z } from 'zod'
import tables from './code-tables.json' with { type: 'json' }
import { fieldIn, printedOf } from './printed-fields.ts'
import type { NamesSection } from './profile-sections/names.ts'

/** The official code tables (code-tables.json; source in NOTICE.md). A dictionary that no table was published for is taken as it is. */
const official: ReadonlyMap<string, ReadonlySet<string>> = new Map(Object.entries(tables).map(([name, codes]) => [name, new Set(codes)]))

export const hasCodeTable = (dictionary: string): boolean => official.has(dictionary)

type Dictionaries = NamesSection['dictionaries']
type Issue = { readonly code: 'custom'; readonly message: string; readonly path: PropertyKey[]; readonly input: unknown }

const issuesIn = (schema: z.core.$ZodType, value: unknown, path: PropertyKey[], also: Dictionaries['also']): Issue[] => {
  const shape = fieldIn(schema)
  if (shape instanceof z.ZodArray) return Array.isArray(value) ? value.flatMap((item: unknown, index) => issuesIn(shape.element, item, [...path, index], also)) : []
  if (shape instanceof z.ZodObject) {
    if (typeof value !== 'object' || value === null) return []
    const given = value as Readonly<Record<string, unknown>>
    return Object.entries(shape.shape as Record<string, z.core.$ZodType>).flatMap(([name, field]) => issuesIn(field, given[name], [...path, name], also))
  }
  const dictionary = printedOf(shape)?.dictionary
  const codes = dictionary === undefined ? undefined : official.get(dictionary)
  if (dictionary === undefined || codes === undefined || typeof value !== 'string' || codes.has(value)) return []
  if (Object.hasOwn(also, dictionary) && also[dictionary]?.includes(value) === true) return []
  return [{ code: 'custom', message: `no code of ${dictionary}`, path, input: undefined }]
}

/** Throws ZodError, naming the field and never the value: a code that neither the country nor the profile knows does not leave the till. */
export const checkCodes = (schema: z.core.$ZodType, input: unknown, { check, also }: Dictionaries): void => {
  if (!check) return
  const issues = issuesIn(schema, input, [], also)
  if (issues.length > 0) throw new z.ZodError(issues)
}
