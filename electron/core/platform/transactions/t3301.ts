import { z } from 'zod'
import type { BusinessDate } from '../../../contract/index.ts'
import { date, text } from '../wire-fields.ts'

export interface MappingToSend {
  readonly drugId: string
  readonly name: string
  readonly listType: string
  readonly nationalCode: string
  readonly from: BusinessDate
  readonly to: string
  readonly approvalNumber: string
  readonly spec: string
  readonly packSpec: string
  readonly unit: string
}

/** 3301 mappings upload. "There may be several rows": a list. */
export const input = z.strictObject({
  data: z.array(z.strictObject({
    fixmedins_hilist_id: text(30), fixmedins_hilist_name: text(200), list_type: text(30, 'list_type'), med_list_codg: text(30), begndate: date(), enddate: date(), aprvno: text(30).optional(), dosform: text(200).optional(),
    exct_cont: text(2000).optional(), item_cont: text(2000).optional(), prcunt: text(100).optional(), spec: text(200).optional(), pacspec: text(100).optional(), memo: text(500).optional(),
  })).min(1),
})

const some = (value: string): string | undefined => (value.trim() === '' ? undefined : value)

export const build = (mapping: MappingToSend): z.infer<typeof input> => input.parse({
  data: [{
    fixmedins_hilist_id: mapping.drugId, fixmedins_hilist_name: mapping.name, list_type: mapping.listType, med_list_codg: mapping.nationalCode, begndate: mapping.from, enddate: mapping.to,
    aprvno: some(mapping.approvalNumber), prcunt: some(mapping.unit), spec: some(mapping.spec), pacspec: some(mapping.packSpec),
  }],
})
/** The table prints no output. */
export const outputNodes = {}
