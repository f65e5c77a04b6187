import { z } from 'zod'
import { row, someText, someTruth } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, longWords, sentRow, words } from '../wire-row.ts'

/** 7205 is the prescription genuine and unchanged. The file is Base64. */
const question = sentRow({
  insurancePrescriptionNumber: ['hiRxno', words(30)],
  institutionCode: ['fixmedinsCode', words(40)],
  prescriptionTraceCode: ['rxTraceCode', words(20)],
  file: ['rxFile', longWords()],
  prescriptionToken: ['epcToken', words(100)],
})
export type PrescriptionCheckQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: PrescriptionCheckQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const checked = answerRow({
  done: ['flag', someTruth()],
  signatureCheckNumber: ['rxSignVerifySn', someText(40)],
  certificateSerial: ['signCertSn', someText(500)],
  certificateName: ['signCertDn', someText(500)],
})
export type PrescriptionCheck = AnswerOf<typeof checked>
export const outputNodes = { data: checked.schema }

const output = row(z.object({ data: row(checked.words) }))
export const read = (answer: unknown): PrescriptionCheck => output.parse(answer).data
