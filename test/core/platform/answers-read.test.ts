import { describe, expect, it } from 'vitest'
import tables from '../../../electron/core/platform/code-tables.json' with { type: 'json' }
import { MEANT, PLACES } from './tables/differences.ts'
import { nodesOf } from './tables/check-by-table.ts'
import type { Field } from './tables/official-fields.ts'
import { dictionaryOf, kindOf, official } from './tables/official-fields.ts'

const codes: Readonly<Record<string, readonly string[]>> = tables

/** A value that is its own name, so that it can be found again; a code where the table has one. */
const valueOf = (field: Field): unknown => {
  const kind = kindOf(field)
  switch (kind.kind) {
    // Flags become yes and no, and the result of a row becomes its outcome.
    case 'text': return (/Flag$/.test(field[0]) && dictionaryOf(field) !== undefined) || field[0] === 'retRslt' ? '1' : codes[dictionaryOf(field) ?? '']?.at(-1) ?? `<${field[0]}>`
    case 'number': return '1'
    case 'date': return '2026-11-21'
    case 'datetime': return '2026-11-21 09:00:00'
    case 'boolean': return true
    case 'bytes': case 'nested': return null
  }
}
/** An answer with every field that the table prints. */
const answerOf = (infno: string): { readonly answer: unknown; readonly texts: readonly string[] } => {
  const nodes = nodesOf(infno, 'out', official[infno] ?? { name: '', input: [], output: [] }, PLACES, MEANT)
  const inside = new Set([...nodes.values()].flatMap((fields) => fields.map(([code]) => code)).filter((code) => nodes.has(code)))
  const rowOf = (fields: readonly Field[]): Record<string, unknown> =>
    Object.fromEntries(fields.map((field) => [field[0], nodes.has(field[0]) && kindOf(field).kind === 'nested' ? [rowOf(nodes.get(field[0]) ?? [])] : valueOf(field)]))
  const top = [...nodes].filter(([name]) => !name.startsWith('file:') && (!inside.has(name) || name === 'sign_time'))
  const texts = top.flatMap(([, fields]) => fields).concat(...[...inside].map((name) => nodes.get(name) ?? [])).map(valueOf).filter((value): value is string => typeof value === 'string' && value.startsWith('<'))
  return { answer: Object.assign({}, ...top.map(([name, fields]) => (name === '' ? rowOf(fields) : { [name]: rowOf(fields) }))) as unknown, texts }
}

/** What `read` is told beside the answer. */
const BESIDE: Readonly<Record<string, readonly unknown[]>> = {
  '1101': ['2026-11-21'], '1317': ['<fixmedins_code>'], '3101': [{ lines: [] }], '3102': [{ lines: [] }], '3513': [{ code: '<drugTracCodg>', ourInstitution: '<fixmedinsCode>' }],
}
/** Read in part: only what the counter needs of them goes on. 2101 and 2102 are read by readBooked, with the basket they are about (calls.test.ts). */
const IN_PART: ReadonlySet<string> = new Set(['1101', '1301', '1302', '1306', '1307', '1309', '1317', '1320', '2001', '2103', '3101', '3102', '3201', '3202', '3513', '3592B', '5203', '5206', '5301', '9001', '9101'])
const BY_BASKET: ReadonlySet<string> = new Set(['2101', '2102'])

const answering = Object.entries(official).filter(([infno]) => nodesOf(infno, 'out', official[infno] ?? { name: '', input: [], output: [] }, PLACES, MEANT).size > 0).map(([infno]) => infno).filter((infno) => !BY_BASKET.has(infno))
type Read = (answer: unknown, ...beside: readonly unknown[]) => unknown
const readerOf = async (infno: string): Promise<Read> => ((await import(`../../../electron/core/platform/transactions/t${infno.toLowerCase()}.ts`)) as { readonly read: Read }).read

describe('a whole answer', () => {
  it.each(answering)('becomes trade words, and nothing of it is lost but where only a part is needed: %s', async (infno) => {
    const read = await readerOf(infno)
    const { answer, texts } = answerOf(infno)
    const words = JSON.stringify(read(answer, ...(BESIDE[infno] ?? [])))
    const lost = texts.filter((text) => !words.includes(JSON.stringify(text)))
    if (IN_PART.has(infno)) expect(words.length).toBeGreaterThan(10)
    else expect(lost).toEqual([])
  })

  it.each(answering)('with a key too many, or with numbers that are none, is read so or refused, never misread: %s', async (infno) => {
    const read = await readerOf(infno)
    const { answer } = answerOf(infno)
    const beside = BESIDE[infno] ?? []
    expect(JSON.stringify(read({ ...(answer as object), extraKey: 'x' }, ...beside))).toBe(JSON.stringify(read(answer, ...beside)))
    const spoilt = JSON.parse(JSON.stringify(answer).replaceAll('"1"', '"one and a half"')) as unknown
    if (JSON.stringify(spoilt) !== JSON.stringify(answer) && hasNumbers(infno)) expect(() => read(spoilt, ...beside)).toThrow()
  })
})

const hasNumbers = (infno: string): boolean => [...nodesOf(infno, 'out', official[infno] ?? { name: '', input: [], output: [] }, PLACES, MEANT)].some(([name, fields]) => !name.startsWith('file:') && fields.some((field) => kindOf(field).kind === 'number'))
