import { z } from 'zod'
import { Infno } from './fields.ts'

/** How hard the platform may be asked. What a cashier or patient waits for is never held back by any of this. */
export const LimitsSection = z.strictObject({
  /** Uploads on their way at once. */
  inFlight: z.int().min(1).max(64).default(8),
  /** By transaction: at most `perSecond` messages, after a rest up to `burst` at once. Not named: no limit. */
  rates: z.record(Infno, z.strictObject({ perSecond: z.number().positive().max(10_000), burst: z.int().min(1).max(10_000) })).default({}),
  /** When the platform does not answer, it is left alone and tried with one message at a time. */
  breaker: z.strictObject({
    /** Failures of the line in a row. */
    opensAfter: z.int().min(1).max(1000).default(5),
    firstTryAfterMs: z.int().min(100).max(600_000).default(5_000),
    longestPauseMs: z.int().min(100).max(3_600_000).default(60_000),
  }).prefault({}),
  /** 3505A: rows of goods sold in one message. 1: each row in a 3505 of its own. No public paper says how many a province takes. */
  batchRows: z.int().min(1).max(1000).default(1),
}).prefault({})
