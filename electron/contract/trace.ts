import { z } from 'zod'
import { DrugId, LotId, SaleId } from './codes.ts'
import { Quantity } from './money.ts'
import { query } from './procedure.ts'
import { CounterStep, ScannerHints, Verdict } from './scan.ts'
import { BusinessDate, Instant } from './time.ts'

/** The one current state of a pack in this shop's ledger. */
export const PackState = z.enum(['in-stock', 'in-sale', 'sold', 'settled', 'returned', 'locked', 'split-open', 'destroyed', 'transferred'])
export type PackState = z.infer<typeof PackState>

/** What happened to it; append-only. */
export const PackEventKind = z.enum([
  'received', 'first-seen', 'put-in-sale', 'taken-from-sale', 'sold', 'settled', 'uploaded', 'returned', 'return-uploaded', 'settlement-reversed', 'locked', 'opened-for-split', 'units-taken', 'units-returned',
  'released', 'destroyed', 'transferred', 'alarmed', 'alarm-closed', 'counted', 'learned', 'link-revoked',
])
export type PackEventKind = z.infer<typeof PackEventKind>

export const Pack = z.strictObject({
  code: z.string(),
  state: PackState,
  drugId: DrugId.nullable(),
  drugName: z.string().nullable(),
  lotId: LotId.nullable(),
  lotNumber: z.string().nullable(),
  expiresOn: BusinessDate.nullable(),
  virtual: z.boolean(),
  /** Smallest units left; whole pack = unitsPerPack. */
  unitsLeft: Quantity,
  firstSeenAt: Instant,
  events: z.array(z.strictObject({ at: Instant, kind: PackEventKind, saleId: SaleId.nullable(), receiptNumber: z.string().nullable(), staffName: z.string().nullable(), document: z.string().nullable(), note: z.string() })),
})
export type Pack = z.infer<typeof Pack>

export const traceProcedures = {
  /** What a code is and whether it could be sold now: the counter's verdict without its effect. No repeat is counted, no sale touched; with a sale, as that sale's counter would hear it. */
  'trace.checkCode': query({ input: z.strictObject({ raw: z.string().max(4096), step: CounterStep, saleId: SaleId.nullable().default(null), scanner: ScannerHints.nullable().default(null) }), output: z.strictObject({ verdict: Verdict }) }),
  /** Error pack.not-found. */
  'trace.getPack': query({ input: z.strictObject({ code: z.string().min(1).max(200) }), output: Pack }),
}
