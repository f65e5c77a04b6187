import { z } from 'zod'
import { DrugId, LotId } from './codes.ts'
import { command, query } from './procedure.ts'
import { BusinessDate, Instant } from './time.ts'

/** Why packs of a drug that is scanned have no code of their own (rules.md §1.1): bought before codes were asked for · made without one · its code cannot be read · on the region's list of goods without codes. */
export const UNCODED_REASONS = ['bought-before', 'made-without', 'code-unreadable', 'region-list'] as const
export const UncodedReason = z.enum(UNCODED_REASONS)
export type UncodedReason = z.infer<typeof UncodedReason>

/** One entry of the uncoded list 无码库: whole packs of one lot, with the evidence for them. */
export const UncodedEntry = z.strictObject({
  uncodedId: z.uuid(),
  drugId: DrugId,
  drugName: z.string(),
  spec: z.string(),
  maker: z.string(),
  packUnit: z.string(),
  shelf: z.string(),
  lotId: LotId,
  lotNumber: z.string(),
  expiresOn: BusinessDate,
  /** The lot is neither recalled nor expired. */
  sellable: z.boolean(),
  reason: UncodedReason,
  /** Whole packs when it was entered, and what is left of them. */
  quantity: z.int().positive(),
  packsLeft: z.int().nonnegative(),
  /** Packs of it that stand in sales not yet paid or settled. */
  packsInSales: z.int().nonnegative(),
  evidence: z.string(),
  toldAt: Instant,
  toldByName: z.string(),
  closedAt: Instant.nullable(),
  closedByName: z.string().nullable(),
  closedReason: z.string(),
})
export type UncodedEntry = z.infer<typeof UncodedEntry>

/** What a lot still has room for on the list, in whole packs: its stock less the packs whose codes are on the shelf, less what is listed. */
export const UncodedRoom = z.strictObject({
  lotId: LotId,
  lotNumber: z.string(),
  expiresOn: BusinessDate,
  recalled: z.boolean(),
  onHandPacks: z.int(),
  codedPacks: z.int().nonnegative(),
  listedPacks: z.int().nonnegative(),
  room: z.int().nonnegative(),
})
export type UncodedRoom = z.infer<typeof UncodedRoom>

export const uncodedProcedures = {
  /** Newest first. `text`: part of a drug's name, our code or a lot number. */
  'uncoded.list': query({
    input: z.strictObject({ text: z.string().max(80).default(''), drugId: DrugId.nullable().default(null), closed: z.boolean().default(false), limit: z.int().min(1).max(1000).default(500) }),
    output: z.array(UncodedEntry),
  }),
  /** Every lot of a drug that has stock. Error drug.not-found. */
  'uncoded.getRoom': query({ input: z.strictObject({ drugId: DrugId }), output: z.array(UncodedRoom) }),
  /** Errors: uncoded.not-needed (nothing is scanned of this drug), uncoded.more-than-stock, drug.no-lot. */
  'uncoded.add': command({
    input: z.strictObject({ drugId: DrugId, lotId: LotId, reason: UncodedReason, quantity: z.int().min(1).max(100_000), evidence: z.string().trim().min(4).max(500) }),
    output: UncodedEntry,
    permission: 'pharmacist',
  }),
  /** No pack of it is sold any more; what stands in a sale stays there. Errors: uncoded.not-found, uncoded.closed. */
  'uncoded.close': command({ input: z.strictObject({ uncodedId: z.uuid(), reason: z.string().trim().min(2).max(200) }), output: UncodedEntry, permission: 'pharmacist' }),
}
