import { z } from 'zod'
import { neededText, row, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, optional, sentRow, words } from '../wire-row.ts'

/** 9601 a face is compared with the insured person. The picture is Base64, taken after a check for life. */
const question = sentRow({
  institutionCode: ['medins_code', words(30)],
  institutionName: ['medins_name', words(100)],
  personNumber: ['psn_no', words(30)],
  idType: ['psn_cert_type', words(6, 'psn_cert_type')],
  idNumber: ['certno', words(50)],
  personName: ['psn_name', words(50)],
  picture: ['recog_pic', words(1048576)],
  business: ['recog_biz', words(3, 'recog_biz')],
  planId: ['plan_id', optional(words(40))],
  visitId: ['mdtrt_id', optional(words(30))],
})
export type FaceQuestion = WordsOf<typeof question>

export const input = z.strictObject({ recogInfo: question.schema })

export const build = (asked: FaceQuestion): z.infer<typeof input> => input.parse({ recogInfo: question.write(asked) })

const result = answerRow({
  result: ['recog_rslt', neededText(3, 'recog_rslt')],
  resultText: ['recog_rslt_dscr', someText(100)],
})
export type FaceResult = AnswerOf<typeof result>
export const outputNodes = { recogRslt: result.schema }

const output = row(z.object({ recogRslt: row(result.words) }))
export const read = (answer: unknown): FaceResult => output.parse(answer).recogRslt
