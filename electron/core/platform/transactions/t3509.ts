import { z } from 'zod'
import { someCount, someFlag, somePrice, someText, someTime } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, flag, optional, sentRow, time, words } from '../wire-row.ts'
import { ONE_KEY, goodsFilters, goodsQuestion, hasKey, heldGoods, readHeldGoods } from './held-goods.ts'

/** 3509 which changes of our stock the platform holds. */
const question = sentRow({
  ...goodsQuestion,
  ...goodsFilters,
  platformChangeNumber: ['medins_prod_inv_chg_no', optional(words(30))],
  changeType: ['inv_chg_type', optional(words(6, 'inv_chg_type'))],
  split: ['trdn_flag', optional(flag(3, 'trdn_flag'))],
  changedAt: ['inv_chg_time', optional(time())],
  operatorName: ['inv_chg_opter_name', optional(words(50))],
})
export type HeldChangeQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema.refine(hasKey('medins_list_codg', 'fixmedins_bchno'), ONE_KEY) })

export const build = (asked: HeldChangeQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const held = answerRow({
  ...heldGoods,
  changedAt: ['invChgTime', someTime()],
  operatorName: ['invChgOpterName', someText(50)],
  changeType: ['invChgType', someText(6, 'inv_chg_type')],
  platformChangeNumber: ['medinsProdInvChgNo', someText(30)],
  quantity: ['cnt', someCount()],
  unitPrice: ['pric', somePrice()],
  split: ['trdnFlag', someFlag(3, 'trdn_flag')],
})
export type HeldChange = AnswerOf<typeof held>
export const outputNodes = { output: held.schema }

export const read = (answer: unknown): readonly HeldChange[] => readHeldGoods(held, answer)
