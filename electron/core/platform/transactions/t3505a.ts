import { z } from 'zod'
import { neededText, someCount, someDate, someFlag, somePrice, someText, someTime } from '../answer-fields.ts'
import type { AnswerOf } from '../wire-row.ts'
import { answerRow } from '../wire-row.ts'
import type { UploadRow } from '../client.ts'
import type { RegionProfile } from '../profile.ts'
import { decimal, text } from '../wire-fields.ts'
import type { BatchOutcome } from './batch-result.ts'
import { readBatch } from './batch-result.ts'
import { SETTLEMENT, codesOf, goodsFields, goodsOf, namesSettlement } from './goods-row.ts'
import { oncePer } from './once-per.ts'

/** 3505A goods sold, several rows at once. Beside 3505: a price, a barcode and, of people of the fund, their doctor's and pharmacist's numbers. Answered row by row. */

/** What the paper wants where a drug has no barcode. */
const NO_BARCODE = 'NDPB999'

type Settings = Pick<RegionProfile, 'traceCodes' | 'upload'>
/** What the batch form can say beyond the single one. */
export type BatchGoods = UploadRow & { readonly prescriptionNumber?: string | null; readonly prescriberCode?: string | null; readonly pharmacistCode?: string | null }

export const inputOf = oncePer(({ traceCodes, upload }: Settings) => z.strictObject({
  selinfoDetail: z.array(z.strictObject({
    ...goodsFields,
    finl_trns_pric: decimal(16, 6),
    prsc_dr_cert_type: text(6).optional(),
    prsc_dr_certno: text(50).optional(),
    prsc_dr_name: text(50),
    phar_cert_type: text(6).optional(),
    phar_certno: text(50).optional(),
    phar_name: text(50),
    phar_prac_cert_no: text(50),
    hi_feesetl_type: text(6, 'hi_feesetl_type').optional(),
    rxno: text(40).optional(),
    rx_circ_flag: text(3, 'rx_circ_flag').optional(),
    rtal_docno: text(40),
    stoout_no: text(40).optional(),
    bchno: text(30).optional(),
    drug_prod_barc: text(500),
    shelf_posi: text(20).optional(),
    prsc_dr_no: text(50).optional(),
    phar_no: text(50).optional(),
    MDTRT_SETL_TYPE: text(6).optional(),
    drugtracinfo: z.array(z.strictObject({ drug_trac_codg: text(traceCodes.widths['3505']).optional() })),
  }).refine(namesSettlement(upload.insuredType), SETTLEMENT)).min(1),
}))

export const build = (rows: readonly BatchGoods[], settings: Settings): z.infer<ReturnType<typeof inputOf>> => inputOf(settings).parse({
  selinfoDetail: rows.map((goods) => ({
    ...goodsOf(goods),
    // Required even where nobody prescribed: the profile's word for "none", never a made-up name.
    prsc_dr_name: settings.upload.noPrescriber,
    prsc_dr_no: goods.prescriberCode ?? undefined,
    phar_name: goods.pharmacistName,
    phar_prac_cert_no: goods.pharmacistLicence,
    phar_no: goods.pharmacistCode ?? undefined,
    rxno: goods.prescriptionNumber ?? undefined,
    rtal_docno: goods.receiptNumber,
    drug_prod_barc: goods.barcode || NO_BARCODE,
    MDTRT_SETL_TYPE: goods.insured === null ? settings.upload.selfPaidType : settings.upload.insuredType,
    drugtracinfo: codesOf(goods),
  })),
})

const told = answerRow({
  nationalCode: ['med_list_codg', someText(50)],
  drugId: ['fixmedins_hilist_id', someText(30)],
  drugName: ['fixmedins_hilist_name', someText(200)],
  rowKey: ['fixmedins_bchno', neededText(30)],
  prescriberIdType: ['prsc_dr_cert_type', someText(6)],
  prescriberIdNumber: ['prsc_dr_certno', someText(50)],
  prescriberName: ['prsc_dr_name', someText(50)],
  pharmacistIdType: ['phar_cert_type', someText(6)],
  pharmacistIdNumber: ['phar_certno', someText(50)],
  pharmacistName: ['phar_name', someText(50)],
  pharmacistLicence: ['phar_prac_cert_no', someText(50)],
  feeSettlementType: ['hi_feesetl_type', someText(6, 'hi_feesetl_type')],
  setlId: ['setl_id', someText(30)],
  visitNumber: ['mdtrt_sn', someText(30)],
  personNumber: ['psn_no', someText(30)],
  idType: ['psn_cert_type', someText(6, 'psn_cert_type')],
  idNumber: ['certno', someText(50)],
  personName: ['psn_name', someText(50)],
  lotNumber: ['manu_lotnum', someText(30)],
  manufacturedOn: ['manu_date', someDate()],
  expiresOn: ['expy_end', someDate()],
  prescriptionOnly: ['rx_flag', someFlag(3, 'rx_flag')],
  split: ['trdn_flag', someFlag(3, 'trdn_flag')],
  unitPrice: ['finl_trns_pric', somePrice()],
  prescriptionNumber: ['rxno', someText(40)],
  outsidePrescription: ['rx_circ_flag', someText(3, 'rx_circ_flag')],
  receiptNumber: ['rtal_docno', someText(40)],
  outboundNumber: ['stoout_no', someText(40)],
  batchNumber: ['bchno', someText(30)],
  barcode: ['drug_prod_barc', someText(500)],
  shelf: ['shelf_posi', someText(20)],
  quantity: ['sel_retn_cnt', someCount()],
  soldAt: ['sel_retn_time', someTime()],
  sellerName: ['sel_retn_opter_name', someText(50)],
  note: ['memo', someText(500)],
  prescriberCode: ['prsc_dr_no', someText(50)],
  pharmacistCode: ['phar_no', someText(50)],
  settlementType: ['MDTRT_SETL_TYPE', someText(6)],
  result: ['retRslt', someText(6)],
  reason: ['msgRslt', someText(2000)],
  platformSaleNumber: ['medins_prod_sel_no', someText(30)],
})

export const outputNodes = { selinfoDetail: told.schema }
export type SoldRowOutcome = BatchOutcome<AnswerOf<typeof told>>

/** A row that is not told of was neither taken nor refused. */
export const read = (answer: unknown): readonly SoldRowOutcome[] => readBatch(told, 'selinfoDetail', answer)
