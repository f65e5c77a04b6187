import { z } from 'zod'
import { SaleId } from './codes.ts'
import { ErrorCode, ErrorDetail } from './errors.ts'
import { command, query } from './procedure.ts'
import { BusinessDate, Instant } from './time.ts'

/** reverse 2601 · cancel 2103 asked again · upload-sale 3505 · upload-return 3506 · claim-feedback 3103. */
export const OutboxKind = z.enum(['reverse-settlement', 'cancel-settlement', 'upload-sale', 'upload-return', 'claim-feedback'])
export type OutboxKind = z.infer<typeof OutboxKind>
export const OutboxStatus = z.enum(['pending', 'leased', 'done', 'parked'])
export type OutboxStatus = z.infer<typeof OutboxStatus>

export const OutboxItem = z.strictObject({
  outboxId: z.uuid(), kind: OutboxKind, status: OutboxStatus, saleId: SaleId, receiptNumber: z.string(), subject: z.string(),
  attempts: z.int(), createdAt: Instant, dueAt: Instant, doneAt: Instant.nullable(),
  /** Why it waits or is parked. */
  error: z.strictObject({ code: ErrorCode, detail: ErrorDetail }).nullable(),
  /** What a person can do: supply the lot's manufacture date, or just retry. */
  repair: z.enum(['none', 'retry', 'lot-manufactured-on']),
  /** The message that was last sent for it; null: none yet. */
  messageId: z.string().nullable(),
})
export type OutboxItem = z.infer<typeof OutboxItem>

/** How the platform is met after failures of the line in a row: left alone (open), tried with one message (trying), used (closed). */
export const Breaker = z.strictObject({ state: z.enum(['closed', 'open', 'trying']), since: Instant.nullable(), nextTryAt: Instant.nullable(), code: ErrorCode.nullable() })
export type Breaker = z.infer<typeof Breaker>

export const outboxProcedures = {
  'outbox.listItems': query({ input: z.strictObject({ statuses: z.array(OutboxStatus).default(['pending', 'leased', 'parked']), limit: z.int().min(1).max(1000).default(300) }), output: z.array(OutboxItem) }),
  /** Puts a parked item back, with the missing value when one was asked for. Errors outbox.not-found, outbox.not-parked. */
  'outbox.retryItem': command({ input: z.strictObject({ outboxId: z.uuid(), lotManufacturedOn: BusinessDate.nullable().default(null) }), output: OutboxItem }),
  /** Runs what is due now instead of waiting for the timer. */
  'outbox.runNow': command({ input: z.strictObject({}), output: z.strictObject({ done: z.int(), waiting: z.int(), parked: z.int() }), audit: false }),
}
