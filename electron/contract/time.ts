import { z } from 'zod'

/** Epoch milliseconds. */
export const Instant = z.int().nonnegative().brand<'Instant'>()
export type Instant = z.infer<typeof Instant>

/** `YYYY-MM-DD` in Asia/Shanghai: business dates, manufacture and expiry dates. */
export const BusinessDate = z.iso.date().brand<'BusinessDate'>()
export type BusinessDate = z.infer<typeof BusinessDate>
