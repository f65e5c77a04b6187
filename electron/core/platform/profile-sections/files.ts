import { z } from 'zod'

/** 9101 and 9102 (platform.md §4). */
export const FilesSection = z.strictObject({
  /** 9101 as a form with a file part, or as bytes inside JSON. */
  upload: z.enum(['multipart', 'json-bytes']).default('json-bytes'),
}).prefault({})
