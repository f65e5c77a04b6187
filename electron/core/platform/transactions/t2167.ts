import type { z } from 'zod'
import type { WordsOf } from '../wire-row.ts'
import { sentRow, words } from '../wire-row.ts'

/** 2167 purchase of a person insured elsewhere: the order is called off. The paper prints no output. The table has no nodes: the fields stand in the input itself, as the paper's example has them. */
const question = sentRow({
  institutionCode: ['fixmedins_code', words(20)],
  registrationNumber: ['mdtrt_regno', words(20)],
  operatorName: ['opter_name', words(50)],
})
export type OutsideOrderQuestion = WordsOf<typeof question>

export const input = question.schema

export const build = (asked: OutsideOrderQuestion): z.infer<typeof input> => input.parse(question.write(asked))
