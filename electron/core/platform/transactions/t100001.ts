import { z } from 'zod'
import { neededText, rows, someAmount, someShare, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, sentRow, words } from '../wire-row.ts'

/** 100001 what each item of the policy contributed to a settlement. Names with capitals are the paper's. */
const question = sentRow({
  personNumber: ['psn_No', words(30)],
  setlId: ['setl_Id', words(30)],
  visitId: ['mdtrt_Id', words(30)],
})
export type PolicyQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: PolicyQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const item = answerRow({
  setlId: ['setlId', someText(50)],
  visitId: ['mdtrtId', someText(30)],
  personNumber: ['psnNo', someText(30)],
  itemCode: ['polItemCode', neededText(50)],
  itemName: ['polItemName', someText(50)],
  selfPayFen: ['selfPayAmt', someAmount(null)],
  selfPayShare: ['selfPayProp', someShare(null)],
  fundFen: ['fundPayAmt', someAmount(null)],
  fundShare: ['fundPayProp', someShare(null)],
  totalFen: ['polItemPaySum', someAmount(null)],
})
export type PolicyItem = AnswerOf<typeof item>
/** Printed among the inputs by mistake. */
export const outputNodes = { data: item.schema }

const output = z.object({ data: rows(item.words).optional() }).nullable()
export const read = (answer: unknown): readonly PolicyItem[] => output.parse(answer ?? null)?.data ?? []
