import { z } from 'zod'
import { neededText, someDate, somePrice, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, day, flag, optional, sentRow, words } from '../wire-row.ts'
import { pageFields, readPage, recordFields } from './paged-list.ts'

/** 1318 limit prices of the insurance list. Page by page, by the time of change. */
const question = sentRow({
  asOf: ['query_date', optional(day())],
  insuranceListCode: ['hilist_code', optional(words(30))],
  priceLimitType: ['hilist_lmtpric_type', optional(words(6, 'hilist_lmtpric_type'))],
  overLimitHandling: ['overlmt_dspo_way', optional(words(6, 'overlmt_dspo_way'))],
  region: ['insu_admdvs', optional(words(6, 'insu_admdvs'))],
  from: ['begndate', optional(day())],
  to: ['enddate', optional(day())],
  valid: ['vali_flag', optional(flag(3, 'vali_flag'))],
  rowId: ['rid', optional(words(40))],
  tableName: ['tabname', optional(words(100))],
  poolingArea: ['poolarea_no', optional(words(6, 'poolarea_no'))],
  ...pageFields,
})
export type LimitQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: LimitQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const limit = answerRow({
  insuranceListCode: ['hilist_code', neededText(30)],
  priceLimitType: ['hilist_lmtpric_type', someText(6, 'hilist_lmtpric_type')],
  overLimitHandling: ['overlmt_dspo_way', someText(6, 'overlmt_dspo_way')],
  region: ['insu_admdvs', someText(6, 'insu_admdvs')],
  from: ['begndate', someDate()],
  to: ['enddate', someDate()],
  priceLimit: ['hilist_pric_uplmt_amt', somePrice()],
  tableName: ['tabname', someText(100)],
  poolingArea: ['poolarea_no', someText(6)],
  ...recordFields,
})
export type PriceLimit = AnswerOf<typeof limit>
export const outputNodes = { '': limit.schema }

export const read = (answer: unknown): readonly PriceLimit[] => readPage(limit, answer)
