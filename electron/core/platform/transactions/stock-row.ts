import { z } from 'zod'
import { text } from '../wire-fields.ts'
import type { SentField } from '../wire-row.ts'
import { count, day, flag, optional, price, time, words } from '../wire-row.ts'

/** What the messages about stock (3501–3504 and their A forms) say alike. Sales are goods-row.ts. */

export const stockFields = {
  nationalCode: ['med_list_codg', words(50)],
  drugId: ['fixmedins_hilist_id', words(30)],
  drugName: ['fixmedins_hilist_name', words(200)],
  /** Ours, unique per row: the key the platform deletes by. */
  rowKey: ['fixmedins_bchno', words(30)],
  prescriptionOnly: ['rx_flag', flag(3, 'rx_flag')],
  note: ['memo', optional(words(500))],
} as const

/** Bought (3503) and sent back (3504) alike. */
export const purchaseFields = {
  ...stockFields,
  supplierName: ['spler_name', words(200)],
  supplierLicence: ['spler_pmtno', optional(words(50))],
  manufacturedOn: ['manu_date', day()],
  expiresOn: ['expy_end', day()],
  unitPrice: ['finl_trns_pric', optional(price())],
  quantity: ['purc_retn_cnt', count()],
  invoiceCode: ['purc_invo_codg', optional(words(50))],
  invoiceNumber: ['purc_invo_no', optional(words(50))],
  receivedAt: ['purc_retn_stoin_time', time()],
  operatorName: ['purc_retn_opter_name', words(50)],
} as const

export const boughtFields = {
  ...purchaseFields,
  deliveryNoteNumber: ['dynt_no', optional(words(50))],
  lotNumber: ['manu_lotnum', words(30)],
  makerName: ['prodentp_name', words(200)],
  approvalNumber: ['aprvno', words(100)],
} as const

export const returnedFields = {
  ...purchaseFields,
  invoiceNumber: ['purc_invo_no', words(50)],
  platformPurchaseNumber: ['medins_prod_purc_no', optional(words(50))],
} as const

/** The codes of a row, one entry a code. */
export const codes = (width: number): SentField<readonly string[]> => ({
  schema: z.array(z.strictObject({ drug_trac_codg: text(width).optional() })),
  write: (all) => all.map((code) => ({ drug_trac_codg: code })),
})
