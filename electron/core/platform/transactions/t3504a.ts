import { z } from 'zod'
import { someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, sentRow } from '../wire-row.ts'
import { returnedFields } from './stock-row.ts'
import type { BatchOutcome } from './batch-result.ts'
import { readBatch } from './batch-result.ts'

/** 3504A goods sent back, several rows at once; rows that failed are told (the paper prints that node among the inputs by mistake). */
const row = sentRow(returnedFields)
export type PurchaseReturnRow = WordsOf<typeof row>

export const input = z.strictObject({ purcinfoDetail: z.array(row.schema).min(1) })

export const build = (told: readonly PurchaseReturnRow[]): z.infer<typeof input> => input.parse({ purcinfoDetail: told.map(row.write) })

const answered = answerRow({
  nationalCode: ['med_list_codg', someText()],
  drugId: ['fixmedins_hilist_id', someText()],
  drugName: ['fixmedins_hilist_name', someText()],
  rowKey: ['fixmedins_bchno', someText()],
  platformPurchaseNumber: ['medins_prod_purc_no', someText()],
  result: ['retRslt', someText()],
  reason: ['msgRslt', someText()],
  note: ['memo', someText()],
})
export const outputNodes = { purcinfoErrDetail: answered.schema }
export type PurchaseReturnOutcome = BatchOutcome<AnswerOf<typeof answered>>

export const read = (answer: unknown): readonly PurchaseReturnOutcome[] => readBatch(answered, 'purcinfoErrDetail', answer)
