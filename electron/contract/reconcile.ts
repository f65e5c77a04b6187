import { z } from 'zod'
import { SaleId } from './codes.ts'
import { ErrorCode, ErrorDetail } from './errors.ts'
import { Fen } from './money.ts'
import { command, query } from './procedure.ts'
import { SaleStatus, SaleSummary } from './sale.ts'
import { SettlementState } from './settlement.ts'
import { BusinessDate, Instant } from './time.ts'

/** One 3201 comparison: settlements (or refunds) of one insurance type and clearing type in a period. */
export const ReconcileRow = z.strictObject({
  insuranceType: z.string(), insuranceName: z.string(), clearingType: z.string(), refund: z.boolean(), count: z.int(), totalFen: Fen, fundFen: Fen, accountFen: Fen,
  balanced: z.boolean(), explanation: z.string(), askedAt: Instant,
})
export type ReconcileRow = z.infer<typeof ReconcileRow>

/** One group of a day: our sums as they were asked (refunds negative), and the province's where its list and its sums agree. */
export const ReconcileGroup = ReconcileRow.extend({
  clearingName: z.string(), clearingOffice: z.string(),
  theirs: z.strictObject({ count: z.int(), totalFen: Fen, fundFen: Fen, accountFen: Fen }).nullable(),
})
export type ReconcileGroup = z.infer<typeof ReconcileGroup>

/** not-over: the day is still going on · not-yet: nobody has compared it · differs: open differences, or sales of the day that are still unconfirmed. */
export const ReconcileDayState = z.enum(['not-over', 'not-yet', 'running', 'balanced', 'differs', 'failed'])
export type ReconcileDayState = z.infer<typeof ReconcileDayState>

export const ReconcileDay = z.strictObject({
  date: BusinessDate, state: ReconcileDayState, ranAt: Instant.nullable(), error: z.strictObject({ code: ErrorCode, detail: ErrorDetail }).nullable(),
  openDifferences: z.int(), decidedDifferences: z.int(), unconfirmed: z.int(),
})
export type ReconcileDay = z.infer<typeof ReconcileDay>

/** domain/reconcile/books.ts says what each is. */
export const DifferenceKind = z.enum([
  'settle-booked', 'settle-void', 'cancel-booked', 'cancel-void', 'settle-missing', 'refund-missing', 'booked-after-all', 'refunded-there', 'amount-differs', 'unknown-to-us', 'several-there', 'unclear', 'unexplained',
])
/**
 * book-here: settled with the province's figures · release-here: nothing was sold · return-here: the cancellation is done · keep-here: the settlement stands ·
 * cancel-there: 2103 again · reverse-there: 2601 again · by-hand: dealt with outside, in writing.
 */
export const Cure = z.enum(['book-here', 'release-here', 'return-here', 'keep-here', 'cancel-there', 'reverse-there', 'by-hand'])
export type Cure = z.infer<typeof Cure>

/** `cashFen`: what the patient pays, where it follows. `trial`: what the trial (2101) said; nothing of it is booked. */
const Side = z.strictObject({ setlId: z.string(), totalFen: Fen.nullable(), fundFen: Fen.nullable(), accountFen: Fen.nullable(), cashFen: Fen.nullable(), trial: z.boolean(), words: z.string() })
export const ReconcileDifference = z.strictObject({
  differenceId: z.string(), date: BusinessDate, kind: DifferenceKind, refund: z.boolean(),
  /** May be confirmed, the proposed one first; empty when it is no longer open. */
  cures: z.array(Cure),
  /** overtaken: the sale went on by itself since. gone: a later comparison did not find it. */
  state: z.enum(['open', 'decided', 'gone', 'overtaken']),
  saleId: SaleId.nullable(), receiptNumber: z.string().nullable(), saleStatus: SaleStatus.nullable(), settlement: SettlementState.nullable(),
  messageId: z.string(), ours: Side.nullable(), theirs: Side.nullable(),
  seenAt: Instant,
  decided: z.strictObject({ cure: Cure, reason: z.string(), staffName: z.string(), at: Instant, note: z.string() }).nullable(),
})
export type ReconcileDifference = z.infer<typeof ReconcileDifference>

/** `moreDifferences`: not among the listed; what concerns our own sales comes first. */
export const ReconcileDayView = z.strictObject({ day: ReconcileDay, groups: z.array(ReconcileGroup), differences: z.array(ReconcileDifference), moreDifferences: z.int(), unconfirmed: z.array(SaleSummary) })
export type ReconcileDayView = z.infer<typeof ReconcileDayView>

export const reconcileProcedures = {
  /** Asks 3201 for every group of the period, and nothing more. Errors platform.*. */
  'reconcile.runTotals': command({ input: z.strictObject({ from: BusinessDate, to: BusinessDate }), output: z.strictObject({ balanced: z.boolean(), rows: z.array(ReconcileRow), unconfirmed: z.int() }) }),
  /** Today and the days before, newest first. `nextRunAt`: when the nightly comparison comes next; null: only by hand. */
  'reconcile.listDays': query({ input: z.strictObject({ days: z.int().min(1).max(92).default(31) }), output: z.strictObject({ days: z.array(ReconcileDay), nextRunAt: Instant.nullable() }) }),
  'reconcile.getDay': query({ input: z.strictObject({ date: BusinessDate }), output: ReconcileDayView }),
  /** 3201, and where it differs or a sale is unconfirmed 3202 with its files. Changes no sale. A platform that does not answer makes the day `failed`. Errors reconcile.running, reconcile.future-day. */
  'reconcile.runDay': command({ input: z.strictObject({ date: BusinessDate }), output: ReconcileDayView }),
  /** A manager confirms a cure with the evidence in view. Errors reconcile.not-found, reconcile.decided, reconcile.too-late, reconcile.cure-impossible, platform.*. */
  'reconcile.decideDifference': command({ input: z.strictObject({ differenceId: z.string().max(40), cure: Cure, reason: z.string().trim().min(4).max(500) }), output: ReconcileDifference, permission: 'manager' }),
}
