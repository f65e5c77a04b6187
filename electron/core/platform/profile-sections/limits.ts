import { z } from 'zod'

/** How hard the platform may be asked. */
export const LimitsSection = z.strictObject({
  /** Uploads on their way at once. */
  inFlight: z.int().min(1).max(64).default(8),
}).prefault({})
