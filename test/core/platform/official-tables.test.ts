import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { hasCodeTable } from '../../../electron/core/platform/code-tables.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import { fieldIn, printedOf } from '../../../electron/core/platform/printed-fields.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import type { Ours } from './tables/compare.ts'
import { compare } from './tables/compare.ts'
import { MEANT, PLACES } from './tables/differences.ts'
import { official } from './tables/official-fields.ts'

const folder = join(import.meta.dirname, '../../../electron/core/platform/transactions')
const hunan = loadProfile(shippedProfileFile('hunan'))

interface Module {
  readonly input?: z.ZodType
  readonly inputOf?: (settings: RegionProfile & RegionProfile['traceCodes']) => z.ZodType
  readonly outputNodes?: Ours['outputNodes']
  readonly files?: Ours['files']
}
const numberOf = (file: string): string => file.slice(1, -'.ts'.length).toUpperCase()
const modules = new Map<string, Module>()
for (const file of readdirSync(folder).filter((name) => /^t\d{4,6}[a-z]?\.ts$/.test(name)).sort()) modules.set(numberOf(file), (await import(join(folder, file))) as Module)

const oursOf = (infno: string): Ours => {
  const module = modules.get(infno)
  const input = module?.input ?? module?.inputOf?.({ ...hunan, ...hunan.traceCodes })
  if (module === undefined || input === undefined) throw new Error(`${infno} exports no input`)
  return { input, outputNodes: module.outputNodes ?? {}, files: module.files ?? {} }
}

const differencesOf = (infno: string): readonly string[] => {
  const table = official[infno]
  if (table === undefined) throw new Error(`${infno} is in no table`)
  return compare(infno, oursOf(infno), table, PLACES, MEANT).differences
}

describe('the official tables', () => {
  it('have a file of ours for every transaction, and we have none that is not theirs', () => {
    expect([...modules.keys()].sort()).toEqual(Object.keys(official).sort())
  })

  it.each([...modules.keys()])('say the same as ours, field by field, but for what is listed with its reason: %s', (infno) => {
    expect(differencesOf(infno)).toEqual([])
  })

  it('are compared whole', () => {
    const fields = Object.keys(official).reduce((sum, infno) => sum + compare(infno, oursOf(infno), official[infno] ?? { name: '', input: [], output: [] }, PLACES, MEANT).fields, 0)
    expect(fields).toBe(2299)
  })

  it('have every field that a correction is about', () => {
    const known = new Set<string>()
    for (const [infno, { input, output }] of Object.entries(official)) for (const [direction, nodes] of [['in', input], ['out', output]] as const) nodes.forEach((node, index) => {
      const place = PLACES[`${infno} ${direction} #${index}`]
      for (const [code] of node.fields) known.add(`${`${infno} ${place?.side ?? direction} ${place?.at ?? node.node ?? ''}`.trimEnd()}.${code}`)
    })
    expect(Object.keys(MEANT).filter((where) => !known.has(where))).toEqual([])
  })

  it('leave a node without a name, or print it on the wrong side, only where we say where it stands', () => {
    const nodes = Object.entries(official).flatMap(([infno, table]) => (['input', 'output'] as const).flatMap((side) =>
      table[side].map((node, index) => ({ at: `${infno} ${side === 'input' ? 'in' : 'out'} #${index}`, name: node.node }))))
    expect(nodes.filter(({ at, name }) => name === null && PLACES[at] === undefined)).toEqual([])
    for (const [at, place] of Object.entries(PLACES)) {
      const node = nodes.find((found) => found.at === at)
      expect({ at, printed: node === undefined || (node.name === place.at && place.side === undefined) }).toEqual({ at, printed: false })
    }
  })

  it('name dictionaries that are published; what is sent from one without a table is taken as it is', () => {
    const named = (schema: z.core.$ZodType): string[] => {
      const inner = fieldIn(schema)
      if (inner instanceof z.ZodArray) return named(inner.element)
      if (inner instanceof z.ZodObject) return Object.values(inner.shape as Record<string, z.ZodType>).flatMap(named)
      const dictionary = printedOf(inner)?.dictionary
      return dictionary === undefined ? [] : [dictionary]
    }
    const all = new Set([...modules.keys()].flatMap((infno) => named(oursOf(infno).input)))
    expect([...all].filter((name) => !hasCodeTable(name)).sort()).toMatchInlineSnapshot(`
      [
        "admdvs",
        "business_type",
        "chk_way_codg",
        "dspo_way",
        "hi_feesetl_flag",
        "hilist_use_type",
        "insu_admdvs",
        "inv_data_type",
        "overlmt_dspo_way",
        "poolarea_no",
        "prod_geay_flag",
        "rx_circ_flag",
        "warn_type",
      ]
    `)
  })
})
