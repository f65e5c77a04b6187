import { z } from 'zod'
import { command, query } from './procedure.ts'
import { Instant } from './time.ts'

/** What exactly was said to the platform and by it: kept as it came, shown masked until a manager asks with a reason. */
export const PlatformMessage = z.strictObject({
  messageId: z.string(), infno: z.string(), sentAt: Instant, answeredAt: Instant.nullable(),
  /** answered · refused · not-sent · unknown; null: no answer was stored yet. */
  outcome: z.enum(['answered', 'refused', 'not-sent', 'unknown']).nullable(),
  request: z.string(),
  /** null: nothing came. */
  answer: z.string().nullable(),
  masked: z.boolean(),
  /** Only the beginning of a long text. */
  cut: z.boolean(),
})
export type PlatformMessage = z.infer<typeof PlatformMessage>

const messageId = z.string().regex(/^[0-9A-Za-z]{1,40}$/)

export const messageProcedures = {
  /** Error message.not-found. */
  'message.getMasked': query({ input: z.strictObject({ messageId }), output: PlatformMessage }),
  /** As it came. Shown while it is looked at, kept nowhere else; who asked stands in the audit log. */
  'message.reveal': command({ input: z.strictObject({ messageId, reason: z.string().trim().min(2).max(200) }), output: PlatformMessage, permission: 'manager' }),
}
