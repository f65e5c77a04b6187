import type { z } from 'zod'
import { neededText, row, someAmount, someDate, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, sentRow, words } from '../wire-row.ts'

/** 2161 purchase of a person insured elsewhere: who they are. The table has no nodes: the fields stand in the input itself, as the paper's example has them. */
const question = sentRow({
  socialSecurityNumber: ['ssn', words(18)],
  region: ['insuplc', words(6)],
  institutionCode: ['fixmedins_code', words(30)],
})
export type OutsidePersonQuestion = WordsOf<typeof question>

export const input = question.schema

export const build = (asked: OutsidePersonQuestion): z.infer<typeof input> => input.parse(question.write(asked))

const person = answerRow({
  personNumber: ['psn_no', neededText(30)],
  personName: ['psn_name', someText(50)],
  gender: ['gend', someText(3, 'gend')],
  bornOn: ['brdy', someDate()],
  socialSecurityNumber: ['ssn', someText(18)],
  personType: ['psn_type', someText(3, 'psn_type')],
  employerName: ['emp_name', someText(100)],
  region: ['insuplc_admdvs', neededText(6)],
  insuredOfficeName: ['outmed_fundmgt_optins_fulname', someText(100)],
  balanceFen: ['acct_balc', someAmount()],
  insuranceType: ['insutype', someText(3, 'insutype')],
})
export type OutsidePerson = AnswerOf<typeof person>
export const outputNodes = { '': person.schema }

export const read = (answer: unknown): OutsidePerson => row(person.words).parse(answer)
