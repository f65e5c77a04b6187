import { z } from 'zod'

/** 3301, 3302, 1317: our item codes beside the national ones. */
export const MappingSection = z.strictObject({
  /** A sale with the fund needs a mapping that is in force. */
  required: z.boolean().default(false),
}).prefault({})
