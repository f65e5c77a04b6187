import { z } from 'zod'
import { someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, sentRow, words } from '../wire-row.ts'
import type { BatchOutcome } from './batch-result.ts'
import { readBatch } from './batch-result.ts'

/** 3507A deletes what was uploaded under several keys; rows that failed are told. */
const row = sentRow({
  rowKey: ['fixmedins_bchno', words(30)],
  /** 1 stock-take · 2 change · 3 purchase or its return · 4 sale or its return. */
  dataType: ['inv_data_type', words(30)],
})
export type DeletionRow = WordsOf<typeof row>

export const input = z.strictObject({ goodDetail: z.array(row.schema).min(1) })

export const build = (told: readonly DeletionRow[]): z.infer<typeof input> => input.parse({ goodDetail: told.map(row.write) })

const answered = answerRow({
  rowKey: ['fixmedins_bchno', someText(30)],
  dataType: ['inv_data_type', someText(30)],
  result: ['retRslt', someText(6)],
  reason: ['msgRslt', someText(2000)],
})
export const outputNodes = { goodErrDetail: answered.schema }
export type DeletionOutcome = BatchOutcome<AnswerOf<typeof answered>>

export const read = (answer: unknown): readonly DeletionOutcome[] => readBatch(answered, 'goodErrDetail', answer)
