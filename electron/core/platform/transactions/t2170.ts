import type { z } from 'zod'
import { neededText, rows, someAmount, someDate, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, optional, sentRow, words } from '../wire-row.ts'
import { line } from './outside-line.ts'

/** 2170 purchases of a person insured elsewhere: open orders. The table has no nodes: the fields stand in the input itself. */
const question = sentRow({
  institutionCode: ['fixmedins_code', optional(words(20))],
  socialSecurityNumber: ['ssn', words(18)],
})
export type OutsideOrdersQuestion = WordsOf<typeof question>

export const input = question.schema

export const build = (asked: OutsideOrdersQuestion): z.infer<typeof input> => input.parse(question.write(asked))

const order = answerRow({
  totalFen: ['medfee_sumamt', someAmount()],
  registrationNumber: ['mdtrt_regno', neededText(20)],
  institutionCode: ['fixmedins_code', someText(20)],
  institutionName: ['fixmedins_name', someText(50)],
  region: ['insuplc', someText(6)],
  visitArea: ['mdtrtarea', someText(6)],
  idNumber: ['certno', someText(18)],
  personName: ['psn_name', someText(50)],
  gender: ['gend', someText(3, 'gend')],
  bornOn: ['brdy', someDate()],
  boughtOn: ['dscg_date', someDate()],
  personType: ['psn_type', someText(3, 'psn_type')],
  insuranceType: ['insutype', someText(3, 'insutype')],
  /** Told when there is just one order. */
  lines: ['feedetl', rows(line.words)],
})
export type OutsideOrder = AnswerOf<typeof order>
export const outputNodes = { '': order.schema, feedetl: line.schema }

export const read = (answer: unknown): readonly OutsideOrder[] => rows(order.words).parse(answer ?? null)
