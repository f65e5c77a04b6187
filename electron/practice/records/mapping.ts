import { z } from 'zod'

const text = z.string()

/** One institution's item under a national code, from a day to a day. */
export const Mapping = z.strictObject({
  institution: text, itemId: text, itemName: text, listType: text, nationalCode: text, begins: text, ends: text, approvalNumber: text, form: text, priceUnit: text, spec: text, packSpec: text, memo: text,
  madeAt: z.number(), changedAt: z.number(), withdrawnAt: z.number().nullable(),
})
export type Mapping = z.infer<typeof Mapping>

/** What the province remembers. 3301, 3302, 1317 and the catalogue queries beside them. */
export const mappingRecords = { mappings: Mapping } as const
