import { z } from 'zod'
import { neededText, someText } from '../answer-fields.ts'
import type { AnswerOf } from '../wire-row.ts'
import { answerRow } from '../wire-row.ts'
import type { UploadRow } from '../client.ts'
import type { RegionProfile } from '../profile.ts'
import { text } from '../wire-fields.ts'
import type { BatchOutcome } from './batch-result.ts'
import { readBatch } from './batch-result.ts'
import { codesOf, goodsFields, goodsOf } from './goods-row.ts'

/** 3506A goods returned, several rows at once. Only rows that failed are told of (the paper prints that node among the inputs by mistake). */
export const inputOf = ({ traceCodes }: Pick<RegionProfile, 'traceCodes'>) => z.strictObject({
  selinfoDetail: z.array(z.strictObject({
    ...goodsFields,
    medins_prod_sel_no: text(50).optional(),
    drugtracinfo: z.array(z.strictObject({ drug_trac_codg: text(traceCodes.widths['3506']).optional() })).optional(),
  })).min(1),
})

export const build = (rows: readonly UploadRow[], settings: Pick<RegionProfile, 'traceCodes'>): z.infer<ReturnType<typeof inputOf>> =>
  inputOf(settings).parse({ selinfoDetail: rows.map((goods) => ({ ...goodsOf(goods), drugtracinfo: codesOf(goods) })) })

const failed = answerRow({
  nationalCode: ['med_list_codg', someText(50)],
  drugId: ['fixmedins_hilist_id', someText(30)],
  drugName: ['fixmedins_hilist_name', someText(200)],
  rowKey: ['fixmedins_bchno', neededText(30)],
  platformSaleNumber: ['medins_prod_sel_no', someText(50)],
  result: ['retRslt', someText(6)],
  reason: ['msgRslt', someText(2000)],
  note: ['memo', someText(500)],
})

export const outputNodes = { selinfoErrDetail: failed.schema }
export type ReturnedRowOutcome = BatchOutcome<AnswerOf<typeof failed>>

export const read = (answer: unknown): readonly ReturnedRowOutcome[] => readBatch(failed, 'selinfoErrDetail', answer)
