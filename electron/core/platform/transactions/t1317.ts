import { z } from 'zod'
import type { BusinessDate } from '../../../contract/index.ts'
import { neededDate, neededText, rows, someDate, someText } from '../answer-fields.ts'
import { date, decimal, text } from '../wire-fields.ts'
import { whole } from './wire-values.ts'

/** 1317 what they hold of our mappings, changed since a day, page by page. */
export const input = z.strictObject({
  data: z.strictObject({
    query_date: date().optional(), fixmedins_code: text(30).optional(), medins_list_codg: text(30).optional(), medins_list_name: text(200).optional(), insu_admdvs: text(6, 'insu_admdvs').optional(), list_type: text(30).optional(),
    med_list_codg: text(30).optional(), begndate: date().optional(), vali_flag: text(3, 'vali_flag').optional(), updt_time: date(), page_num: decimal(4, 0), page_size: decimal(4, 0),
  }),
})

export interface MappingPage { readonly since: BusinessDate; readonly page: number; readonly pageSize: number }

export const build = (asked: MappingPage, institutionCode: string): z.infer<typeof input> =>
  input.parse({ data: { fixmedins_code: institutionCode, updt_time: asked.since, page_num: whole(asked.page), page_size: whole(asked.pageSize) } })

/** Rows without a node name. */
export const outputNodes = {
  '': z.object({
    fixmedins_code: someText(30), medins_list_codg: neededText(30), medins_list_name: someText(200), insu_admdvs: someText(6, 'insu_admdvs'), list_type: someText(3, 'list_type'), med_list_codg: neededText(30), begndate: neededDate(),
    enddate: someDate(), aprvno: someText(30), dosform: someText(200), exct_cont: someText(2000), item_cont: someText(2000), prcunt: someText(100), spec: someText(200), pacspec: someText(100), memo: someText(500),
    vali_flag: someText(3, 'vali_flag'), rid: someText(40), updt_time: someDate(), crter_id: someText(20), crter_name: someText(50), crte_time: someDate(), crte_optins_no: someText(20), opter_id: someText(20),
    opter_name: someText(50), opt_time: someDate(), optins_no: someText(20), poolarea_no: someText(6, 'poolarea_no'),
  }),
}

/** Seen as the list itself, under `data` or `list`, or as one row. */
const listIn = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const held = value as Readonly<Record<string, unknown>>
  return held['data'] ?? held['list'] ?? held['output'] ?? value
}
const output = z.preprocess(listIn, rows(outputNodes['']))

/** One mapping as they hold it. */
export interface HeldMapping {
  readonly drugId: string
  readonly name: string
  readonly nationalCode: string
  readonly from: BusinessDate
  readonly to: BusinessDate | null
  readonly valid: boolean
  readonly approvalNumber: string
  readonly spec: string
  readonly packSpec: string
  readonly unit: string
  readonly updatedOn: BusinessDate | null
}

/** Throws ZodError. Rows of another institution are not ours, whatever was asked. */
export const read = (answer: unknown, institutionCode: string): { readonly rows: number; readonly held: readonly HeldMapping[] } => {
  const all = output.parse(answer ?? null)
  return {
    rows: all.length,
    held: all.filter((row) => row.fixmedins_code === '' || row.fixmedins_code === institutionCode).map((row) => ({
      drugId: row.medins_list_codg, name: row.medins_list_name, nationalCode: row.med_list_codg, from: row.begndate, to: row.enddate, valid: row.vali_flag !== '0',
      approvalNumber: row.aprvno, spec: row.spec, packSpec: row.pacspec, unit: row.prcunt, updatedOn: row.updt_time,
    })),
  }
}
