import { z } from 'zod'
import { neededText, someDate, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, day, flag, optional, sentRow, words } from '../wire-row.ts'
import { pageFields, readPage, recordFields } from './paged-list.ts'

/** 1316 which national code stands beside which entry of the insurance list. Page by page, by the time of change. */
const question = sentRow({
  asOf: ['query_date', optional(day())],
  nationalCode: ['med_list_codg', optional(words(30))],
  insuranceListCode: ['hilist_code', optional(words(30))],
  listType: ['list_type', optional(words(30))],
  region: ['insu_admdvs', optional(words(6, 'insu_admdvs'))],
  from: ['begndate', optional(day())],
  valid: ['vali_flag', optional(flag(3, 'vali_flag'))],
  ...pageFields,
})
export type MatchQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: MatchQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const match = answerRow({
  nationalCode: ['med_list_codg', neededText(30)],
  insuranceListCode: ['hilist_code', neededText(30)],
  listType: ['list_type', someText(3, 'list_type')],
  region: ['insu_admdvs', someText(6, 'insu_admdvs')],
  from: ['begndate', someDate()],
  to: ['enddate', someDate()],
  note: ['memo', someText(500)],
  poolingArea: ['poolarea_no', someText(6, 'poolarea_no')],
  ...recordFields,
})
export type ListMatch = AnswerOf<typeof match>
export const outputNodes = { '': match.schema }

export const read = (answer: unknown): readonly ListMatch[] => readPage(match, answer)
