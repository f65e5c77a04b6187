import { z } from 'zod'
import { LineId, SaleId } from './codes.ts'
import { command } from './procedure.ts'
import { Sale } from './sale.ts'

const onViolation = { saleId: SaleId, key: z.string().min(1).max(400) }

export const claimCheckProcedures = {
  /**
   * The drugs stay as they are, for a reason that goes to the province (3103). Errors: claim.not-found (the basket changed meanwhile), claim.stops (the profile lets nobody keep it), sale.wrong-state.
   */
  'claim.keepLines': command({ input: z.strictObject({ ...onViolation, reason: z.string().trim().min(2).max(200) }), output: Sale, permission: 'pharmacist' }),
  /** The line leaves the sale, its packs go back. Errors as above, and sale.line-not-found. */
  'claim.takeOut': command({ input: z.strictObject({ ...onViolation, lineId: LineId, reason: z.string().max(200).default('') }), output: Sale }),
  /** The prescription goes back to who wrote it; the sale waits, or goes on without the line. A later keepLines says what the prescriber said. */
  'claim.askPrescriber': command({ input: z.strictObject({ ...onViolation, note: z.string().max(200).default('') }), output: Sale }),
  /** Asks the province again now: its service was down. Errors: sale.wrong-state, sale.insured-needs-person. */
  'claim.askAgain': command({ input: z.strictObject({ saleId: SaleId }), output: Sale, audit: false }),
}
