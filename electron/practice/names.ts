import { z } from 'zod'
import type { PaperTransaction } from './errata.ts'
import { isRecord } from './wire-values.ts'

/**
 * Other spellings of another edition or province, by transaction and by the name the tables print: `{"2102": {"durg_trac_info": "drug_trac_info"}}`.
 * A name renamed is the only one taken and the only one answered. `*` holds for every transaction that has the name.
 */
export const NamesSection = z.record(z.string(), z.record(z.string().regex(/^\w+$/), z.string().regex(/^\w+$/))).default({})
export type Names = z.output<typeof NamesSection>

const namesOf = (names: Names, infno: string): Readonly<Record<string, string>> => ({ ...names['*'], ...names[infno] })

/** Lays the other spellings over the tables, so that checks take them and refusals name them. */
export const renamedTables = (transactions: Readonly<Record<string, PaperTransaction>>, names: Names): void => {
  for (const infno of Object.keys(names)) if (infno !== '*' && transactions[infno] === undefined) throw new Error(`profile: names of ${infno}, which is not in the tables`)
  for (const [infno, { input, output }] of Object.entries(transactions)) {
    const others = namesOf(names, infno)
    const used = new Set<string>()
    const other = (name: string): string => {
      used.add(name)
      return others[name] ?? name
    }
    for (const node of [...input, ...output]) {
      if (node.node !== null) node.node = other(node.node)
      for (const field of node.fields) field.code = other(field.code)
    }
    for (const name of Object.keys(names[infno] ?? {})) if (!used.has(name)) throw new Error(`profile: ${infno} has no name ${name} in the tables`)
  }
}

const renameKeys = (value: unknown, names: Readonly<Record<string, string>>): unknown => {
  if (Array.isArray(value)) return value.map((row) => renameKeys(row, names))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [names[name] ?? name, renameKeys(inner, names)]))
}

/** A checked input in the spelling of the tables, which is the one this code is written in. */
export const toPaperNames = (names: Names, infno: string, input: unknown): unknown => {
  const others = Object.entries(namesOf(names, infno))
  return others.length === 0 ? input : renameKeys(input, Object.fromEntries(others.map(([paper, other]) => [other, paper])))
}
/** An answer in the spelling of the edition. */
export const toEditionNames = (names: Names, infno: string, output: unknown): unknown => {
  const others = namesOf(names, infno)
  return Object.keys(others).length === 0 || output instanceof Uint8Array ? output : renameKeys(output, others)
}
