import { z } from 'zod'
import { row, someTruth } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, flag, optional, sentRow, words } from '../wire-row.ts'

/** 7208 takes back what 7207 told; a cancelled settlement does so by itself. */
const question = sentRow({
  insurancePrescriptionNumber: ['hiRxno', words(30)],
  institutionCode: ['fixmedinsCode', words(20)],
  insured: ['hiFeesetlFlag', optional(flag(3))],
  outboundSerial: ['selStooutSn', optional(words(30))],
})
export type DispenseUndo = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: DispenseUndo): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const undone = answerRow({
  done: ['flag', someTruth()],
})
export type UndoReceipt = AnswerOf<typeof undone>
export const outputNodes = { data: undone.schema }

const output = row(z.object({ data: row(undone.words) }))
export const read = (answer: unknown): UndoReceipt => output.parse(answer).data
