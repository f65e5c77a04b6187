import { z } from 'zod'
import type { Procedure } from './procedure.ts'

/** FNV-1a, twice with different starts: 64 bits, no crypto needed, the same in Node and in a browser. Not a defence, only "are we built from the same contract". */
const hash = (text: string): string => {
  let a = 0x811c9dc5
  let b = 0x9747b28c
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    a = Math.imul(a ^ c, 0x01000193)
    b = Math.imul(b ^ c, 0x01000193)
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0')
}

const schemaText = (schema: z.ZodType, io: 'input' | 'output'): string => JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' }))

/** One word for all that both sides must agree on: names, kinds, permissions and the shape of every value. */
export const hashContract = (procedures: Readonly<Record<string, Procedure>>): string =>
  hash(Object.entries(procedures).toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, p]) => `${name} ${p.kind} ${p.permission} ${p.audit} ${schemaText(p.input, 'input')} ${schemaText(p.output, 'output')}`).join('\n'))

let known: { readonly of: Readonly<Record<string, Procedure>>; readonly hash: string } | null = null
/** Computed once: it takes a few milliseconds. */
export const contractHash = (procedures: Readonly<Record<string, Procedure>>): string => {
  if (known?.of !== procedures) known = { of: procedures, hash: hashContract(procedures) }
  return known.hash
}
