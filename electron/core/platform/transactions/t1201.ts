import { z } from 'zod'
import { neededText, row, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, optional, sentRow, words } from '../wire-row.ts'

/** 1201 an institution as the platform knows it; by its name or its number. */
const question = sentRow({
  institutionType: ['fixmedins_type', words(6, 'fixmedins_type')],
  institutionName: ['fixmedins_name', optional(words(200))],
  institutionCode: ['fixmedins_code', optional(words(12))],
})
export type InstitutionQuestion = WordsOf<typeof question>

export const input = z.strictObject({ medinsinfo: question.schema.refine((asked) => asked['fixmedins_name'] !== undefined || asked['fixmedins_code'] !== undefined, { path: ['fixmedins_code'], message: 'name or number must be given' }) })

export const build = (asked: InstitutionQuestion): z.infer<typeof input> => input.parse({ medinsinfo: question.write(asked) })

const institution = answerRow({
  institutionCode: ['fixmedins_code', neededText(12)],
  institutionName: ['fixmedins_name', someText(200)],
  creditCode: ['uscc', someText(50)],
  institutionType: ['fixmedins_type', someText(6, 'fixmedins_type')],
  hospitalLevel: ['hosp_lv', someText(6, 'hosp_lv')],
  extra: ['exp_content', someText(4000)],
})
export type Institution = AnswerOf<typeof institution>
export const outputNodes = { medinsinfo: institution.schema }

export const read = (answer: unknown): Institution => row(z.object({ medinsinfo: row(institution.words) })).parse(answer).medinsinfo
