// Which product plays which part in the demo shop. Rows of tables/products.json; all made up.

/** Imported goods: GS1 element strings instead of 20 digits (trace-codes.md §1.1). */
export const GS1_ROWS: readonly number[] = [60, 143, 186, 191, 193]
/** Products without a trace code on the pack: a virtual code is fetched (3592B). */
export const VIRTUAL_ROWS: readonly number[] = [19, 22, 169]
/** Middle packs and cartons of these have identifiers of their own. */
export const OUTER_PACK_ROWS: readonly number[] = [10, 21, 30, 43, 146, 148, 156, 163, 168, 212, 214, 283, 286, 353, 375, 376, 379, 398, 399, 423]

/** Lot 1 of these expires in so many days. */
export const NEAR_EXPIRY_DAYS: ReadonlyMap<number, number> = new Map([
  [26, 25],
  [54, 31],
  [161, 38],
  [240, 44],
  [339, 52],
  [379, 58],
  [388, 63],
  [401, 70],
  [404, 77],
  [454, 84],
])
/** Lot 2 of these expired yesterday; lot 1 can be sold. */
export const EXPIRED_ROWS: readonly number[] = [9, 43, 285, 349, 412]
/** Lot 2 of this one expires today: its last day of sale. */
export const EXPIRES_TODAY_ROW = 378
/** Lot 2 of this one was recalled. */
export const RECALLED_ROW = 429
/** A lot of each came without codes and stands on the uncoded list. */
export const UNCODED_ROWS = { boughtBefore: 150, madeWithout: 171 } as const
/** Lot 1 of these came without a manufacture date: an upload that needs it is held back until someone supplies it. */
export const NO_MANUFACTURE_DATE_ROWS: readonly number[] = [402, 420, 449]

const TWO_LOTS = new Set([...EXPIRED_ROWS, EXPIRES_TODAY_ROW, RECALLED_ROW])

export interface PlannedLot {
  /** From 1. */
  readonly ordinal: 1 | 2
  /** Days from the day the shop is loaded. */
  readonly expiresInDays: number
  readonly shelfLifeDays: number
  readonly manufactureDateKnown: boolean
  readonly recalled: boolean
  readonly packs: number
}

export const plannedLots = (row: number): readonly PlannedLot[] => {
  const lot = (ordinal: 1 | 2, expiresInDays: number): PlannedLot => ({
    ordinal,
    expiresInDays,
    shelfLifeDays: row % 2 === 0 ? 730 : 1095,
    manufactureDateKnown: !(ordinal === 1 && NO_MANUFACTURE_DATE_ROWS.includes(row)),
    recalled: ordinal === 2 && row === RECALLED_ROW,
    packs: 20 + ((row * 7 + ordinal * 11) % 41),
  })
  const first = lot(1, NEAR_EXPIRY_DAYS.get(row) ?? 400 + ((row * 13) % 180))
  if (row % 3 === 0 && !TWO_LOTS.has(row)) return [first]
  return [first, lot(2, EXPIRED_ROWS.includes(row) ? -1 : row === EXPIRES_TODAY_ROW ? 0 : 600 + ((row * 29) % 120))]
}

/** What the shop sold the evening before, self-paid: `packs` whole packs of lot 1, or `units` of one opened pack. */
export interface SoldBefore {
  readonly row: number
  readonly packs: number
  readonly units: number
}
export const SOLD_BEFORE: readonly (readonly SoldBefore[])[] = [
  [
    { row: 398, packs: 1, units: 0 },
    { row: 375, packs: 2, units: 0 },
  ],
  [
    { row: 353, packs: 0, units: 24 },
    { row: 286, packs: 1, units: 0 },
  ],
  [{ row: 353, packs: 0, units: 100 }],
]
/** Set aside by the pharmacist: first pack of lot 1 not sold before. */
export const LOCKED_ROW = 457
/** On the shop's own alarm list; serials 1–3 of each. */
export const ALARM_LIST_ROWS: readonly number[] = [10, 148, 214, 286, 399]
/** Its new boxes have a front that the pharmacist linked the day before: to be reviewed. */
export const LEARNT_ROW = 398

/** At the back door, not yet received: two cartons of ten packs each, the first with two inner packs of five, and three loose packs of another drug, one of them on the alarm list. */
export const DELIVERED_ROWS = { cartons: 398, loose: 214 } as const
