import { z } from 'zod'
import { someCount, someDate, somePrice, someText, someTime } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, day, optional, sentRow, time, words } from '../wire-row.ts'
import { ONE_KEY, goodsFilters, goodsQuestion, hasKey, heldGoods, readHeldGoods } from './held-goods.ts'

/** 3510 which purchases of ours the platform holds. */
const question = sentRow({
  ...goodsQuestion,
  ...goodsFilters,
  platformPurchaseNumber: ['medins_prod_purc_no', optional(words(30))],
  deliveryNoteNumber: ['dynt_no', optional(words(50))],
  supplierName: ['spler_name', optional(words(200))],
  supplierLicence: ['spler_pmtno', optional(words(50))],
  lotNumber: ['manu_lotnum', optional(words(30))],
  makerName: ['prodentp_name', optional(words(200))],
  approvalNumber: ['aprvno', optional(words(100))],
  manufacturedOn: ['manu_date', optional(day())],
  expiresOn: ['expy_end', optional(day())],
  invoiceCode: ['purc_invo_codg', optional(words(50))],
  invoiceNumber: ['purc_invo_no', optional(words(50))],
  receivedAt: ['purc_retn_stoin_time', optional(time())],
  operatorName: ['purc_retn_opter_name', optional(words(50))],
  gift: ['prod_geay_flag', optional(words(3))],
  returned: ['prod_retn_flag', optional(words(3))],
})
export type HeldPurchaseQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema.refine(hasKey('medins_list_codg', 'fixmedins_bchno'), ONE_KEY) })

export const build = (asked: HeldPurchaseQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const held = answerRow({
  ...heldGoods,
  expiresOn: ['expyEnd', someDate()],
  returned: ['prodRetnFlag', someText(6, 'prod_retn_flag')],
  manufacturedOn: ['manuDate', someDate()],
  makerName: ['prodentpName', someText(200)],
  approvalNumber: ['aprvno', someText(100)],
  platformPurchaseNumber: ['medinsProdPurcNo', someText(30)],
  invoiceNumber: ['purcInvoNo', someText(50)],
  receivedAt: ['purcRetnStoinTime', someTime()],
  lotNumber: ['manuLotnum', someText(30)],
  supplierName: ['splerName', someText(200)],
  gift: ['prodGeayFlag', someText(3, 'prod_geay_flag')],
  operatorName: ['purcRetnOpterName', someText(50)],
  invoiceCode: ['purcInvoCodg', someText(50)],
  supplierLicence: ['splerPmtno', someText(50)],
  unitPrice: ['finlTrnsPric', somePrice()],
  quantity: ['purcRetnCnt', someCount(16, 2)],
  deliveryNoteNumber: ['dyntNo', someText(50)],
})
export type HeldPurchase = AnswerOf<typeof held>
export const outputNodes = { output: held.schema }

export const read = (answer: unknown): readonly HeldPurchase[] => readHeldGoods(held, answer)
