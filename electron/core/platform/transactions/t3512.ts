import { z } from 'zod'
import { someFlag, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, optional, sentRow, words } from '../wire-row.ts'
import { ONE_KEY, goodsQuestion, hasKey, readHeldGoods } from './held-goods.ts'

/** 3512 which packs of ours the platform knows to have come in, by code. */
const question = sentRow({
  ...goodsQuestion,
  traceCode: ['drug_trac_codg', optional(words(30))],
})
export type HeldInboundCodeQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema.refine(hasKey('med_list_codg', 'medins_list_codg', 'fixmedins_bchno'), ONE_KEY) })

export const build = (asked: HeldInboundCodeQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const held = answerRow({
  institutionCode: ['fixmedinsCode', someText(30)],
  drugId: ['medinsListCodg', someText(150)],
  rowKey: ['fixmedinsBchno', someText(30)],
  nationalCode: ['medListCodg', someText(50)],
  drugName: ['medinsListName', someText(150)],
  traceCode: ['drugTracCodg', someText(30)],
  valid: ['valiFlag', someFlag(3, 'vali_flag')],
  operatorId: ['opterId', someText(20)],
  creatorName: ['crterName', someText(50)],
  creatorId: ['crterId', someText(20)],
  office: ['optinsNo', someText(20)],
  institutionArea: ['fixBlngAdmdvs', someText(6)],
})
export type HeldInboundCode = AnswerOf<typeof held>
export const outputNodes = { output: held.schema }

export const read = (answer: unknown): readonly HeldInboundCode[] => readHeldGoods(held, answer)
