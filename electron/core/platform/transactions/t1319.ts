import { z } from 'zod'
import { neededText, someDate, someShare, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, day, flag, optional, sentRow, words } from '../wire-row.ts'
import { pageFields, readPage, recordFields } from './paged-list.ts'

/** 1319 first self-pay shares of the insurance list. Page by page, by the time of change. */
const question = sentRow({
  asOf: ['query_date', optional(day())],
  insuranceListCode: ['hilist_code', optional(words(30))],
  personGroup: ['selfpay_prop_psn_type', optional(words(6, 'selfpay_prop_psn_type'))],
  shareType: ['selfpay_prop_type', optional(words(6, 'selfpay_prop_type'))],
  region: ['insu_admdvs', optional(words(6, 'insu_admdvs'))],
  from: ['begndate', optional(day())],
  to: ['enddate', optional(day())],
  valid: ['vali_flag', optional(flag(3, 'vali_flag'))],
  rowId: ['rid', optional(words(40))],
  tableName: ['tabname', optional(words(100))],
  poolingArea: ['poolarea_no', optional(words(6, 'poolarea_no'))],
  ...pageFields,
})
export type ShareQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: ShareQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const share = answerRow({
  insuranceListCode: ['hilist_code', neededText(30)],
  personGroup: ['selfpay_prop_psn_type', someText(6, 'selfpay_prop_psn_type')],
  shareType: ['selfpay_prop_type', someText(6, 'selfpay_prop_type')],
  region: ['insu_admdvs', someText(6, 'insu_admdvs')],
  from: ['begndate', someDate()],
  to: ['enddate', someDate()],
  selfPayShare: ['selfpay_prop', someShare(5, 4, 'selfpay_prop')],
  tableName: ['tabname', someText(100)],
  poolingArea: ['poolarea_no', someText(6, 'poolarea_no')],
  ...recordFields,
})
export type SelfPayShare = AnswerOf<typeof share>
export const outputNodes = { '': share.schema }

export const read = (answer: unknown): readonly SelfPayShare[] => readPage(share, answer)
