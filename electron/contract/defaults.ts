import type { z } from 'zod'

interface Def {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly defaultValue?: unknown
}
const defOf = (schema: z.ZodType): Def => schema._zod.def as unknown as Def

const known = new WeakMap<z.ZodType, readonly (readonly [key: string, value: unknown])[]>()
const defaultsOf = (schema: z.ZodType): readonly (readonly [key: string, value: unknown])[] => {
  let defaults = known.get(schema)
  if (defaults === undefined) {
    defaults = Object.entries(defOf(schema).shape ?? {}).flatMap(([key, field]) => (defOf(field).type === 'default' ? [[key, defOf(field).defaultValue] as const] : []))
    known.set(schema, defaults)
  }
  return defaults
}

/** What a caller left out, as the schema would fill it in: a whole input is checked several times quicker than one that has to be completed. Nothing else is looked at. */
export const withDefaults = (schema: z.ZodType, input: unknown): unknown => {
  const defaults = defaultsOf(schema)
  if (defaults.length === 0 || typeof input !== 'object' || input === null || Array.isArray(input)) return input
  const whole: Record<string, unknown> = { ...input }
  for (const [key, value] of defaults) if (whole[key] === undefined) whole[key] = value
  return whole
}
