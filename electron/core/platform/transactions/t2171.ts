import type { z } from 'zod'
import { neededText, rows, someAmount, someDate, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, day, optional, sentRow, words } from '../wire-row.ts'
import { line } from './outside-line.ts'

/** 2171 purchases of a person insured elsewhere: what was settled. The table has no nodes: the fields stand in the input itself. */
const question = sentRow({
  institutionCode: ['fixmedins_code', optional(words(20))],
  registrationNumber: ['mdtrt_regno', optional(words(20))],
  elsewhereType: ['out_type', optional(words(3))],
  socialSecurityNumber: ['ssn', words(18)],
  from: ['start_date', optional(day())],
  to: ['end_date', optional(day())],
})
export type OutsideSettledQuestion = WordsOf<typeof question>

export const input = question.schema.refine((asked) => asked['mdtrt_regno'] !== undefined || (asked['start_date'] !== undefined && asked['end_date'] !== undefined), { path: ['start_date'], message: 'required without a registration number' })

export const build = (asked: OutsideSettledQuestion): z.infer<typeof input> => input.parse(question.write(asked))

const order = answerRow({
  totalFen: ['medfee_sumamt', someAmount()],
  cashFen: ['psn_cashpay', someAmount()],
  accountFen: ['acct_payamt', someAmount()],
  institutionCode: ['fixmedins_code', someText(20)],
  region: ['insuplc', someText(6)],
  visitArea: ['mdtrtarea', someText(6)],
  registrationNumber: ['mdtrt_regno', neededText(20)],
  socialSecurityNumber: ['ssn', someText(18)],
  idNumber: ['certno', someText(18)],
  personName: ['psn_name', someText(50)],
  gender: ['gend', someText(3, 'gend')],
  bornOn: ['brdy', someDate()],
  personType: ['psn_type', someText(3, 'psn_type')],
  insuranceType: ['insutype', someText(3, 'insutype')],
  elsewhereType: ['out_type', someText(20, 'out_type')],
  /** Told when there is just one order. */
  lines: ['feedetl', rows(line.words)],
})
export type OutsideSettled = AnswerOf<typeof order>
export const outputNodes = { '': order.schema, feedetl: line.schema }

export const read = (answer: unknown): readonly OutsideSettled[] => rows(order.words).parse(answer ?? null)
