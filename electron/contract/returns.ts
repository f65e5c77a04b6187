import { z } from 'zod'
import { LineId, SaleId } from './codes.ts'
import { ErrorDetail } from './errors.ts'
import { Quantity } from './money.ts'
import { query } from './procedure.ts'
import { BusinessDate } from './time.ts'

/** Why a sale or a pack cannot be taken back (rules.md §5). Closed list; every one has its sentence in domain/sentences. Error sale.not-returnable carries it as detail.reason. */
export const RETURN_REFUSALS = [
  // the sale
  'not-sold', 'unconfirmed', 'returning', 'returned', 'too-late', 'no-shift',
  // its goods
  'recalled', 'expired', 'alarm', 'locked', 'destroyed', 'transferred', 'sold-again',
  // what is held under the scanner
  'other-sale', 'not-ours', 'not-a-pack', 'scanned-already',
  // the packs as told
  'packs-missing', 'needs-manager', 'reason-missing',
] as const
export const ReturnRefusal = z.enum(RETURN_REFUSALS)
export type ReturnRefusal = z.infer<typeof ReturnRefusal>

/** sellable: closed and whole, back to the shelf · damaged: opened or damaged, locked · unscannable: it is here but its code cannot be read any more, locked; a manager says so. */
export const ReturnedAs = z.enum(['sellable', 'damaged', 'unscannable'])
export type ReturnedAs = z.infer<typeof ReturnedAs>

export const ReturnPack = z.strictObject({
  code: z.string(),
  lineId: LineId,
  drugName: z.string(),
  lotNumber: z.string(),
  expiresOn: BusinessDate,
  /** Loose units of an opened pack, 10⁻⁴; null: a whole pack. */
  units: Quantity.nullable(),
  /** Must be held under the scanner again: whole packs with a code of their own. */
  mustScan: z.boolean(),
})
export type ReturnPack = z.infer<typeof ReturnPack>

export const ReturnCheck = z.strictObject({
  allowed: z.boolean(),
  reasons: z.array(z.strictObject({ reason: ReturnRefusal, detail: ErrorDetail })),
  soldOn: BusinessDate.nullable(),
  /** Last day on which it can be returned. */
  until: BusinessDate.nullable(),
  packs: z.array(ReturnPack),
  /** Packs without a code: they go back to the uncoded list. */
  uncodedPacks: z.int().nonnegative(),
})
export type ReturnCheck = z.infer<typeof ReturnCheck>

/** How a pack came back; packs that need no scan may be left out. */
export const BroughtBack = z.strictObject({ code: z.string().min(1).max(200), back: ReturnedAs })
export type BroughtBack = z.infer<typeof BroughtBack>

export const returnProcedures = {
  /** May this sale be returned, and what must be brought back? Asked before the patient hands over anything. Error sale.not-found. */
  'sale.checkReturn': query({ input: z.strictObject({ saleId: SaleId }), output: ReturnCheck }),
  /** Whose is the pack under the scanner? `code` only when it is of this sale. A payment code or voucher is neither kept nor answered. */
  'sale.checkReturnPack': query({
    input: z.strictObject({ saleId: SaleId, raw: z.string().max(4096) }),
    output: z.strictObject({ code: z.string().nullable(), refusal: z.strictObject({ reason: ReturnRefusal, detail: ErrorDetail }).nullable() }),
  }),
}
