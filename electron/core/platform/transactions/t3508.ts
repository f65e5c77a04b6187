import { z } from 'zod'
import { someCount, someDate, someFlag, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, day, flag, optional, sentRow, words } from '../wire-row.ts'
import { ONE_KEY, goodsFilters, goodsQuestion, hasKey, heldGoods, readHeldGoods } from './held-goods.ts'

/** 3508 what the platform holds of our stock. */
const question = sentRow({
  ...goodsQuestion,
  ...goodsFilters,
  platformStockNumber: ['medins_prod_inv_no', optional(words(30))],
  split: ['trdn_flag', optional(flag(3, 'trdn_flag'))],
  countedOn: ['invdate', optional(day())],
  lotNumber: ['manu_lotnum', optional(words(30))],
  manufacturedOn: ['manu_date', optional(day())],
  expiresOn: ['expy_end', optional(day())],
})
export type HeldStockQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema.refine(hasKey('medins_list_codg', 'fixmedins_bchno'), ONE_KEY) })

export const build = (asked: HeldStockQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const held = answerRow({
  ...heldGoods,
  expiresOn: ['expyEnd', someDate()],
  quantity: ['invCnt', someCount(16, 2)],
  manufacturedOn: ['manuDate', someDate()],
  countedOn: ['invdate', someDate()],
  lotNumber: ['manuLotnum', someText(30)],
  platformStockNumber: ['medinsProdInvNo', someText(30)],
  split: ['trdnFlag', someFlag(3, 'trdn_flag')],
})
export type HeldStock = AnswerOf<typeof held>
export const outputNodes = { output: held.schema }

export const read = (answer: unknown): readonly HeldStock[] => readHeldGoods(held, answer)
