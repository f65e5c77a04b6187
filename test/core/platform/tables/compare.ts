import { z } from 'zod'
import { fieldIn, printedOf } from '../../../../electron/core/platform/printed-fields.ts'
import { wireNumber } from '../../../../electron/core/platform/wire-json.ts'
import type { Meant } from './differences.ts'
import type { Field, Node, Transaction } from './official-fields.ts'
import { dictionaryOf, kindOf } from './official-fields.ts'

/** Holds one transaction of ours against its printed table, field by field, by what it takes and refuses. Every difference is one line; none is forgiven here. */

type Schema = z.core.$ZodType
type Row = z.ZodObject<Record<string, z.ZodType>>
export interface Ours { readonly input: z.ZodType; readonly outputNodes: Readonly<Record<string, Row>>; readonly files: Readonly<Record<string, Row>> }
/** Where a node without a printed name stands with us: `''` the message itself, `name` a node of that name, `file:…` the rows of a file. */
export type Places = Readonly<Record<string, { readonly at: string; readonly why: string; /** Printed among the inputs, and an answer. */ readonly side?: 'out' }>>

const bare = (schema: Schema): Schema => {
  const inner = fieldIn(schema)
  return inner instanceof z.ZodArray ? bare(inner.element) : inner instanceof z.ZodPipe && inner.in instanceof z.ZodTransform ? bare(inner.out) : inner
}
const rowIn = (schema: Schema): Row | null => { const inner = bare(schema); return inner instanceof z.ZodObject ? (inner as unknown as Row) : null }

/** Every row of an input by its name, however deep; the message itself under ''. */
const rowsOf = (schema: Schema, name = '', found = new Map<string, Row>()): Map<string, Row> => {
  const row = rowIn(schema)
  if (row === null) return found
  found.set(name, row)
  for (const [field, inner] of Object.entries(row.shape)) rowsOf(inner, field, found)
  return found
}

const takes = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success
const text = (length: number): string => '药'.repeat(length)
interface Probe { readonly good: readonly unknown[]; readonly bad: readonly unknown[] }
/** Values at the edge of what a printed field allows, and just beyond it. */
const edges = (field: Field): Probe => {
  const kind = kindOf(field)
  switch (kind.kind) {
    case 'text':
      return kind.width === undefined ? { good: [text(1)], bad: ['', 5, null] } : { good: [text(1), text(kind.width)], bad: [text(kind.width + 1), '', 5, null] }
    case 'number': {
      const { precision, scale = 0 } = kind
      if (precision === undefined) return { good: [wireNumber('0'), wireNumber('12.5')], bad: ['1', 1, null] }
      const whole = '9'.repeat(precision - scale)
      const good = scale === 0 ? [whole] : [`${whole}.${'9'.repeat(scale)}`, `-${whole}.${'9'.repeat(scale)}`]
      return { good: good.map(wireNumber), bad: [wireNumber(`9${whole}`), wireNumber(`1.${'1'.repeat(scale + 1)}`), '1', 1, null] }
    }
    case 'date':
      return { good: ['2026-11-21', '2024-02-29'], bad: ['2026-02-29', '20261121', '2026-11-21 09:00:00', '', null] }
    case 'datetime':
      return { good: ['2026-11-21 23:59:59'], bad: ['2026-11-21', '2026-11-21T09:00:00', '2026-11-21 24:00:00', '', null] }
    case 'boolean':
      return { good: [true, false], bad: ['1', null] }
    case 'bytes': case 'nested':
      return { good: [], bad: [5, null] }
  }
}

const size = (schema: Schema): string => { const printed = printedOf(schema); return printed === undefined ? 'a row or list' : JSON.stringify([printed.kind, printed.width, printed.precision, printed.scale]) }
const printedSize = (field: Field): string => {
  const kind = kindOf(field)
  if (kind.kind === 'nested' || kind.kind === 'bytes') return 'a row or list'
  return JSON.stringify([kind.kind, kind.kind === 'text' ? kind.width : undefined, kind.kind === 'number' ? kind.precision : undefined, kind.kind === 'number' ? kind.scale : undefined])
}
const shown = (value: unknown): string => { const json = JSON.stringify(value) ?? 'nothing'; return json.length > 40 ? `${json.length} characters` : json }

/** What both sides of a transaction have in common: size and dictionary as noted. */
const noted = (schema: Schema, field: Field): string[] => [
  ...(size(schema) === printedSize(field) ? [] : [`is ${size(schema)}, printed ${printedSize(field)}`]),
  ...(printedOf(schema)?.dictionary === dictionaryOf(field) ? [] : [`takes its values from ${printedOf(schema)?.dictionary ?? 'no dictionary'}, printed ${dictionaryOf(field) ?? 'none'}`]),
]

const sentField = (schema: z.ZodType, field: Field): string[] => {
  const { good, bad } = edges(field)
  return [
    ...(takes(schema, undefined) === !field[3] ? [] : [`is ${field[3] ? 'optional, printed required' : 'required, printed optional'}`]),
    ...good.filter((value) => !takes(schema, value)).map((value) => `refuses ${shown(value)}`),
    ...bad.filter((value) => takes(schema, value)).map((value) => `takes ${shown(value)}`),
    ...noted(schema, field),
  ]
}

/** Tolerant in form (platform.md §2): a number or date must be one, and nothing may be needed that the paper does not promise. */
const readField = (schema: z.ZodType, field: Field): string[] => {
  const { kind } = kindOf(field)
  const [good, bad] = kind === 'number' ? ['1', 'ab'] : kind === 'date' ? ['2026-11-21', '2026-13-01'] : kind === 'datetime' ? ['2026-11-21 09:00:00', null] : kind === 'text' ? ['x', {}] : [null, null]
  return [
    ...(takes(schema, undefined) || field[3] ? [] : ['is needed, printed optional']),
    ...(good === null || takes(schema, good) ? [] : [`refuses ${shown(good)}`]),
    ...(bad !== null && takes(schema, bad) ? [`takes ${shown(bad)}`] : []),
    ...noted(schema, field),
  ]
}

const compareRow = (where: string, ours: Row, fields: readonly Field[], compareField: (schema: z.ZodType, field: Field) => string[], also: ReadonlySet<string>): string[] => {
  const printedNames = new Set(fields.map(([code]) => code))
  return [
    ...Object.keys(ours.shape).filter((name) => !printedNames.has(name) && !also.has(name)).map((name) => `${where}.${name} is not in the table`),
    ...fields.flatMap((field) => {
      const schema = ours.shape[field[0]]
      return schema === undefined ? [`${where}.${field[0]} is missing`] : compareField(schema, field).map((what) => `${where}.${field[0]} ${what}`)
    }),
    // The order counts where columns have no names.
    ...(where.includes(' file:') && Object.keys(ours.shape).join() !== fields.map(([code]) => code).join() ? [`${where} has its columns in another order`] : []),
  ]
}

export interface Comparison { readonly differences: readonly string[]; readonly fields: number }

/** Every difference between `ours` and the table, in words that a list of deliberate ones can repeat. */
export const compare = (infno: string, ours: Ours, table: Transaction, places: Places, meant: Readonly<Record<string, Meant>>): Comparison => {
  const differences: string[] = []
  /** The field as it is meant; null: not on our side. A correction that says what is printed anyway is no correction. */
  const corrected = (where: string, field: Field): Field | null => {
    const correction = meant[`${where}.${field[0]}`]
    if (correction === undefined) return field
    const [code, type, length, required, dictionary, note = ''] = field
    if (correction.absent === true) return null
    const fixed: Field = [code, type, correction.length ?? length, correction.required ?? required, correction.dictionary === undefined ? dictionary : correction.dictionary ?? '', note]
    if (JSON.stringify([kindOf(fixed), fixed[3], dictionaryOf(fixed)]) === JSON.stringify([kindOf(field), required, dictionaryOf(field)])) differences.push(`${where}.${code} is printed as its correction says`)
    return fixed
  }
  const side = (direction: 'in' | 'out', nodes: readonly Node[], rows: ReadonlyMap<string, Row>, compareField: typeof sentField): void => {
    const seen = new Set<string>()
    const at = nodes.map((node) => placeOf.get(node) ?? '')
    nodes.forEach((node, index) => {
      const place = at[index] ?? ''
      const row = place.startsWith('file:') ? ours.files[place] : rows.get(place)
      const where = `${infno} ${direction} ${place}`.trimEnd()
      seen.add(place)
      // A node that stands inside a flat message is no field of it in the table of the message.
      differences.push(...(row === undefined ? [`${where} is missing`] : compareRow(where, row, node.fields.map((field) => corrected(where, field)).filter((field) => field !== null), compareField, new Set(at))))
    })
    const whole = rows.get('')
    if (whole !== undefined && !seen.has('')) for (const name of Object.keys(whole.shape)) if (!seen.has(name)) differences.push(`${infno} ${direction} ${name} is not in the table`)
    for (const name of rows.keys()) if (name !== '' && !seen.has(name)) differences.push(`${infno} ${direction} ${name} is not in the table`)
  }
  const placeOf = new Map<Node, string>()
  const answered = new Set<Node>()
  for (const [direction, nodes] of [['in', table.input], ['out', table.output]] as const) nodes.forEach((node, index) => {
    const place = places[`${infno} ${direction} #${index}`]
    placeOf.set(node, place?.at ?? node.node ?? `#${index}`)
    if (place?.side === 'out' || direction === 'out') answered.add(node)
  })
  side('in', table.input.filter((node) => !answered.has(node)), rowsOf(ours.input), sentField)
  side('out', [...table.input, ...table.output].filter((node) => answered.has(node)), new Map(Object.entries(ours.outputNodes)), readField)
  return { differences, fields: [...table.input, ...table.output].reduce((sum, node) => sum + node.fields.length, 0) }
}
