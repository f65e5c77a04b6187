import { z } from 'zod'
import { Fen } from './money.ts'
import { command } from './procedure.ts'
import { BusinessDate, Instant } from './time.ts'

/** One 3201 comparison: settlements (or refunds) of one insurance type and clearing type in a period. */
export const ReconcileRow = z.strictObject({
  insuranceType: z.string(), insuranceName: z.string(), clearingType: z.string(), refund: z.boolean(), count: z.int(), totalFen: Fen, fundFen: Fen, accountFen: Fen,
  balanced: z.boolean(), explanation: z.string(), askedAt: Instant,
})
export type ReconcileRow = z.infer<typeof ReconcileRow>

export const reconcileProcedures = {
  /** Asks 3201 for every group of the day. Errors platform.*. */
  'reconcile.runTotals': command({ input: z.strictObject({ from: BusinessDate, to: BusinessDate }), output: z.strictObject({ balanced: z.boolean(), rows: z.array(ReconcileRow), unconfirmed: z.int() }) }),
}
