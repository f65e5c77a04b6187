import { z } from 'zod'
import { DrugId, LotId, SaleId } from './codes.ts'
import { Quantity } from './money.ts'
import { command, query } from './procedure.ts'
import { SaleStatus } from './sale.ts'
import { BusinessDate, Instant } from './time.ts'
import { PackState } from './trace.ts'

/** 召回: packs of a drug, of one lot or of all, that must not be sold. */
export const Recall = z.strictObject({
  recallId: z.uuid(),
  drugId: DrugId,
  drugName: z.string(),
  spec: z.string(),
  maker: z.string(),
  packUnit: z.string(),
  /** null: every lot, also those to come. */
  lotNumber: z.string().nullable(),
  reason: z.string(),
  source: z.string(),
  toldAt: Instant,
  toldByName: z.string().nullable(),
  liftedAt: Instant.nullable(),
  liftedByName: z.string().nullable(),
  liftedReason: z.string(),
  /** On hand of the lots it names, 10⁻⁴ packs. */
  onHand: Quantity,
  /** Packs of it in sales not yet paid or settled, coded or not. */
  inSales: z.int().nonnegative(),
})
export type Recall = z.infer<typeof Recall>

/** One lot under the recall: where its goods are. */
export const RecalledLot = z.strictObject({
  lotId: LotId,
  lotNumber: z.string(),
  expiresOn: BusinessDate,
  shelf: z.string(),
  /** 10⁻⁴ packs. */
  onHand: Quantity,
  /** Packs with a code that are still here. */
  packs: z.array(z.strictObject({ code: z.string(), state: PackState, receiptNumber: z.string().nullable() })),
  /** There are more than the list shows. */
  morePacks: z.int().nonnegative(),
  /** On the uncoded list. */
  uncodedPacks: z.int().nonnegative(),
  /** Packs that are sold. */
  soldPacks: z.int().nonnegative(),
})
export type RecalledLot = z.infer<typeof RecalledLot>

export const RecallDetail = z.strictObject({
  recall: Recall,
  lots: z.array(RecalledLot),
  /** Sales not yet paid or settled that hold goods of it: they cannot be settled. */
  sales: z.array(z.strictObject({ saleId: SaleId, receiptNumber: z.string(), status: SaleStatus, staffName: z.string(), lotNumber: z.string() })),
})
export type RecallDetail = z.infer<typeof RecallDetail>

export const recallProcedures = {
  /** Newest first. `text`: part of a drug's name, our code, a lot number or the source. */
  'recall.list': query({
    input: z.strictObject({ text: z.string().max(80).default(''), lifted: z.boolean().default(false), limit: z.int().min(1).max(1000).default(500) }),
    output: z.array(Recall),
  }),
  /** Error recall.not-found. */
  'recall.getRecall': query({ input: z.strictObject({ recallId: z.uuid() }), output: RecallDetail }),
  /** Lots here and lots to come are recalled at once. Errors: drug.not-found, recall.twice. */
  'recall.add': command({
    input: z.strictObject({ drugId: DrugId, lotNumber: z.string().trim().min(1).max(30).nullable(), reason: z.string().trim().min(2).max(500), source: z.string().trim().min(2).max(200) }),
    output: Recall,
    permission: 'pharmacist',
  }),
  /** A lot may be sold again unless another recall names it. Errors: recall.not-found, recall.lifted. */
  'recall.lift': command({ input: z.strictObject({ recallId: z.uuid(), reason: z.string().trim().min(2).max(500) }), output: Recall, permission: 'manager' }),
}
