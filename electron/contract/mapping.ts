import { z } from 'zod'
import { DrugId } from './codes.ts'
import { ErrorCode, ErrorDetail } from './errors.ts'
import { command, query } from './procedure.ts'
import { BusinessDate, Instant } from './time.ts'

/** 目录对照: our item beside the national code it is sold to the fund under (3301, 3302, 1317). */

/**
 * unmapped 未对照 · differs 规格单位不符: ours and theirs are not the same goods · expired 已到期 · refused 被拒 · in-force 有效 · under-way 上传中: sent or about to be sent, not answered yet.
 */
export const MappingStatus = z.enum(['unmapped', 'differs', 'expired', 'refused', 'in-force', 'under-way'])
export type MappingStatus = z.infer<typeof MappingStatus>

/** What is not the same on both sides. */
export const MappingDifference = z.enum(['approval-number', 'spec', 'pack-spec', 'unit', 'maker', 'other-code', 'not-in-catalogue', 'not-valid', 'no-national-code'])
export type MappingDifference = z.infer<typeof MappingDifference>

export const MappingFilter = z.enum(['unmapped', 'differs', 'expired', 'refused', 'in-force', 'under-way', 'expiring'])
export type MappingFilter = z.infer<typeof MappingFilter>

/** One side of the comparison; empty: not said. */
export const MappingSide = z.strictObject({ code: z.string(), name: z.string(), spec: z.string(), packSpec: z.string(), unit: z.string(), maker: z.string(), approvalNumber: z.string() })
export type MappingSide = z.infer<typeof MappingSide>

export const MappedDrug = z.strictObject({
  drugId: DrugId,
  name: z.string(),
  spec: z.string(),
  maker: z.string(),
  nationalCode: z.string(),
  status: MappingStatus,
  differences: z.array(MappingDifference),
  from: BusinessDate.nullable(),
  to: BusinessDate.nullable(),
  /** Ends within the profile's days of warning. */
  expiring: z.boolean(),
  /** What differs may be two ways to write one thing: a pharmacist who looks at the box can say so. */
  confirmable: z.boolean(),
  /** Nothing of ours is in the way of its upload. */
  ready: z.boolean(),
  refusal: z.strictObject({ code: ErrorCode, detail: ErrorDetail }).nullable(),
})
export type MappedDrug = z.infer<typeof MappedDrug>

/** One mapping that was ever sent or read back. */
export const MappingRow = z.strictObject({
  nationalCode: z.string(), from: BusinessDate, to: BusinessDate.nullable(),
  state: z.enum(['uploading', 'held', 'refused', 'withdrawing', 'withdrawn']),
  /** Sent by us, or found when theirs were read. */
  source: z.enum(['ours', 'read-back']),
  at: Instant,
  refusal: z.strictObject({ code: ErrorCode, detail: ErrorDetail }).nullable(),
})
export type MappingRow = z.infer<typeof MappingRow>

export const MappingCounts = z.strictObject({
  unmapped: z.int(), differs: z.int(), expired: z.int(), refused: z.int(), 'in-force': z.int(), 'under-way': z.int(), expiring: z.int(), ready: z.int(),
})
export type MappingCounts = z.infer<typeof MappingCounts>

const onDrug = z.strictObject({ drugId: DrugId })

export const mappingProcedures = {
  'mapping.listDrugs': query({
    input: z.strictObject({ filter: MappingFilter.nullable().default(null), text: z.string().max(80).default(''), limit: z.int().min(1).max(500).default(200) }),
    output: z.strictObject({
      drugs: z.array(MappedDrug), more: z.boolean(), counts: MappingCounts,
      /** Whether the fund is not asked for a drug without a mapping in force (profile). */
      required: z.boolean(),
      /** When theirs were last read whole, and how many of theirs are about items we do not have. */
      readAt: Instant.nullable(), foreign: z.int(),
      /** Why the newest upload has no answer yet; null: nothing waits for the line. */
      waitingFor: z.strictObject({ code: ErrorCode, detail: ErrorDetail }).nullable(),
    }),
  }),
  'mapping.showDrug': query({ input: onDrug, output: z.strictObject({ drug: MappedDrug, ours: MappingSide, theirs: MappingSide.nullable(), rows: z.array(MappingRow) }) }),
  /** Queues one upload (3301), sent now when the line is there, and again until answered. Errors: drug.not-found, mapping.not-ready, mapping.in-force. */
  'mapping.uploadDrug': command({ input: onDrug, output: MappedDrug, permission: 'pharmacist' }),
  /** Spec, pack, unit or maker are written differently and mean the same: a mapping in force is taken as it is, else it is queued as by uploadDrug. Errors: drug.not-found, mapping.not-ready. */
  'mapping.confirmSame': command({ input: onDrug, output: MappedDrug, permission: 'pharmacist' }),
  /** Every unmapped or expired drug with nothing in the way. */
  'mapping.uploadReady': command({ input: z.strictObject({}), output: z.strictObject({ queued: z.int() }), permission: 'pharmacist' }),
  /** Takes a mapping back (3302). Errors: mapping.none-in-force. */
  'mapping.withdrawDrug': command({ input: onDrug, output: MappedDrug, permission: 'pharmacist' }),
  /** Reads what they hold of ours (1317); `whole` from the beginning, else since the last time. Errors: platform.*. */
  'mapping.readBack': command({ input: z.strictObject({ whole: z.boolean().default(false) }), output: z.strictObject({ rows: z.int(), changed: z.int(), foreign: z.int() }), permission: 'pharmacist', audit: false }),
}
