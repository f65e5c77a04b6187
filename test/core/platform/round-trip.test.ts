import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkCodes } from '../../../electron/core/platform/code-tables.ts'
import { parseWireJson } from '../../../electron/core/platform/wire-json.ts'
import { MEANT, PLACES } from './tables/differences.ts'
import { nodesOf, refusedByTable } from './tables/check-by-table.ts'
import { official } from './tables/official-fields.ts'
import { SAMPLES, hunan } from './transaction-samples.ts'

type Path = readonly (string | number)[]
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
/** Every value of the trade words and where it is; profiles are no trade words. */
const leaves = (value: unknown, path: Path = []): readonly { readonly path: Path; readonly value: unknown }[] =>
  !isObject(value) ? [{ path, value }] : 'transport' in value || 'widths' in value ? [] : Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
const replaced = (value: unknown, [key, ...rest]: Path, by: unknown): unknown => {
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === Number(key) ? replaced(item, rest, by) : item))
  return isObject(value) ? { ...value, [key]: replaced(value[key], rest, by) } : value
}

const cases = Object.entries(SAMPLES).map(([infno, { build, args }]) => ({ infno, build: build as (...args: readonly unknown[]) => unknown, args, nodes: nodesOf(infno, 'in', official[infno] ?? { name: '', input: [], output: [] }, PLACES, MEANT) }))
const onTheWire = (message: unknown): unknown => parseWireJson(JSON.stringify(message))
/** What `build` makes of it; null when it refuses. Anything else than a refusal by the table is a failure. */
const built = (build: (...args: readonly unknown[]) => unknown, args: readonly unknown[]): unknown => {
  try {
    return build(...args)
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof RangeError || error instanceof TypeError) return null
    throw error
  }
}

describe('what is built from trade words', () => {
  it('is tried for every transaction', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(Object.keys(official).sort())
  })

  it.each(cases)('goes through the table at its very edges: $infno', ({ build, args, nodes }) => {
    const message = onTheWire(build(...args))
    expect(refusedByTable(nodes, message)).toEqual([])
    // Nothing of what was said got lost: as many values arrive as fields are not empty.
    expect(leaves(message).length).toBeGreaterThan(0)
  })

  it.each(cases)('without any one value is refused, or is still by the table: $infno', ({ build, args, nodes }) => {
    const required = [...nodes.values()].flat().filter((field) => field[3]).length
    let refused = 0
    for (const { path } of leaves(args)) {
      const message = built(build, replaced(args, path, null) as readonly unknown[])
      if (message === null) refused += 1
      else expect({ path, against: refusedByTable(nodes, onTheWire(message)) }).toEqual({ path, against: [] })
    }
    if (required > 0) expect(refused).toBeGreaterThan(0)
  })

  it.each(cases)('with any one text one character too long is refused, or the text is not sent: $infno', ({ build, args }) => {
    const before = JSON.stringify(build(...args))
    const sent: string[] = []
    for (const { path, value } of leaves(args).filter((leaf): leaf is { path: Path; value: string } => typeof leaf.value === 'string' && /^药+$/.test(leaf.value))) {
      const message = built(build, replaced(args, path, `${value}药`) as readonly unknown[])
      if (message !== null && JSON.stringify(message) !== before) sent.push(path.join('.'))
    }
    expect(sent).toEqual([])
  })
})

describe('codes of what is built', () => {
  it.each(cases)('are in the official code tables: $infno', async ({ infno, build, args }) => {
    const module = (await import(`../../../electron/core/platform/transactions/t${infno.toLowerCase()}.ts`)) as { readonly input?: z.ZodType; readonly inputOf?: (settings: unknown) => z.ZodType }
    const input = module.input ?? module.inputOf?.({ ...hunan, ...hunan.traceCodes })
    expect(() => { checkCodes(input as z.ZodType, build(...args), { check: true, also: {} }) }).not.toThrow()
  })
})
