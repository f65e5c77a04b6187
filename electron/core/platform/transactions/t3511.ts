import { z } from 'zod'
import { someCount, someDate, someFlag, somePrice, someText, someTime } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, day, flag, optional, sentRow, time, words } from '../wire-row.ts'
import { ONE_KEY, goodsFilters, goodsQuestion, hasKey, heldGoods, readHeldGoods } from './held-goods.ts'

/** 3511 which sales of ours the platform holds. */
const question = sentRow({
  ...goodsQuestion,
  ...goodsFilters,
  platformSaleNumber: ['medins_prod_sel_no', optional(words(30))],
  prescriberIdType: ['prsc_dr_cert_type', optional(words(3))],
  prescriberIdNumber: ['prsc_dr_certno', optional(words(50))],
  prescriberName: ['bilg_dr_name', optional(words(50))],
  pharmacistIdType: ['phar_cert_type', optional(words(3))],
  pharmacistIdNumber: ['phar_certno', optional(words(50))],
  pharmacistName: ['phar_name', optional(words(50))],
  pharmacistLicence: ['phar_prac_cert_no', optional(words(50))],
  feeSettlementType: ['hi_feesetl_type', optional(words(6, 'hi_feesetl_type'))],
  setlId: ['setl_id', optional(words(30))],
  personNumber: ['psn_no', optional(words(30))],
  idType: ['psn_cert_type', optional(words(6, 'psn_cert_type'))],
  idNumber: ['certno', optional(words(600))],
  personName: ['psn_name', optional(words(50))],
  lotNumber: ['manu_lotnum', optional(words(30))],
  manufacturedOn: ['manu_date', optional(day())],
  expiresOn: ['expy_end', optional(day())],
  supervisionCode: ['elec_supn_codg', optional(words(20))],
  split: ['trdn_flag', optional(flag(3, 'trdn_flag'))],
  soldAt: ['sel_retn_time', optional(time())],
  sellerName: ['sel_retn_opter_name', optional(words(50))],
})
export type HeldSaleQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema.refine(hasKey('medins_list_codg', 'fixmedins_bchno'), ONE_KEY) })

export const build = (asked: HeldSaleQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const held = answerRow({
  ...heldGoods,
  expiresOn: ['expyEnd', someDate()],
  pharmacistIdType: ['pharCertType', someText(3, 'psn_cert_type')],
  sellerName: ['selRetnOpterName', someText(50)],
  setlId: ['setlId', someText(30)],
  feeSettlementType: ['hiFeesetlType', someText(6, 'hi_feesetl_type')],
  manufacturedOn: ['manuDate', someDate()],
  personNumber: ['psnNo', someText(30)],
  pharmacistIdNumber: ['pharCertno', someText(50)],
  idNumber: ['certno', someText(600)],
  pharmacistLicence: ['pharPracCertNo', someText(50)],
  personName: ['psnName', someText(50)],
  supervisionCode: ['elecSupnCodg', someText(20)],
  prescriberName: ['bilgDrName', someText(50)],
  lotNumber: ['manuLotnum', someText(30)],
  idType: ['psnCertType', someText(6, 'psn_cert_type')],
  soldAt: ['selRetnTime', someTime()],
  quantity: ['selRetnCnt', someCount(16, 2)],
  pharmacistName: ['pharName', someText(50)],
  prescriberIdType: ['prscDrCertType', someText(3, 'psn_cert_type')],
  prescriberIdNumber: ['prscDrCertno', someText(50)],
  split: ['trdnFlag', someFlag(3, 'trdn_flag')],
  unitPrice: ['finlTrnsPric', somePrice()],
  platformSaleNumber: ['medinsProdSelNo', someText(30)],
})
export type HeldSale = AnswerOf<typeof held>
export const outputNodes = { output: held.schema }

export const read = (answer: unknown): readonly HeldSale[] => readHeldGoods(held, answer)
