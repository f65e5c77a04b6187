import { z } from 'zod'
import { DrugId, LotId } from './codes.ts'
import { Quantity, UnitPrice } from './money.ts'
import { query } from './procedure.ts'
import { BusinessDate } from './time.ts'

/** National list class: 甲 = A, 乙 = B, not on the list or unmatched = none. */
export const InsuranceClass = z.enum(['A', 'B', 'none'])
export type InsuranceClass = z.infer<typeof InsuranceClass>

/** scan: a code must be scanned per pack · virtual: the drug has no code, one is fetched (3592B) · none: not collected for now (饮片). */
export const CodeRequirement = z.enum(['scan', 'virtual', 'none'])
export type CodeRequirement = z.infer<typeof CodeRequirement>

export const Lot = z.strictObject({
  lotId: LotId,
  lotNumber: z.string(),
  manufacturedOn: BusinessDate.nullable(),
  expiresOn: BusinessDate,
  /** In smallest units. */
  onHand: Quantity,
})
export type Lot = z.infer<typeof Lot>

export const Drug = z.strictObject({
  drugId: DrugId,
  genericName: z.string(),
  tradeName: z.string(),
  spec: z.string(),
  packSpec: z.string(),
  maker: z.string(),
  approvalNumber: z.string(),
  barcode: z.string().nullable(),
  nationalCode: z.string(),
  insuranceClass: InsuranceClass,
  restriction: z.string(),
  prescriptionOnly: z.boolean(),
  kind: z.enum(['western', 'chinese-patent', 'pieces']),
  packUnit: z.string(),
  smallestUnit: z.string(),
  /** Smallest units in one pack; 1 = cannot be split. */
  unitsPerPack: z.int().positive(),
  packPrice: UnitPrice,
  codeRequirement: CodeRequirement,
  shelf: z.string(),
  /** Whole packs on hand, all unexpired lots. */
  packsOnHand: z.number(),
})
export type Drug = z.infer<typeof Drug>

/** One generic name; its products by strength, form, maker. */
export const DrugGroup = z.strictObject({ genericName: z.string(), drugs: z.array(Drug) })

export const drugProcedures = {
  /** From one letter on: initials, pinyin, hanzi, maker, approval number, barcode, national code, our code, mixed. `nearest` when nothing was found. */
  'drug.searchDrugs': query({
    input: z.strictObject({ text: z.string().max(80), limit: z.int().min(1).max(50).default(20) }),
    output: z.strictObject({ groups: z.array(DrugGroup), nearest: z.array(z.string()), searched: z.string() }),
  }),
  'drug.getDrug': query({ input: z.strictObject({ drugId: DrugId }), output: z.strictObject({ drug: Drug, lots: z.array(Lot) }) }),
}
