import { z } from 'zod'

/** Nightly comparison of books (3201, 3202). What no public paper says is a setting with a safe default (platform.md §8). */
export const ReconcileSection = z.strictObject({
  /** HH:mm Asia/Shanghai after which the day before is compared; null: only by hand. */
  dailyAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:mm').nullable().default('22:30'),
}).prefault({})
