import { checkPattern } from './issuer-pattern.ts'

/** Characters of the code: 1-based and inclusive, `to` null is its end; or a named group of the pattern. */
export type CutRule = { readonly from: number; readonly to: number | null } | { readonly group: string }
/** table: the three-code map knows it by the identifier · digit: the code says it · none: nobody knows. Levels: 1 smallest pack, more = outer. */
export type LevelRule =
  | { readonly by: 'table' }
  | { readonly by: 'digit'; readonly at: number; readonly levels: Readonly<Record<string, number>> }
  | { readonly by: 'none' }

/** How one issuer's trace codes are read. A new issuer is a row of a rule file, not code. */
export interface IssuerRule {
  /** Short and for ever: it stands in the map's keys. */
  readonly issuer: string
  readonly name: string
  /** Anchored; the small language of issuer-pattern.ts. */
  readonly pattern: string
  readonly identifier: CutRule
  readonly serial: CutRule
  readonly level: LevelRule
  /** H official or run, M public implementations, L one weak source, K to be confirmed. */
  readonly certainty: 'H' | 'M' | 'L' | 'K'
  readonly source: string
  /** Made-up codes that the rule must read: a rule file tests itself. */
  readonly examples: readonly string[]
}

/** The one issuer whose form is fully published. 联合健康, 爱创 and 嘉华 were not found: theirs come by rule file when somebody has them. */
export const MSFX: IssuerRule = {
  issuer: 'MSFX',
  name: '码上放心',
  pattern: '^8\\d{19}$',
  identifier: { from: 1, to: 7 },
  serial: { from: 8, to: 20 },
  level: { by: 'table' },
  certainty: 'H',
  source: 'trace-codes.md §1.1',
  examples: ['89012345678901234567'],
}

interface CompiledRule {
  readonly rule: IssuerRule
  readonly pattern: RegExp
  readonly shortest: number
  readonly longest: number
}
/** Made by `parseIssuerRules` only: every pattern was checked. */
export interface IssuerRules {
  readonly compiled: readonly CompiledRule[]
}

export interface IssuedCode {
  readonly rule: IssuerRule
  readonly drugIdentifier: string
  readonly serial: string
  /** Null: to be looked up, or unknown. */
  readonly level: number | null
}

const cut = (rule: CutRule, text: string, match: RegExpExecArray): string =>
  'group' in rule ? (match.groups?.[rule.group] ?? '') : text.slice(rule.from - 1, rule.to ?? text.length)

/** The first rule that reads the text; null: none. */
export const readIssued = (text: string, { compiled }: IssuerRules): IssuedCode | null => {
  for (const { rule, pattern, shortest, longest } of compiled) {
    if (text.length < shortest || text.length > longest) continue
    const match = pattern.exec(text)
    if (match === null) continue
    const level = rule.level.by === 'digit' ? (rule.level.levels[text.charAt(rule.level.at - 1)] ?? null) : null
    const drugIdentifier = cut(rule.identifier, text, match)
    const serial = cut(rule.serial, text, match)
    if (drugIdentifier !== '' && serial !== '') return { rule, drugIdentifier, serial, level }
  }
  return null
}

/** Key of the three-code map. Identifiers of 码上放心, GTINs and MA identifiers stand as they are; other issuers' carry their name, or two issuers' equal digits would be one drug. */
export const mapKey = (issuer: string, drugIdentifier: string): string => (issuer === MSFX.issuer ? drugIdentifier : `${issuer}/${drugIdentifier}`)

const CERTAINTIES = ['H', 'M', 'L', 'K']
const FIELDS = ['issuer', 'name', 'pattern', 'identifier', 'serial', 'level', 'certainty', 'source', 'examples']

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const isWhole = (value: unknown, from: number, to: number): value is number => Number.isInteger(value) && Number(value) >= from && Number(value) <= to
const isText = (value: unknown, longest: number): value is string => typeof value === 'string' && value.trim() !== '' && value.length <= longest
const only = (value: Fields, allowed: readonly string[]): string | null => Object.keys(value).find((key) => !allowed.includes(key)) ?? null

const readCut = (value: unknown, groups: readonly string[], shortest: number): CutRule | string => {
  if (!isFields(value)) return 'is {"from": 1, "to": 7} or {"group": "name"}'
  if (typeof value['group'] === 'string' && only(value, ['group']) === null)
    return groups.includes(value['group']) ? { group: value['group'] } : `names the group ${value['group']}, which the pattern does not have`
  const { from, to } = value
  if (only(value, ['from', 'to']) !== null || !isWhole(from, 1, shortest)) return `begins at a character from 1 to ${shortest}, the shortest code`
  if (to === null || to === undefined) return { from, to: null }
  return isWhole(to, from, shortest) ? { from, to } : `ends at a character from ${from} to ${shortest}, or at null for the code's end`
}

const readLevel = (value: unknown, shortest: number): LevelRule | string => {
  if (isFields(value) && (value['by'] === 'table' || value['by'] === 'none') && only(value, ['by']) === null) return { by: value['by'] }
  if (!isFields(value) || value['by'] !== 'digit' || only(value, ['by', 'at', 'levels']) !== null)
    return 'is {"by": "table"}, {"by": "none"} or {"by": "digit", "at": 8, "levels": {"1": 1}}'
  const { at, levels } = value
  if (!isWhole(at, 1, shortest)) return `stands at a character from 1 to ${shortest}`
  if (!isFields(levels) || Object.entries(levels).some(([digit, level]) => digit.length !== 1 || !isWhole(level, 1, 9)))
    return 'gives each character a level from 1 to 9'
  return { by: 'digit', at, levels: levels as Record<string, number> }
}

const compileRule = (value: unknown): CompiledRule | readonly string[] => {
  if (!isFields(value)) return ['is an object']
  const unknown = only(value, FIELDS)
  const { issuer, name, pattern, certainty, source, examples = [] } = value
  const errors: string[] = []
  if (unknown !== null) errors.push(`has no field ${unknown}; fields are ${FIELDS.join(', ')}`)
  if (typeof issuer !== 'string' || !/^[A-Z][A-Z0-9-]{1,19}$/.test(issuer)) errors.push('issuer: 2 to 20 capitals, digits and hyphens')
  else if (['MSFX', 'GS1', 'MA', 'AHM', 'HIBC', 'UNKNOWN'].includes(issuer)) errors.push(`issuer: ${issuer} is built in`)
  if (!isText(name, 60)) errors.push('name: up to 60 characters')
  if (!isText(source, 300)) errors.push('source: where the form is known from, up to 300 characters')
  if (!CERTAINTIES.includes(certainty as string)) errors.push('certainty: H, M, L or K')
  if (!Array.isArray(examples) || !examples.every((example) => isText(example, 100))) errors.push('examples: codes of up to 100 characters')
  const shape = checkPattern(pattern)
  if ('error' in shape) return [...errors, `pattern: ${shape.error}`]
  const identifier = readCut(value['identifier'], shape.groups, shape.shortest)
  const serial = readCut(value['serial'], shape.groups, shape.shortest)
  const level = readLevel(value['level'], shape.shortest)
  if (typeof identifier === 'string') errors.push(`identifier: ${identifier}`)
  if (typeof serial === 'string') errors.push(`serial: ${serial}`)
  if (typeof level === 'string') errors.push(`level: ${level}`)
  if (errors.length > 0 || typeof identifier === 'string' || typeof serial === 'string' || typeof level === 'string') return errors
  const rule = { issuer, name, pattern, identifier, serial, level, certainty, source, examples } as IssuerRule
  const compiled = { rule, pattern: new RegExp(rule.pattern), shortest: shape.shortest, longest: shape.longest }
  const misread = rule.examples.findIndex((example) => readIssued(example, { compiled: [compiled] }) === null)
  return misread === -1 ? compiled : [`examples: number ${misread + 1} is not read by the rule`]
}

/** Most certain first; of equals, in the file's order. */
const byCertainty = (a: CompiledRule, b: CompiledRule): number => CERTAINTIES.indexOf(a.rule.certainty) - CERTAINTIES.indexOf(b.rule.certainty)

/**
 * A rule file: a JSON list of `IssuerRule`. Total; every error says which rule and what it should be.
 * None of its rules can claim what another scheme owns: they are asked after payment codes, vouchers, ID numbers and national codes (recognise.ts).
 */
export const parseIssuerRules = (json: string): { readonly rules: IssuerRules } | { readonly errors: readonly string[] } => {
  let list: unknown
  try {
    list = JSON.parse(json)
  } catch {
    return { errors: ['the file is not JSON'] }
  }
  if (!Array.isArray(list) || list.length > 200) return { errors: ['the file is a list of up to 200 rules'] }
  const compiled: CompiledRule[] = []
  const errors: string[] = []
  for (const [index, value] of list.entries()) {
    const result = compileRule(value)
    if ('rule' in result) compiled.push(result)
    else errors.push(...result.map((error) => `rule ${index + 1}: ${error}`))
  }
  return errors.length > 0 ? { errors } : { rules: { compiled: compiled.toSorted(byCertainty) } }
}

/** Asked before every other scheme: its form was held against all of them (trace-codes.md §2.1). */
export const SHIPPED_RULES: IssuerRules = { compiled: [{ rule: MSFX, pattern: new RegExp(MSFX.pattern), shortest: 20, longest: 20 }] }
