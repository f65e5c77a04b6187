import { z } from 'zod'

/**
 * A check several times quicker than parsing, for values that are already what they should be: answers on the line, thousands a minute.
 * It only ever says "surely yes"; whatever it is not sure of goes to zod, so the schemas stay the one truth. Like zod's own, it is compiled to a function,
 * and like zod's own it is not where compiling is forbidden (`z.config({ jitless: true })`, the screens' policy): there zod does all.
 */
type Check = (value: unknown) => boolean

interface Def {
  readonly type: string
  readonly checks?: readonly { readonly _zod: { readonly def: CheckDef } }[]
  readonly check?: string
  readonly format?: string
  readonly pattern?: RegExp
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly catchall?: z.ZodType
  readonly element?: z.ZodType
  readonly innerType?: z.ZodType
  readonly options?: readonly z.ZodType[]
  readonly discriminator?: string
  readonly values?: readonly unknown[]
  readonly entries?: Readonly<Record<string, string | number>>
  readonly keyType?: z.ZodType
  readonly valueType?: z.ZodType
  readonly coerce?: boolean
}
interface CheckDef {
  readonly check?: string
  readonly format?: string
  readonly pattern?: RegExp
  readonly value?: number
  readonly inclusive?: boolean
  readonly minimum?: number
  readonly maximum?: number
  readonly length?: number
}

/** Thrown while compiling: the schema changes values, or has a rule written in code. Then nothing is sure without zod. */
class NotSure extends Error {}
const notSure = (): never => { throw new NotSure() }

const defOf = (schema: z.ZodType | undefined): Def => (schema === undefined ? notSure() : (schema._zod.def as unknown as Def))
/** Formats that are their pattern and nothing more. */
const PATTERN_FORMATS: ReadonlySet<string> = new Set(['uuid', 'date', 'regex', 'starts_with', 'ends_with', 'includes'])

/** Collects functions and patterns under names; expressions below refer to them. */
interface Source { readonly functions: string[]; readonly patterns: RegExp[] }

const matches = (source: Source, format: string | undefined, pattern: RegExp | undefined, v: string): string => {
  if (format === undefined || pattern === undefined || !PATTERN_FORMATS.has(format) || pattern.global || pattern.sticky) return notSure()
  return `patterns[${source.patterns.push(pattern) - 1}].test(${v})`
}
const inFormat = (format: string | undefined, v: string): string => (format === 'safeint' ? `Number.isSafeInteger(${v})` : notSure())

const ruleOf = (source: Source, rule: CheckDef, v: string): string => {
  switch (rule.check) {
    case 'greater_than':
      return `${v} ${rule.inclusive === true ? '>=' : '>'} ${Number(rule.value)}`
    case 'less_than':
      return `${v} ${rule.inclusive === true ? '<=' : '<'} ${Number(rule.value)}`
    case 'number_format':
      return inFormat(rule.format, v)
    case 'min_length':
      return `${v}.length >= ${Number(rule.minimum)}`
    case 'max_length':
      return `${v}.length <= ${Number(rule.maximum)}`
    case 'length_equals':
      return `${v}.length === ${Number(rule.length)}`
    case 'string_format':
      return matches(source, rule.format, rule.pattern, v)
    default:
      return notSure()
  }
}

/** A type's own format (z.int(), z.uuid()) and what was added to it. */
const rulesOf = (source: Source, def: Def, v: string): readonly string[] => {
  if (def.coerce === true) return notSure()
  const added = (def.checks ?? []).map(({ _zod }) => _zod.def).filter((rule) => rule !== def)
  return [def, ...added].filter((rule) => rule.check !== undefined).map((rule) => ruleOf(source, rule, v))
}
const refuseRules = (def: Def): void => {
  if ((def.checks?.length ?? 0) > 0) notSure()
}

const functionOf = (source: Source, body: string): string => {
  const name = `f${source.functions.length}`
  source.functions.push(`const ${name} = (v) => { ${body} }`)
  return name
}
const IS_OBJECT = `if (typeof v !== 'object' || v === null || Array.isArray(v)) return false;`

const objectOf = (source: Source, def: Def): string => {
  refuseRules(def)
  if (defOf(def.catchall).type !== 'never') return notSure()
  const entries = Object.entries(def.shape ?? {})
  const optional = ([, field]: readonly [string, z.ZodType]): boolean => defOf(field).type === 'optional'
  const fields = entries.map((entry, i) => {
    const read = `const x${i} = v[${JSON.stringify(entry[0])}];`
    if (!optional(entry)) return `${read} if (!(${expression(source, entry[1], `x${i}`)})) return false;`
    return `${read} if (x${i} !== undefined) { if (!(${expression(source, defOf(entry[1]).innerType ?? notSure(), `x${i}`)})) return false; wanted++ }`
  })
  // None may be missing, so as many keys as were seen means: these keys and no other.
  return functionOf(source, `${IS_OBJECT} let wanted = ${entries.filter((entry) => !optional(entry)).length}; ${fields.join(' ')} let n = 0; for (const _ in v) n++; return n === wanted`)
}

const arrayOf = (source: Source, def: Def): string => {
  const rules = rulesOf(source, def, 'v').map((rule) => ` && ${rule}`).join('')
  const element = expression(source, def.element ?? notSure(), 'e')
  return functionOf(source, `if (!(Array.isArray(v)${rules})) return false; for (let i = 0; i < v.length; i++) { const e = v[i]; if (!(${element})) return false } return true`)
}

const unionOf = (source: Source, def: Def): string => {
  refuseRules(def)
  const options = def.options ?? []
  const { discriminator } = def
  if (discriminator === undefined) return functionOf(source, `return ${options.map((option) => expression(source, option, 'v')).join(' || ')}`)
  const cases = options.map((option) => {
    const word = defOf(defOf(option).shape?.[discriminator])
    if (word.type !== 'literal') return notSure()
    return `${(word.values ?? []).map((value) => `case ${JSON.stringify(value)}:`).join(' ')} return ${expression(source, option, 'v')};`
  })
  return functionOf(source, `${IS_OBJECT} switch (v[${JSON.stringify(discriminator)}]) { ${cases.join(' ')} default: return false }`)
}

const recordOf = (source: Source, def: Def): string => {
  refuseRules(def)
  const key = defOf(def.keyType)
  // Any text as key; keys with a rule of their own are left to zod.
  if (key.type !== 'string' || key.check !== undefined || (key.checks?.length ?? 0) > 0) return notSure()
  const value = expression(source, def.valueType ?? notSure(), 'e')
  return functionOf(source, `${IS_OBJECT} if (Object.getPrototypeOf(v) !== Object.prototype) return false; for (const k in v) { const e = v[k]; if (k === '__proto__' || !(${value})) return false } return true`)
}

const oneOf = (values: readonly unknown[], v: string): string =>
  values.every((value) => value === null || ['string', 'number', 'boolean'].includes(typeof value)) ? `(${values.map((value) => `${v} === ${JSON.stringify(value)}`).join(' || ')})` : notSure()

/** A JavaScript expression that is true only if the value named `v` surely fits. */
const expression = (source: Source, schema: z.ZodType, v: string): string => {
  const def = defOf(schema)
  switch (def.type) {
    case 'object':
      return `${objectOf(source, def)}(${v})`
    case 'array':
      return `${arrayOf(source, def)}(${v})`
    case 'union':
      return `${unionOf(source, def)}(${v})`
    case 'record':
      return `${recordOf(source, def)}(${v})`
    case 'string':
      return [`typeof ${v} === 'string'`, ...rulesOf(source, def, v)].join(' && ')
    case 'number':
      return [`Number.isFinite(${v})`, ...rulesOf(source, def, v)].join(' && ')
    case 'boolean':
      return `typeof ${v} === 'boolean'`
    case 'unknown':
      return `${v} !== undefined`
    case 'null':
      return `${v} === null`
    case 'literal':
      refuseRules(def)
      return oneOf(def.values ?? [], v)
    case 'enum':
      refuseRules(def)
      return oneOf(Object.values(def.entries ?? {}), v)
    case 'default':
      // Present, it is what it is; missing, zod fills it in.
      refuseRules(def)
      return expression(source, def.innerType ?? notSure(), v)
    case 'nullable':
      refuseRules(def)
      return `(${v} === null || (${expression(source, def.innerType ?? notSure(), v)}))`
    default:
      return notSure()
  }
}

const compile = (schema: z.ZodType): Check => {
  const source: Source = { functions: [], patterns: [] }
  try {
    const check = expression(source, schema, 'value')
    // oxlint-disable-next-line no-implied-eval, no-new-func -- built from our own schemas only, never from a value
    const make = new Function('patterns', `'use strict'; ${source.functions.join('\n')}\nreturn (value) => ${check}`) as (patterns: readonly RegExp[]) => Check
    return make(source.patterns)
  } catch (error) {
    if (error instanceof NotSure || error instanceof EvalError) return () => false
    throw error
  }
}

const compiled = new WeakMap<z.ZodType, Check>()

/** True: zod would surely accept this JSON value as it is. False: ask zod. */
export const surelyFits = (schema: z.ZodType, value: unknown): boolean => {
  if (z.config().jitless === true) return false
  let check = compiled.get(schema)
  if (check === undefined) {
    check = compile(schema)
    compiled.set(schema, check)
  }
  return check(value)
}
