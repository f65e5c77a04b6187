import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ClientMessage, ServerMessage, contract } from '../../electron/contract/index.ts'
import { surelyFits } from '../../electron/contract/quick-check.ts'

interface Def {
  type: string; shape?: Record<string, z.ZodType>; element?: z.ZodType; innerType?: z.ZodType; options?: z.ZodType[]; values?: unknown[]; entries?: Record<string, string | number>; valueType?: z.ZodType
  format?: string; pattern?: RegExp; checks?: { _zod: { def: { check: string; format?: string; pattern?: RegExp; minimum?: number; maximum?: number; value?: number; length?: number; inclusive?: boolean } } }[]
}
const defOf = (schema: z.ZodType): Def => schema._zod.def as unknown as Def

/** Values that fit a schema, or nearly. */
const arbitrary = (schema: z.ZodType): fc.Arbitrary<unknown> => {
  const def = defOf(schema)
  switch (def.type) {
    case 'object': {
      const fields = Object.entries(def.shape ?? {})
      return fc.record(Object.fromEntries(fields.map(([key, field]) => [key, arbitrary(field)])), { requiredKeys: fields.filter(([, field]) => !['optional', 'default'].includes(defOf(field).type)).map(([key]) => key) })
    }
    case 'array': {
      const exactly = def.checks?.find((check) => check._zod.def.length !== undefined)?._zod.def.length
      return fc.array(arbitrary(def.element!), exactly === undefined ? { maxLength: 3 } : { minLength: exactly, maxLength: exactly })
    }
    case 'union':
      return fc.oneof(...def.options!.map(arbitrary))
    case 'record':
      return fc.dictionary(fc.string({ maxLength: 5 }), arbitrary(def.valueType!), { maxKeys: 3, noNullPrototype: true })
    case 'literal':
      return fc.constantFrom(...def.values!)
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries!))
    case 'nullable':
      return fc.option(arbitrary(def.innerType!))
    case 'optional':
    case 'default':
      return arbitrary(def.innerType!)
    case 'boolean':
      return fc.boolean()
    case 'number':
      return fc.oneof({ weight: 60, arbitrary: fc.integer({ min: 1, max: 20 }) }, { weight: 1, arbitrary: fc.integer() }, { weight: 1, arbitrary: fc.maxSafeInteger() }, { weight: 1, arbitrary: fc.double() })
    case 'string': {
      const pattern = def.pattern ?? def.checks?.find((check) => check._zod.def.pattern !== undefined)?._zod.def.pattern
      if (def.format === 'uuid') return fc.uuid()
      if (def.format === 'date') return fc.date({ min: new Date('1990-01-01'), max: new Date('2050-01-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))
      return pattern === undefined ? fc.string({ maxLength: 12 }) : fc.oneof({ weight: 5, arbitrary: fc.stringMatching(new RegExp(pattern.source)) }, { weight: 1, arbitrary: fc.string() })
    }
    default:
      return fc.jsonValue()
  }
}

/** Something else at one random place: another value, a key more, a key less. */
const spoilt = (value: unknown): fc.Arbitrary<unknown> => {
  const places: ((root: unknown, how: number, junk: unknown) => void)[] = []
  const walk = (node: unknown, reach: (root: unknown) => unknown): void => {
    if (typeof node !== 'object' || node === null) return
    places.push((root, how, junk) => {
      const here = reach(root) as Record<string, unknown>
      const keys = Object.keys(here)
      const key = keys[how % Math.max(1, keys.length)] ?? 'new'
      if (how % 3 === 0) here[key] = junk
      else if (how % 3 === 1) Reflect.deleteProperty(here, key)
      else Object.defineProperty(here, how % 2 === 0 ? 'more' : '__proto__', { value: junk, enumerable: true, configurable: true, writable: true })
    })
    for (const key of Object.keys(node)) walk((node as Record<string, unknown>)[key], (root) => (reach(root) as Record<string, unknown>)[key])
  }
  walk(value, (root) => root)
  if (places.length === 0) return fc.jsonValue()
  return fc.tuple(fc.nat(places.length - 1), fc.nat(50), fc.jsonValue()).map(([place, how, junk]) => {
    const copy: unknown = JSON.parse(JSON.stringify(value))
    places[place]!(copy, how, junk)
    // As it would come over the line.
    return JSON.parse(JSON.stringify(copy)) as unknown
  })
}

const agrees = (schema: z.ZodType, value: unknown): boolean => {
  const sure = surelyFits(schema, value)
  if (!sure) return false
  const parsed = schema.safeParse(value)
  expect(parsed.success, JSON.stringify(value)).toBe(true)
  expect(parsed.data).toEqual(value)
  return true
}

const schemas = [
  ['ClientMessage', ClientMessage], ['ServerMessage', ServerMessage],
  ...Object.entries(contract).flatMap(([name, procedure]) => [[`${name} input`, procedure.input], [`${name} output`, procedure.output]] as const),
] as readonly (readonly [string, z.ZodType])[]

describe('what the quick check is sure of, zod takes, unchanged', () => {
  test.each(schemas)('%s', (_name, schema) => {
    let tried = 0
    fc.assert(fc.property(arbitrary(schema).chain((value) => fc.oneof(fc.constant(JSON.parse(JSON.stringify(value)) as unknown), spoilt(value))), (value) => {
      agrees(schema, value)
      tried++
    }), { numRuns: 60 })
    expect(tried).toBe(60)
  })
  test('whatever the value', () => {
    fc.assert(fc.property(fc.constantFrom(...schemas), fc.jsonValue(), ([, schema], value) => { agrees(schema, value) }), { numRuns: 2_000 })
  })
})

test('it is sure of what core says all day', () => {
  const outcomes = Object.entries(contract).map(([name, { output }]) => {
    const values = fc.sample(arbitrary(output), { numRuns: 200, seed: 1 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown).filter((value) => output.safeParse(value).success)
    return { name, fitting: values.length > 3, sure: values.filter((value) => surelyFits(output, value)).length === values.length }
  })
  expect(outcomes.filter(({ fitting, sure }) => !fitting || !sure)).toEqual([])
  expect(surelyFits(ClientMessage, { t: 'call', id: 1, name: 'sale.getSale', input: {} })).toBe(true)
  expect(surelyFits(ClientMessage, { t: 'call', id: 1, name: 'sale.getSale', input: {}, commandId: crypto.randomUUID() })).toBe(true)
  expect(surelyFits(ServerMessage, { t: 'result', id: 1, output: {} })).toBe(true)
})

test('it is never sure of a schema that changes values or has a rule in code', () => {
  const cases: readonly (readonly [z.ZodType, unknown])[] = [
    [z.string().trim(), 'a'], [z.string().transform(Number), '1'], [z.string().refine(() => true), 'a'], [z.strictObject({ a: z.string().default('x') }), {}], [z.strictObject({ a: z.string().transform((x) => x).default('x') }), { a: 'y' }], [z.object({ a: z.string() }), { a: 'x' }],
    [z.looseObject({ a: z.string() }), { a: 'x' }], [z.coerce.number(), 1], [z.url(), 'https://a.example'], [z.string().regex(/a/g), 'a'], [z.preprocess((x) => x, z.string()), 'a'], [z.array(z.string()).refine(() => true), ['a']],
    [z.int().refine(() => true), 1], [z.strictObject({ a: z.string() }).refine(() => true), { a: 'x' }], [z.enum(['a']).refine(() => true), 'a'], [z.string().nullable().refine(() => true), 'a'], [z.date(), 'x'], [z.record(z.enum(['a']), z.string()), { a: 'x' }],
  ]
  for (const [schema, value] of cases) expect(surelyFits(schema, value)).toBe(false)
})

test('where compiling is forbidden it leaves everything to zod', () => {
  z.config({ jitless: true })
  try {
    expect(surelyFits(z.string(), 'a')).toBe(false)
  } finally {
    z.config({ jitless: false })
  }
  expect(surelyFits(z.string(), 'a')).toBe(true)
})
