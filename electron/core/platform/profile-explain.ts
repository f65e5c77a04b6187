import { z } from 'zod'
import { KEY_WORDS } from './profile-key-words.ts'
import { RegionProfile } from './profile.ts'

export interface Words { readonly zh: string; readonly en: string }
type Path = readonly (string | number)[]
/** `about`: whether the name or the value at the path is wrong. */
export interface Explained extends Words { readonly path: Path; readonly about: 'name' | 'value' }

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | boolean
  readonly propertyNames?: { readonly enum?: readonly string[] }
  readonly items?: JsonSchema
  readonly oneOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly const?: unknown
  readonly description?: string
}

/** Every key with its meaning: that of the list of meanings first, then what the schema itself says. */
const described = (node: JsonSchema, path: string): JsonSchema => {
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`)
  const inner = (each: JsonSchema, at: string): JsonSchema => {
    const meaning = [KEY_WORDS[at], each.description].filter((words) => words !== undefined).join(' · ')
    return described(meaning === '' ? each : { ...each, description: meaning }, at)
  }
  return {
    ...node,
    ...(node.properties === undefined ? {} : { properties: Object.fromEntries(Object.entries(node.properties).map(([name, each]) => [name, inner(each, below(name))])) }),
    ...(typeof node.additionalProperties === 'object' ? { additionalProperties: described(node.additionalProperties, below('*')) } : {}),
    ...(node.oneOf === undefined ? {} : { oneOf: node.oneOf.map((each) => described(each, path)) }),
    ...(node.anyOf === undefined ? {} : { anyOf: node.anyOf.map((each) => described(each, path)) }),
  }
}

/** JSON Schema (2020-12) of a profile file, for editors. */
export const profileSchema = (): Readonly<Record<string, unknown>> =>
  ({ title: 'Yaogui region profile', ...described(z.toJSONSchema(RegionProfile, { io: 'input', unrepresentable: 'any' }) as JsonSchema, '') })

const schema = profileSchema() as JsonSchema
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The alternatives that a value may be, narrowed by its `kind` where it has one. */
const alternatives = (node: JsonSchema, value: unknown): readonly JsonSchema[] => {
  const all = node.oneOf ?? node.anyOf
  if (all === undefined) return [node]
  const kind = isRecord(value) ? value['kind'] : undefined
  const chosen = all.filter((each) => each.properties?.['kind']?.const === kind)
  return (kind !== undefined && chosen.length > 0 ? chosen : all).flatMap((each) => alternatives(each, value))
}

/** Names that could stand in the object at this path. */
const namesAt = (path: Path, value: unknown): readonly string[] => {
  let nodes: readonly JsonSchema[] = alternatives(schema, value)
  let here = value
  for (const part of path) {
    here = isRecord(here) || Array.isArray(here) ? (here as Readonly<Record<string | number, unknown>>)[part] : undefined
    nodes = nodes.flatMap((node) => {
      const next = typeof part === 'number' ? node.items : node.properties?.[part] ?? (typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined)
      return next === undefined ? [] : alternatives(next, here)
    })
  }
  return [...new Set(nodes.flatMap((node) => [...Object.keys(node.properties ?? {}), ...(node.propertyNames?.enum ?? [])]))]
}

/** Letters to add, drop or change, case apart. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length] ?? 0
}

/** The name that was probably meant; null when none is near. */
export const nearestName = (name: string, names: readonly string[]): string | null => {
  const low = name.toLowerCase()
  const near = names.map((each) => ({ each, far: each.toLowerCase().includes(low) && low.length >= 4 ? 1 : distance(low, each.toLowerCase()) })).toSorted((a, b) => a.far - b.far)[0]
  return near !== undefined && near.far <= Math.max(2, Math.floor(name.length / 3)) ? near.each : null
}

/** Names of an earlier shape of profiles, and where their values went. */
const MOVED: Readonly<Record<string, Words>> = {
  'traceCodes.settleNode': { zh: '旧版配置的键；现写为 wireNames.renamed 里的 "2102.drugdetail.durg_trac_info": "本省名"，与国标相同时不写', en: 'of an older shape of profiles; now "2102.drugdetail.durg_trac_info": "its name" in wireNames.renamed, or nothing where it is the official name' },
  'traceCodes.uploadNode': { zh: '旧版配置的键；现写为 wireNames.renamed 里的 "3505.selinfo.drugtracinfo": "本省名"，与国标相同时不写', en: 'of an older shape of profiles; now "3505.selinfo.drugtracinfo": "its name" in wireNames.renamed, or nothing where it is the official name' },
  'upload.settlementTypeField': { zh: '旧版配置的键；现写为 wireNames.renamed 里的 "3505.selinfo.MDTRT_SETL_TYPE": "本省名"，与国标相同时不写', en: 'of an older shape of profiles; now "3505.selinfo.MDTRT_SETL_TYPE": "its name" in wireNames.renamed, or nothing where it is the official name' },
}

const KINDS: Readonly<Record<string, Words>> = {
  string: { zh: '文字', en: 'a text' }, number: { zh: '数', en: 'a number' }, int: { zh: '整数', en: 'a whole number' }, boolean: { zh: 'true 或 false', en: 'true or false' },
  object: { zh: '一组键值 { … }', en: 'an object { … }' }, record: { zh: '一组键值 { … }', en: 'an object { … }' }, array: { zh: '列表 [ … ]', en: 'a list [ … ]' }, null: { zh: 'null', en: 'null' },
}
const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)
const words = (name: string): Words => KINDS[name] ?? { zh: name, en: name }

/** Messages of the schema's own rules. A rule without words here is told in its own. */
export const RULES: Readonly<Record<string, string>> = {
  'a transaction number such as 2102 or 3592B': '应为交易编号，如 2102、3592B',
  'an insurance area code of 6 digits': '应为 6 位医保区划代码',
  'an http or https address': '应为 http 或 https 地址',
  'https, unless the platform runs on this machine': '平台不在本机时必须用 https',
  'an address of this machine: credentials never leave it in clear': '必须是本机地址：凭证不以明文离开本机',
  'a regular expression': '不是合规的正则表达式',
  'a key is named: {"secret": "…"} or {"env": "…"}; {"value": "…"} only in practice': '密钥只写名字：{"secret": "…"} 或 {"env": "…"}；{"value": "…"} 只用于练习',
  'cbc needs a first block': 'cbc 须给出 iv',
  'a plain gateway has its own signature in `cainfo`: nothing else may seal the message': 'plain 网关自己在 cainfo 里签名，sealing 须为 none',
  '`from` must not be above `to`': 'from 不能大于 to',
  'every time-out must be longer than connectMs, else a call that never connected would count as unknown': '每个超时都要长于 connectMs，否则没有连上的交易会被当作结果未知',
  'the 12 characters of the designated institution\'s number: msgid starts with it': '应为 12 位定点医药机构编号：报文 ID 以它开头',
  'a place in the official tables, such as 2102.drugdetail.durg_trac_info': '应为国标表中的位置，如 2102.drugdetail.durg_trac_info',
  'a field or node name': '应为字段名或节点名', 'HH:mm': '应为 HH:mm', 'yyyy-MM-dd': '应为 yyyy-MM-dd', 'a column twice': '同一列写了两次',
  'stmt_rslt and msgid or setl_id are needed': '须有 stmt_rslt，以及 msgid 或 setl_id',
}

const unit = (origin: unknown): Words => (origin === 'string' ? { zh: ' 个字', en: ' characters' } : origin === 'array' ? { zh: ' 项', en: ' entries' } : { zh: '', en: '' })
const valueAt = (value: unknown, path: Path): unknown => path.reduce<unknown>((here, part) => (typeof here === 'object' && here !== null ? (here as Readonly<Record<string | number, unknown>>)[part] : undefined), value)

const unknownName = (name: string, path: Path, value: unknown): Words => {
  const moved = MOVED[[...path, name].join('.')]
  if (moved !== undefined) return moved
  const near = nearestName(name, namesAt(path, value))
  return near === null ? { zh: `没有“${name}”这个键`, en: `there is no key ${name}` } : { zh: `没有“${name}”这个键，是不是“${near}”`, en: `there is no key ${name}; ${near}?` }
}

const bound = (issue: Readonly<Record<string, unknown>>, side: 'minimum' | 'maximum'): Words => {
  const { zh, en } = unit(issue['origin'])
  const limit = String(issue[side])
  const inside = issue['inclusive'] !== false
  if (issue['exact'] === true) return { zh: `应正好 ${limit}${zh}`, en: `exactly ${limit}${en}` }
  if (side === 'minimum') return { zh: limit === '1' && zh !== '' ? '不能为空' : `${inside ? '至少' : '应大于'} ${limit}${zh}`, en: limit === '1' && en !== '' ? 'must not be empty' : `${inside ? 'at least' : 'more than'} ${limit}${en}` }
  return { zh: `${inside ? '最多' : '应小于'} ${limit}${zh}`, en: `${inside ? 'at most' : 'less than'} ${limit}${en}` }
}

/** One problem of the schema in plain words; several where several names are wrong. */
export const explainIssue = (issue: z.core.$ZodIssue, value: unknown): readonly Explained[] => {
  const path = issue.path.filter((part) => typeof part !== 'symbol')
  const at = (about: Explained['about'], said: Words): readonly Explained[] => [{ path, about, ...said }]
  const found = valueAt(value, path)
  if (found === undefined && path.length > 0 && issue.code !== 'unrecognized_keys' && issue.code !== 'custom') return at('value', { zh: `缺“${String(path.at(-1))}”`, en: `${String(path.at(-1))} is missing` })
  const ruled = RULES[issue.message]
  if (ruled !== undefined) return at('value', { zh: ruled, en: issue.message })
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((name) => ({ path: [...path, name], about: 'name' as const, ...unknownName(name, path, value) }))
    case 'invalid_type': {
      const [wanted, is] = [words(issue.expected), words(kindOf(found))]
      return at('value', { zh: `应为${wanted.zh}，写的是${is.zh}`, en: `${wanted.en} is expected, ${is.en} is written` })
    }
    case 'invalid_value': {
      const choices = issue.values.map((each) => JSON.stringify(each)).join(' | ')
      return at('value', { zh: `应为 ${choices} 之一`, en: `one of ${choices}` })
    }
    case 'invalid_union': {
      const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map((each) => JSON.stringify(each)).join(' | ') : ''
      return at('value', options === '' ? { zh: '哪一种形式都不合', en: 'it fits none of the forms' } : { zh: `应为 ${options} 之一`, en: `one of ${options}` })
    }
    case 'invalid_key': {
      const inner = issue.issues[0]
      const said = inner === undefined ? undefined : RULES[inner.message]
      const choices = inner?.code === 'invalid_value' ? inner.values.map((each) => JSON.stringify(each)).join(' | ') : ''
      return at('name', choices === '' ? { zh: said ?? `键名不合规：${inner?.message ?? ''}`, en: inner?.message ?? 'the name is wrong' } : { zh: `键名应为 ${choices} 之一`, en: `the name must be one of ${choices}` })
    }
    case 'too_small':
      return at('value', bound(issue as unknown as Readonly<Record<string, unknown>>, 'minimum'))
    case 'too_big':
      return at('value', bound(issue as unknown as Readonly<Record<string, unknown>>, 'maximum'))
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_element':
    case 'custom':
      return at('value', { zh: `不合规：${issue.message}`, en: issue.message })
  }
}
