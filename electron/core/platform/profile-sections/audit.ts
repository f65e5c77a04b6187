import { z } from 'zod'

/** 3101 before the trial, 3102 before settling, 3103 what the pharmacist decided. */
export const AuditSection = z.strictObject({
  beforeTrial: z.boolean().default(true),
}).prefault({})
