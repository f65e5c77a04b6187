import { z } from 'zod'
import { someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, count, flag, optional, price, sentRow, time, words } from '../wire-row.ts'
import { codes, stockFields } from './stock-row.ts'
import type { BatchOutcome } from './batch-result.ts'
import { readBatch } from './batch-result.ts'

/** 3502A changes of stock, several at once, with the codes of their packs; rows that failed are told. "Required" is printed under the notes. */
const row = sentRow({
  ...stockFields,
  changeType: ['inv_chg_type', words(6, 'inv_chg_type')],
  unitPrice: ['pric', price()],
  quantity: ['cnt', count()],
  changedAt: ['inv_chg_time', time()],
  operatorName: ['inv_chg_opter_name', optional(words(50))],
  split: ['trdn_flag', flag(2)],
  traceCodes: ['drugtracinfo', optional(codes(30))],
  /** 1 small · 2 middle · 3 large pack. */
  packLevel: ['trac_codg_pac_hery', words(3)],
})
export type StockChangeRow = WordsOf<typeof row>

export const input = z.strictObject({ invinfoDetail: z.array(row.schema).min(1) })

export const build = (told: readonly StockChangeRow[]): z.infer<typeof input> => input.parse({ invinfoDetail: told.map(row.write) })

const answered = answerRow({
  nationalCode: ['med_list_codg', someText(50)],
  changeType: ['inv_chg_type', someText(6)],
  drugId: ['fixmedins_hilist_id', someText(30)],
  drugName: ['fixmedins_hilist_name', someText(200)],
  rowKey: ['fixmedins_bchno', someText(30)],
  result: ['retRslt', someText(6)],
  reason: ['msgRslt', someText(2000)],
  note: ['memo', someText(500)],
})
export const outputNodes = { invinfoErrDetail: answered.schema }
export type StockChangeOutcome = BatchOutcome<AnswerOf<typeof answered>>

export const read = (answer: unknown): readonly StockChangeOutcome[] => readBatch(answered, 'invinfoErrDetail', answer)
