import { z } from 'zod'

const text = z.string()

/** One finding of 3101 or 3102, and what the institution answered to it (3103). */
export const ClaimResult = z.strictObject({
  resultId: text,
  infno: text,
  institution: text,
  rule: text,
  severity: text,
  visit: text,
  at: z.number(),
  answers: z.array(z.strictObject({ way: text, reason: text, msgid: text, at: z.number() })),
})
export type ClaimResult = z.infer<typeof ClaimResult>

/** What the province remembers. 3101, 3102, 3103. */
export const auditRecords = { claimResults: ClaimResult } as const
