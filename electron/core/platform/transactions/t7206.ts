import { z } from 'zod'
import { row, someText, someTruth } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, sentRow, time, words } from '../wire-row.ts'

/** 7206 what the pharmacist found in the prescription. */
const question = sentRow({
  insurancePrescriptionNumber: ['hiRxno', words(30)],
  prescriptionToken: ['epcToken', words(100)],
  pharmacistToken: ['ecToken', words(64)],
  institutionCode: ['fixmedinsCode', words(20)],
  institutionName: ['fixmedinsName', words(200)],
  pharmacistIdType: ['pharCertType', words(6, 'psn_cert_type')],
  pharmacistIdNumber: ['pharCertno', words(50)],
  pharmacistName: ['pharName', words(50)],
  pharmacistCode: ['pharCode', words(50)],
  opinion: ['rxChkOpnn', words(2000)],
  status: ['rxChkStasCodg', words(10, 'rx_chk_stas_codg')],
  reviewedAt: ['rxChkTime', time()],
  signatureCheckNumber: ['rxSignVerifySn', words(40)],
})
export type PrescriptionReview = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: PrescriptionReview): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const reviewed = answerRow({
  done: ['flag', someTruth()],
  reviewNumber: ['rxChkBizSn', someText(30)],
})
export type ReviewReceipt = AnswerOf<typeof reviewed>
export const outputNodes = { data: reviewed.schema }

const output = row(z.object({ data: row(reviewed.words) }))
export const read = (answer: unknown): ReviewReceipt => output.parse(answer).data
