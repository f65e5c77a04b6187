import { z } from 'zod'

/** 9101: a file that somebody uploaded, or that a transaction made for somebody to fetch. */
const ProvinceFile = z.strictObject({
  fileQueryNumber: z.string(),
  institution: z.string(),
  fileName: z.string(),
  base64: z.string(),
  sha256: z.string(),
  /** In the catalogue centre's store: fetched with its constant, by everybody. */
  catalogue: z.boolean(),
  at: z.int(),
  until: z.int(),
})

/** What the province remembers. 9101, 9102 and the catalogues that come as files. */
export const filesRecords = { files: ProvinceFile } as const
