import { z } from 'zod'
import { row, someText } from '../answer-fields.ts'
import type { UploadRow } from '../client.ts'
import { date, dateTime, decimal, text } from '../wire-fields.ts'
import { count, flag, localTime, price } from './wire-values.ts'

/** What a sale (3505) and a sale return (3506) of goods say alike, and how both are answered. */

export const goodsFields = {
  med_list_codg: text(50),
  fixmedins_hilist_id: text(30),
  fixmedins_hilist_name: text(200),
  fixmedins_bchno: text(30),
  setl_id: text(30).optional(),
  psn_no: text(30).optional(),
  psn_cert_type: text(6, 'psn_cert_type').optional(),
  certno: text(50).optional(),
  psn_name: text(50).optional(),
  manu_lotnum: text(30),
  manu_date: date(),
  expy_end: date().optional(),
  rx_flag: text(3, 'rx_flag'),
  trdn_flag: text(3, 'trdn_flag'),
  finl_trns_pric: decimal(16, 6).optional(),
  sel_retn_cnt: decimal(16, 4),
  sel_retn_time: dateTime(),
  sel_retn_opter_name: text(50),
  memo: text(500).optional(),
  mdtrt_sn: text(30),
}

/** A row of an insured person names the settlement (note of the paper). */
export const namesSettlement = (insuredType: string) => (row: { readonly MDTRT_SETL_TYPE?: string | undefined; readonly setl_id?: string | undefined }): boolean => row.MDTRT_SETL_TYPE !== insuredType || row.setl_id !== undefined
export const SETTLEMENT = { path: ['setl_id'], message: 'required for an insured person' }

/** `mdtrt_sn` is the platform's visit when insured and our own when self-paid (platform.md §7). */
export const goodsOf = (goods: UploadRow) => ({
  med_list_codg: goods.nationalCode,
  fixmedins_hilist_id: goods.drugId,
  fixmedins_hilist_name: goods.drugName,
  fixmedins_bchno: goods.rowKey,
  ...(goods.insured === null ? {} : { setl_id: goods.insured.setlId, psn_no: goods.insured.personNumber, psn_cert_type: goods.insured.idType, certno: goods.insured.idNumber, psn_name: goods.insured.name }),
  manu_lotnum: goods.lotNumber,
  manu_date: goods.manufacturedOn,
  expy_end: goods.expiresOn,
  rx_flag: flag(goods.prescriptionOnly),
  trdn_flag: flag(goods.split),
  finl_trns_pric: price(goods.unitPrice),
  sel_retn_cnt: count(goods.quantity),
  sel_retn_time: localTime(goods.soldAt),
  sel_retn_opter_name: goods.sellerName,
  mdtrt_sn: goods.insured === null ? goods.ownVisitId : goods.insured.visitId,
})

export const codesOf = (goods: UploadRow): readonly { readonly drug_trac_codg: string }[] => goods.traceCodes.map((code) => ({ drug_trac_codg: code }))

/** Two levels of success in the stock family: infcode 0 and retRslt 1 (platform.md §2). Printed in no table; read from the field. */
const result = z.object({ retRslt: someText(), msgRslt: someText() })
const output = z.preprocess((value) => (typeof value === 'object' ? value : null), row(z.object({ result: row(result).nullish() })).nullable())

export type RowResult = { readonly kind: 'taken' } | { readonly kind: 'refused'; readonly message: string } | { readonly kind: 'not-told' }

/** Throws ZodError. */
export const readRowResult = (answer: unknown): RowResult => {
  const found = output.parse(answer ?? null)?.result ?? null
  if (found === null || found.retRslt === '') return { kind: 'not-told' }
  return found.retRslt === '1' ? { kind: 'taken' } : { kind: 'refused', message: found.msgRslt }
}
