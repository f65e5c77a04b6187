import { z } from 'zod'
import { neededText, someDate, someFlag, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, day, flag, optional, sentRow, words } from '../wire-row.ts'
import { pageFields, readPage, recordFields } from './paged-list.ts'

/** 1312 what the insurance list says of its own entries. Page by page, by the time of change. */
const question = sentRow({
  asOf: ['query_date', optional(day())],
  insuranceListCode: ['hilist_code', optional(words(30))],
  region: ['insu_admdvs', optional(words(6, 'insu_admdvs'))],
  from: ['begndate', optional(day())],
  insuranceListName: ['hilist_name', optional(words(200))],
  wubi: ['wubi', optional(words(30))],
  pinyin: ['pinyin', optional(words(30))],
  chargeType: ['med_chrgitm_type', optional(words(6, 'med_chrgitm_type'))],
  level: ['chrgitm_lv', optional(words(3, 'chrgitm_lv'))],
  limitedUse: ['lmt_used_flag', optional(flag(3, 'lmt_used_flag'))],
  listType: ['list_type', optional(words(30))],
  medicalUse: ['med_use_flag', optional(flag(3, 'med_use_flag'))],
  maternityUse: ['matn_used_flag', optional(flag(3, 'matn_used_flag'))],
  useType: ['hilist_use_type', optional(words(3, 'hilist_use_type'))],
  compoundType: ['lmt_cpnd_type', optional(words(3, 'lmt_cpnd_type'))],
  valid: ['vali_flag', optional(flag(3, 'vali_flag'))],
  ...pageFields,
})
export type ListQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: ListQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const entry = answerRow({
  insuranceListCode: ['hilist_code', neededText(30)],
  insuranceListName: ['hilist_name', someText(200)],
  region: ['insu_admdvs', someText(6, 'insu_admdvs')],
  from: ['begndate', someDate()],
  to: ['enddate', someDate()],
  chargeType: ['med_chrgitm_type', someText(6, 'med_chrgitm_type')],
  level: ['chrgitm_lv', someText(3, 'chrgitm_lv')],
  limitedUse: ['lmt_used_flag', someFlag(3, 'lmt_used_flag')],
  listType: ['list_type', someText(3, 'list_type')],
  medicalUse: ['med_use_flag', someFlag(3, 'med_use_flag')],
  maternityUse: ['matn_used_flag', someFlag(3, 'matn_used_flag')],
  useType: ['hilist_use_type', someText(3, 'hilist_use_type')],
  compoundType: ['lmt_cpnd_type', someText(3, 'lmt_cpnd_type')],
  wubi: ['wubi', someText(30)],
  pinyin: ['pinyin', someText(30)],
  note: ['memo', someText(500)],
  poolingArea: ['poolarea_no', someText(6, 'poolarea_no')],
  ...recordFields,
})
export type ListEntry = AnswerOf<typeof entry>
export const outputNodes = { '': entry.schema }

export const read = (answer: unknown): readonly ListEntry[] => readPage(entry, answer)
