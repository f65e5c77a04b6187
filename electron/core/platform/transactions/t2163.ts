import type { z } from 'zod'
import { row, someAmount, someDate, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, sentRow, words } from '../wire-row.ts'

/** 2163 purchase of a person insured elsewhere: refunded. The table has no nodes: the fields stand in the input itself, as the paper's example has them. */
const question = sentRow({
  institutionCode: ['fixmedins_code', words(20)],
  registrationNumber: ['mdtrt_regno', words(20)],
  operatorName: ['opter_name', words(50)],
})
export type OutsideRefundQuestion = WordsOf<typeof question>

export const input = question.schema

export const build = (asked: OutsideRefundQuestion): z.infer<typeof input> => input.parse(question.write(asked))

const refund = answerRow({
  totalFen: ['medfee_sumamt', someAmount()],
  cashFen: ['psn_cashpay', someAmount()],
  accountFen: ['acct_payamt', someAmount()],
  idNumber: ['certno', someText(18)],
  personName: ['psn_name', someText(50)],
  gender: ['gend', someText(3, 'gend')],
  bornOn: ['brdy', someDate()],
  personType: ['psn_type', someText(3, 'psn_type')],
  insuranceType: ['insutype', someText(3, 'insutype')],
  notice: ['prmmsg', someText(500)],
})
export type OutsideRefund = AnswerOf<typeof refund>
export const outputNodes = { '': refund.schema }

export const read = (answer: unknown): OutsideRefund => row(refund.words).parse(answer)
