import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { ERRATA } from './errata.ts'
import { renamedTables } from './names.ts'
import { once } from './once.ts'
import type { PracticeProfile } from './profile.ts'

const Field = z.strictObject({
  code: z.string(),
  name: z.string(),
  kind: z.enum(['text', 'number', 'date', 'datetime', 'boolean', 'nested', 'any']),
  width: z.int().optional(),
  digits: z.int().optional(),
  decimals: z.int().optional(),
  required: z.boolean(),
  dictionary: z.string().optional(),
})
const Node = z.strictObject({ node: z.string().nullable(), rows: z.enum(['one', 'many']), nested: z.boolean().optional(), fields: z.array(Field) })
const Transaction = z.strictObject({ name: z.string(), input: z.array(Node), output: z.array(Node) })
const Paper = z.strictObject({ source: z.string(), transactions: z.record(z.string(), Transaction) })

export type Field = z.infer<typeof Field>
/** A node as the checker wants it: its fields by code, its nested nodes by the field that carries them. */
export interface Node {
  /** '' = its fields stand in `input` or `output` itself; null = the paper gives no name and nobody has read it. */
  readonly node: string | null
  readonly many: boolean
  readonly fields: ReadonlyMap<string, Field>
  readonly nested: ReadonlyMap<string, Node>
}
export interface Transaction {
  readonly infno: string
  readonly name: string
  readonly input: readonly Node[]
  readonly output: readonly Node[]
}
export interface Tables {
  readonly transactions: ReadonlyMap<string, Transaction>
  /** Values by dictionary name; a name without entry is a dictionary the code tables do not have. */
  readonly dictionary: ReadonlyMap<string, ReadonlySet<string>>
  readonly nameOf: (dictionary: string, code: string) => string
}

const dataFile = (name: string): string => readFileSync(join(import.meta.dirname, 'data', name), 'utf8')

const buildNodes = (nodes: readonly z.infer<typeof Node>[]): readonly Node[] => {
  const built = new Map<string | null, Node>()
  const nestedNames = new Set(nodes.filter((node) => node.nested === true).map((node) => node.node))
  const build = (raw: z.infer<typeof Node>): Node => ({
    node: raw.node,
    many: raw.rows === 'many',
    fields: new Map(raw.fields.map((field) => [field.code, field])),
    nested: new Map(raw.fields.flatMap((field) => (nestedNames.has(field.code) ? [[field.code, built.get(field.code)!] as const] : []))),
  })
  for (const raw of nodes) if (raw.nested === true) built.set(raw.node, build(raw))
  return nodes.filter((raw) => raw.nested !== true).map(build)
}

/** A province's names and widths laid over the paper: the settlement's trace node is misspelt in one and not in the other, widths differ by edition. */
const withProfile = (raw: z.infer<typeof Paper>, profile: PracticeProfile): z.infer<typeof Paper> => {
  const copy = structuredClone(raw)
  for (const [infno, correct] of Object.entries(ERRATA)) correct(copy.transactions[infno]!)
  for (const node of copy.transactions['2102']?.input ?? []) {
    if (node.node === 'durg_trac_info') node.node = profile.settlementTraceNode
    for (const field of node.fields) if (field.code === 'durg_trac_info') field.code = profile.settlementTraceNode
  }
  if (profile.mapping.withdrawNode === 'data') for (const node of copy.transactions['3302']?.input ?? []) node.node = 'data'
  for (const change of profile.fieldOverrides) {
    const node = copy.transactions[change.infno]?.input.find((candidate) => candidate.node === change.node)
    const field = node?.fields.find((candidate) => candidate.code === change.code)
    if (field === undefined) throw new Error(`profile: no field ${change.infno}.${change.node}.${change.code} in the tables`)
    if (change.width !== undefined) field.width = change.width
    if (change.required !== undefined) field.required = change.required
  }
  renamedTables(copy.transactions, profile.names)
  return copy
}

const readPaper = once(() => Paper.parse(JSON.parse(dataFile('transactions.json'))))

const readDictionary = once(() => {
  const rows = z.array(z.strictObject({ field: z.string(), code: z.string(), name: z.string() })).parse(parse(dataFile('dictionary.csv'), { columns: true }))
  const dictionary = new Map<string, Set<string>>()
  const names = new Map<string, string>()
  for (const row of rows) {
    const values = dictionary.get(row.field) ?? new Set()
    dictionary.set(row.field, values.add(row.code))
    names.set(`${row.field} ${row.code}`, row.name)
  }
  return { dictionary, names }
})

const codeTableOf = (dictionary: ReadonlyMap<string, unknown>, name: string): string => {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return dictionary.has(name) || !dictionary.has(snake) ? name : snake
}

export const loadTables = (profile: PracticeProfile): Tables => {
  const paper = withProfile(readPaper(), profile)
  const { dictionary, names } = readDictionary()
  // Tables in camel case name dictionaries in camel case that the code tables have with underscores.
  for (const { input, output } of Object.values(paper.transactions))
    for (const { fields } of [...input, ...output]) for (const field of fields) if (field.dictionary !== undefined) field.dictionary = codeTableOf(dictionary, field.dictionary)
  return {
    transactions: new Map(
      Object.entries(paper.transactions).map(([infno, raw]) => [
        infno,
        { infno, name: raw.name, input: buildNodes(raw.input), output: buildNodes(raw.output) },
      ]),
    ),
    dictionary,
    nameOf: (field, code) => names.get(`${field} ${code}`) ?? code,
  }
}
