import { z } from 'zod'
import { row, someText, someTruth } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, count, flag, money, optional, sentRow, time, words } from '../wire-row.ts'

/** 7207 the drugs of a prescription went out. Not insured: the prescription counts as used, and the cash must be named. */
const sale = sentRow({
  insurancePrescriptionNumber: ['hiRxno', words(30)],
  institutionCode: ['fixmedinsCode', words(20)],
  institutionName: ['fixmedinsName', words(200)],
  reviewerIdType: ['rchkPharCertType', optional(words(6, 'psn_cert_type'))],
  reviewerIdNumber: ['rchkPharCertno', optional(words(50))],
  reviewerName: ['rchkPharName', optional(words(40))],
  dispenserIdType: ['dspeerCertType', optional(words(6, 'psn_cert_type'))],
  dispenserIdNumber: ['dspeerCertno', optional(words(50))],
  dispenserName: ['dspeerName', optional(words(40))],
  reviewNumber: ['rxChkBizSn', words(30)],
  insured: ['hiFeesetlFlag', optional(flag(3, 'hi_feesetl_flag'))],
  cashFen: ['psnCashPay', optional(money(14, 2))],
})

const drug = sentRow({
  receiptNumber: ['rtalDocno', words(40)],
  outboundNumber: ['stooutNo', optional(words(40))],
  outboundAt: ['stooutTime', time()],
  nationalCode: ['medListCodg', words(50)],
  drugId: ['medinsListCodg', words(50)],
  tradeName: ['drugProdname', optional(words(100))],
  genericName: ['drugGenname', words(100)],
  spec: ['drugSpec', words(500)],
  dosageForm: ['drugDosform', optional(words(50))],
  makerName: ['prdrName', optional(words(1000))],
  approvalNumber: ['aprvno', optional(words(100))],
  lotNumber: ['manuLotnum', optional(words(30))],
  batchNumber: ['bchno', optional(words(30))],
  standardCode: ['drugstdcode', optional(words(50))],
  traceCode: ['drugTraceCodg', optional(words(30))],
  barcode: ['drugProdBarc', optional(words(30))],
  shelf: ['shelfLoc', optional(words(20))],
  packs: ['drugTotlcnt', count(16, 2)],
  packUnit: ['drugTotlcntEmp', words(40)],
  amountFen: ['drugSumamt', optional(money(16, 6))],
})
export type DispensedPrescription = WordsOf<typeof sale> & { readonly drugs: readonly WordsOf<typeof drug>[] }

const needsCash = sale.schema.refine((data) => data['hiFeesetlFlag'] !== '0' || data['psnCashPay'] !== undefined, { path: ['psnCashPay'], message: 'required when the insurance does not settle' })
export const input = z.strictObject({ data: needsCash, rxSaleDrugDetl: z.array(drug.schema).min(1) })

export const build = (dispensed: DispensedPrescription): z.infer<typeof input> => input.parse({ data: sale.write(dispensed), rxSaleDrugDetl: dispensed.drugs.map(drug.write) })

const receipt = answerRow({
  done: ['flag', someTruth()],
  outboundSerial: ['selStooutSn', someText(30)],
})
export type DispenseReceipt = AnswerOf<typeof receipt>
export const outputNodes = { data: receipt.schema }

const output = row(z.object({ data: row(receipt.words) }))
export const read = (answer: unknown): DispenseReceipt => output.parse(answer).data
