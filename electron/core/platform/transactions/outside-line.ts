import { someAmount, someCount, somePrice, someText, someTime } from '../answer-fields.ts'
import type { AnswerOf } from '../wire-row.ts'
import { answerRow } from '../wire-row.ts'

/** Lines of a purchase in another region, as 2170 and 2171 answer them. */
/** A line as both answer it; 2171 promises more of it, so nothing is needed. */
export const line = answerRow({
  drugId: ['medins_list_codg', someText(50)],
  drugName: ['medins_list_name', someText(100)],
  insuranceListCode: ['hilist_code', someText(50)],
  insuranceListName: ['hilist_name', someText(100)],
  insuranceListType: ['hilist_type', someText(3, 'hilist_type')],
  level: ['chrgitm_lv', someText(3, 'chrgitm_lv')],
  invoiceItemType: ['med_invo_item_type', someText(3, 'med_invo_item_type')],
  unitPrice: ['pric', somePrice()],
  quantity: ['cnt', someCount(10, 4)],
  amountFen: ['amt', someAmount()],
  dosageForm: ['dosform', someText(20)],
  doseUnit: ['dosunt', someText(20)],
  singleDose: ['sin_dos', someCount(16, 2)],
  spec: ['spec', someText(50)],
  origin: ['orplc', someText(100)],
  usage: ['used_mtd', someText(50)],
  at: ['detl_ocur_time', someTime()],
  doctorName: ['adm_diag_dr', someText(50)],
  operatorName: ['opter_name', someText(50)],
  handledAt: ['opt_time', someTime()],
})
export type OutsideLine = AnswerOf<typeof line>
