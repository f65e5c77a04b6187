import type { Places } from './compare.ts'
import type { Meant } from './differences.ts'
import type { Field, Node, Transaction } from './official-fields.ts'
import { kindOf } from './official-fields.ts'

/** A message held against the printed table by nothing but the table: our schemas are not asked. */

type Row = Readonly<Record<string, unknown>>
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Nodes of one side where they stand: '' the message itself. */
export const nodesOf = (infno: string, side: 'in' | 'out', table: Transaction, places: Places, meant: Readonly<Record<string, Meant>>): ReadonlyMap<string, readonly Field[]> => {
  const found = new Map<string, readonly Field[]>()
  const put = (direction: 'in' | 'out', nodes: readonly Node[]): void => nodes.forEach((node, index) => {
    const place = places[`${infno} ${direction} #${index}`]
    if ((place?.side ?? direction) !== side) return
    const at = place?.at ?? node.node ?? ''
    const where = `${infno} ${side} ${at}`.trimEnd()
    found.set(at, node.fields.map((field) => {
      const { length, required } = meant[`${where}.${field[0]}`] ?? {}
      return [field[0], field[1], length ?? field[2], required ?? field[3], field[4], field[5] ?? ''] as const
    }))
  })
  put('in', table.input)
  put('out', table.output)
  return found
}

/** Numbers as parseWireJson gives them: the text that stood there. */
const fits = (field: Field, value: unknown): boolean => {
  const kind = kindOf(field)
  switch (kind.kind) {
    case 'text':
      return typeof value === 'string' && value !== '' && (kind.width === undefined || Array.from(value).length <= kind.width)
    case 'number': {
      if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value)) return false
      const [whole = '', fraction = ''] = value.replace('-', '').split('.')
      return kind.precision === undefined || (whole.length <= kind.precision - (kind.scale ?? 0) && fraction.length <= (kind.scale ?? 0))
    }
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
    case 'datetime':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'bytes': case 'nested':
      return typeof value === 'object' || typeof value === 'string'
  }
}

/** What the table has against the message; empty: nothing. */
export const refusedByTable = (nodes: ReadonlyMap<string, readonly Field[]>, message: unknown): readonly string[] => {
  const checkRow = (name: string, row: Row): string[] => {
    const fields = nodes.get(name) ?? []
    const known = new Map(fields.map((field) => [field[0], field]))
    return [
      ...fields.filter(([code, , , required]) => required && row[code] === undefined).map(([code]) => `${name}.${code} is required`),
      ...Object.entries(row).flatMap(([code, value]) => {
        const inner = nodes.has(code) && code !== name ? checkNode(code, value) : []
        const field = known.get(code)
        if (field === undefined) return name === '' && nodes.has(code) ? inner : [`${name}.${code} is in no table`]
        return fits(field, value) ? inner : [`${name}.${code} does not fit`]
      }),
    ]
  }
  const checkNode = (name: string, value: unknown): string[] => (Array.isArray(value) ? value.flatMap((row) => checkNode(name, row)) : isRow(value) ? checkRow(name, value) : [`${name} is no row`])
  if (!isRow(message)) return ['no message']
  if (nodes.has('')) return checkRow('', message)
  return Object.entries(message).flatMap(([name, value]) => (nodes.has(name) ? checkNode(name, value) : [`${name} is in no table`]))
}
