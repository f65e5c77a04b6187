import { z } from 'zod'
import { someCount, someDate, someFlag, somePrice, someText, someTime } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, flag, list, optional, price, sentRow, words } from '../wire-row.ts'
import { boughtFields } from './stock-row.ts'
import type { BatchOutcome } from './batch-result.ts'
import { readBatch } from './batch-result.ts'

/** One paper of a purchase, Base64; the name with its ending. */
const paper = sentRow({
  rowKey: ['fixmedins_bchno', words(30)],
  content: ['file_data', words(1000)],
  fileName: ['file_name', words(30)],
})

/** 3503A goods bought, several rows at once, with the papers of each. Answered row by row. */
const row = sentRow({
  ...boughtFields,
  unitPrice: ['finl_trns_pric', price()],
  gift: ['prod_geay_flag', optional(flag(3))],
  documents: ['purc_invo_file_List', list(paper)],
})
export type PurchaseRow = WordsOf<typeof row>

export const input = z.strictObject({ purcinfoDetail: z.array(row.schema).min(1) })

export const build = (told: readonly PurchaseRow[]): z.infer<typeof input> => input.parse({ purcinfoDetail: told.map(row.write) })

const answered = answerRow({
  nationalCode: ['med_list_codg', someText(50)],
  drugId: ['fixmedins_hilist_id', someText(30)],
  drugName: ['fixmedins_hilist_name', someText(200)],
  deliveryNoteNumber: ['dynt_no', someText(50)],
  rowKey: ['fixmedins_bchno', someText(30)],
  supplierName: ['spler_name', someText(200)],
  supplierLicence: ['spler_pmtno', someText(50)],
  lotNumber: ['manu_lotnum', someText(30)],
  makerName: ['prodentp_name', someText(200)],
  approvalNumber: ['aprvno', someText(100)],
  manufacturedOn: ['manu_date', someDate()],
  expiresOn: ['expy_end', someDate()],
  unitPrice: ['finl_trns_pric', somePrice()],
  quantity: ['purc_retn_cnt', someCount()],
  invoiceCode: ['purc_invo_codg', someText(50)],
  invoiceNumber: ['purc_invo_no', someText(50)],
  prescriptionOnly: ['rx_flag', someFlag(3, 'rx_flag')],
  receivedAt: ['purc_retn_stoin_time', someTime()],
  operatorName: ['purc_retn_opter_name', someText(50)],
  gift: ['prod_geay_flag', someText(3)],
  note: ['memo', someText(500)],
  platformPurchaseNumber: ['medins_prod_purc_no', someText(30)],
  result: ['retRslt', someText(6)],
  reason: ['msgRslt', someText(2000)],
})
export const outputNodes = { purcinfoDetail: answered.schema }
export type PurchaseOutcome = BatchOutcome<AnswerOf<typeof answered>>

export const read = (answer: unknown): readonly PurchaseOutcome[] => readBatch(answered, 'purcinfoDetail', answer)
