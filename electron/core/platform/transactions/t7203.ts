import { z } from 'zod'
import { neededText, row, someTime } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, sentRow, words } from '../wire-row.ts'

/** 7203 a prescription that a person shows as a code, decoded into a grant. */
const question = sentRow({
  qrCode: ['epcQrcd', words(40)],
  institutionCode: ['fixmedinsCode', words(20)],
  deviceInfo: ['devInfo', words(255)],
  deviceAddress: ['ipInfo', words(64)],
  operatorId: ['opter', words(20)],
  operatorName: ['opterName', words(50)],
  office: ['optinsNo', words(20)],
})
export type PrescriptionCodeQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: PrescriptionCodeQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const grant = answerRow({
  grantNumber: ['authRxno', neededText(30)],
  prescriptionToken: ['epcToken', neededText(100)],
  expiresAt: ['expiresIn', someTime()],
})
export type DecodedPrescription = AnswerOf<typeof grant>
export const outputNodes = { data: grant.schema }

const output = row(z.object({ data: row(grant.words) }))
export const read = (answer: unknown): DecodedPrescription => output.parse(answer).data
