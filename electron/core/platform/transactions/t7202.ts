import { z } from 'zod'
import { neededText, row, someTime } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, sentRow, words } from '../wire-row.ts'

/** 7202 the grant a person gave on a phone, found by its number. */
const question = sentRow({
  insurancePrescriptionNumber: ['hiRxno', words(40)],
  institutionCode: ['fixmedinsCode', words(20)],
  grantSerial: ['authCircBizSn', words(40)],
  channelId: ['epcChnlId', words(40)],
  deviceAddress: ['ipInfo', words(64)],
  operatorId: ['opter', words(20)],
  operatorName: ['opterName', words(50)],
  office: ['optinsNo', words(20)],
})
export type OnlineGrantQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: OnlineGrantQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const grant = answerRow({
  grantNumber: ['authRxno', neededText(30)],
  prescriptionToken: ['epcToken', neededText(100)],
  expiresAt: ['expiresIn', someTime()],
})
export type OnlineGrant = AnswerOf<typeof grant>
export const outputNodes = { data: grant.schema }

const output = row(z.object({ data: row(grant.words) }))
export const read = (answer: unknown): OnlineGrant => output.parse(answer).data
