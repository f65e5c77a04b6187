import { z } from 'zod'

/** `infno.node.field` as the official table prints it, list positions left out. */
const OfficialPath = z.string().regex(/^\d{4,6}[A-Z]?(\.[A-Za-z]\w*)+$/, 'a place in the official tables, such as 2102.drugdetail.durg_trac_info')
const Name = z.string().regex(/^[A-Za-z]\w{0,59}$/, 'a field or node name')

/** Names and codes in which a province differs from the official tables (platform.md §7). */
export const NamesSection = z.strictObject({
  renamed: z.record(OfficialPath, Name).default({}).describe('place in the official tables → the name used here, in what is sent and in what is answered: "2102.drugdetail.durg_trac_info": "drug_trac_info"'),
  dictionaries: z.strictObject({
    check: z.boolean().default(true).describe('whether a value that the official code tables do not have is kept from leaving the till'),
    also: z.record(z.string().min(1), z.array(z.string().min(1)).min(1)).default({}).describe('codes this province has beside the official ones, by dictionary'),
  }).prefault({}),
}).prefault({})
export type NamesSection = z.infer<typeof NamesSection>
