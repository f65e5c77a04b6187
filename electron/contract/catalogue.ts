import { z } from 'zod'
import { ErrorBody } from './errors.ts'
import { UnitPrice } from './money.ts'
import { command, query } from './procedure.ts'
import { BusinessDate, Instant } from './time.ts'

/** 1301 drugs · 1302 pieces · 1320 granules · 1306 consumables · 1307 diseases · 1309 chronic diseases · 1312 insurance list · 1316 its codes · 1318 limit prices · 1319 first self-pay shares. */
export const CatalogueList = z.enum(['1301', '1302', '1320', '1306', '1307', '1309', '1312', '1316', '1318', '1319'])
export type CatalogueList = z.infer<typeof CatalogueList>

export const CatalogueListState = z.strictObject({
  list: CatalogueList,
  /** Greatest version, or last date of change; empty: nothing is here. */
  version: z.string(),
  rows: z.int().nonnegative(),
  validRows: z.int().nonnegative(),
  /** When it was last known to be the newest; null: never. */
  askedAt: Instant.nullable(),
})
export type CatalogueListState = z.infer<typeof CatalogueListState>

/** changed: taken over · nothing-newer · refused: what came was not believed, what was here stays · not-asked: the platform did not give it. */
export const CatalogueOutcome = z.enum(['changed', 'nothing-newer', 'refused', 'not-asked'])
export type CatalogueOutcome = z.infer<typeof CatalogueOutcome>
export const CatalogueChange = z.strictObject({
  changeId: z.string(),
  at: Instant,
  list: CatalogueList,
  outcome: CatalogueOutcome,
  versionBefore: z.string(),
  versionAfter: z.string(),
  read: z.int().nonnegative(),
  new: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  withdrawn: z.int().nonnegative(),
  error: ErrorBody.nullable(),
})
export type CatalogueChange = z.infer<typeof CatalogueChange>

export const CatalogueState = z.strictObject({
  /** null: no catalogue is here. */
  generation: z.int().nullable(),
  madeAt: Instant.nullable(),
  lists: z.array(CatalogueListState),
  updating: z.strictObject({ list: CatalogueList, step: z.enum(['asking', 'building']), startedAt: Instant }).nullable(),
  /** Newest first. */
  changes: z.array(CatalogueChange),
})
export type CatalogueState = z.infer<typeof CatalogueState>

export const CatalogueHit = z.strictObject({
  list: CatalogueList,
  rowId: z.string(),
  code: z.string(),
  name: z.string(),
  spec: z.string(),
  maker: z.string(),
  /** Holds today. */
  holds: z.boolean(),
})
export type CatalogueHit = z.infer<typeof CatalogueHit>

/** One row of the insurance list, a limit price or a share. Dates empty where there are none. */
export const ListedFact = z.strictObject({
  listCode: z.string(),
  area: z.string(),
  kind: z.string(),
  way: z.string(),
  validFrom: z.string(),
  validUntil: z.string(),
  updated: z.string(),
  valid: z.boolean(),
  /** Holds here on the day that was asked about. */
  holds: z.boolean(),
})
export const LimitPrice = ListedFact.extend({ price: UnitPrice })
/** 10⁻⁴. */
export const SelfPayShare = ListedFact.extend({ share: z.int() })

export const CatalogueRecord = z.strictObject({
  list: CatalogueList,
  rowId: z.string(),
  version: z.string(),
  valid: z.boolean(),
  validFrom: z.string(),
  validUntil: z.string(),
  holds: z.boolean(),
  /** Every filled column by its place in the paper's row, from 1. */
  cells: z.array(z.strictObject({ column: z.int().positive(), text: z.string() })),
})
export const CatalogueDetail = z.strictObject({
  code: z.string(),
  name: z.string(),
  on: BusinessDate,
  /** What holds on that day first. */
  records: z.array(CatalogueRecord),
  entries: z.array(ListedFact),
  limitPrices: z.array(LimitPrice),
  selfPayShares: z.array(SelfPayShare),
})
export type CatalogueDetail = z.infer<typeof CatalogueDetail>

export const catalogueProcedures = {
  'catalogue.getState': query({ input: z.strictObject({ changes: z.int().min(0).max(200).default(30) }), output: CatalogueState }),
  /** By code or pinyin initials from the beginning, by name anywhere. Error catalogue.none. */
  'catalogue.search': query({ input: z.strictObject({ text: z.string().max(80), limit: z.int().min(1).max(200).default(50) }), output: z.array(CatalogueHit) }),
  /** Errors catalogue.none, catalogue.item-not-found. */
  'catalogue.getItem': query({ input: z.strictObject({ code: z.string().min(1).max(60), on: BusinessDate.nullable().default(null) }), output: CatalogueDetail }),
  /** Begins to ask the platform for what is newer; getState says how it goes. Errors catalogue.busy, catalogue.none. */
  'catalogue.update': command({ input: z.strictObject({}), output: z.strictObject({ started: z.literal(true) }), permission: 'pharmacist' }),
}
