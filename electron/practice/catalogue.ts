import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { once } from './once.ts'
import { scaled } from './wire-values.ts'

const Row = z.strictObject({
  index: z.string(),
  nhsa_code: z.string(),
  name: z.string(),
  spec: z.string(),
  pack_spec: z.string(),
  pack_qty: z.string(),
  manufacturer: z.string(),
  approval_no: z.string(),
  kind: z.enum(['western', 'chinese-patent', 'pieces']),
  class: z.enum(['A', 'B', 'none']),
  pre_self_pay: z.string(),
  price_limit: z.string(),
  over_limit: z.string(),
  diseases: z.string(),
})

export interface CatalogueDrug {
  readonly nationalCode: string
  readonly name: string
  readonly spec: string
  readonly packSpec: string
  readonly packCount: string
  readonly maker: string
  readonly approvalNumber: string
  /** Made up by rule, as limit prices are: every twenty-third insured drug of the list needs an electronic prescription of the dual channel. */
  readonly dualChannel: boolean
  readonly kind: 'western' | 'chinese-patent' | 'pieces'
  readonly class: 'A' | 'B' | 'none'
  readonly preSelfPayE4: number
  readonly priceLimitMicro: number | null
  readonly overLimit: 'self-pay' | 'refuse'
  readonly diseases: readonly string[]
}

export interface Catalogue {
  readonly drug: (nationalCode: string) => CatalogueDrug | null
  /** In the order of the list. */
  readonly drugs: readonly CatalogueDrug[]
  /** The drug a made-up seven-digit identifier belongs to (8900000 + place in the list); null for identifiers of others. */
  readonly nationalCodeOfIdentifier: (identifier: string) => string | null
  /** By its place in the list, from 0. */
  readonly atPlace: (index: number) => CatalogueDrug | null
}

/** Identifiers of practice packs are made up: 8900000 + place of the product in the list. */
export const PRACTICE_IDENTIFIERS = { first: 8_900_000, last: 8_900_460 } as const

const number = (text: string, decimals: number): number => {
  const value = scaled(text, decimals)
  if (value === null) throw new Error(`catalogue: bad number ${text}`)
  return value
}

const drugOf = (row: z.infer<typeof Row>): CatalogueDrug => ({
  nationalCode: row.nhsa_code,
  name: row.name,
  spec: row.spec,
  packSpec: row.pack_spec,
  packCount: row.pack_qty,
  maker: row.manufacturer,
  approvalNumber: row.approval_no,
  dualChannel: row.index !== '' && row.class !== 'none' && Number(row.index) % 23 === 7,
  kind: row.kind,
  class: row.class,
  preSelfPayE4: number(row.pre_self_pay, 4),
  priceLimitMicro: row.price_limit === '' ? null : number(row.price_limit, 6),
  overLimit: row.over_limit === 'refuse' ? 'refuse' : 'self-pay',
  diseases: row.diseases === '' ? [] : row.diseases.split(';'),
})

export const loadCatalogue = once((): Catalogue => {
  const rows = z.array(Row).parse(parse(readFileSync(join(import.meta.dirname, 'data', 'catalogue.csv'), 'utf8'), { columns: true }))
  const drugs = new Map<string, CatalogueDrug>()
  const byIndex = new Map<number, string>()
  for (const row of rows) {
    if (!drugs.has(row.nhsa_code)) drugs.set(row.nhsa_code, drugOf(row))
    if (row.index !== '') byIndex.set(Number(row.index), row.nhsa_code)
  }
  return {
    drug: (nationalCode) => drugs.get(nationalCode) ?? null,
    drugs: [...drugs.values()],
    nationalCodeOfIdentifier: (identifier) => byIndex.get(Number(identifier) - PRACTICE_IDENTIFIERS.first) ?? null,
    atPlace: (index) => drugs.get(byIndex.get(index) ?? '') ?? null,
  }
})
