import { z } from 'zod'
import { neededText, rows, someDate, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, sentRow, words } from '../wire-row.ts'

/** 5302 the institutions a person has chosen. */
const question = sentRow({
  personNumber: ['psn_no', words(30)],
  applicationType: ['biz_appy_type', words(3)],
})
export type DesignationQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: DesignationQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const designation = answerRow({
  personNumber: ['psn_no', someText(30)],
  insuranceType: ['insutype', someText(6, 'insutype')],
  order: ['fix_srt_no', someText(3)],
  institutionCode: ['fixmedins_code', neededText(12)],
  institutionName: ['fixmedins_name', someText(200)],
  from: ['begndate', someDate()],
  to: ['enddate', someDate()],
  note: ['memo', someText(500)],
})
export type Designation = AnswerOf<typeof designation>
export const outputNodes = { psnfixmedin: designation.schema }

const output = z.object({ psnfixmedin: rows(designation.words).optional() }).nullable()
export const read = (answer: unknown): readonly Designation[] => output.parse(answer ?? null)?.psnfixmedin ?? []
