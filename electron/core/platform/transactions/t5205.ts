import { z } from 'zod'
import { rows, someCount, someFlag, somePrice, someText, someTime } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, optional, sentRow, time, words } from '../wire-row.ts'

/** 5205 what a person with a chronic filing was dispensed within a time, wherever it was. */
const question = sentRow({
  personNumber: ['psn_no', words(30)],
  from: ['begntime', time()],
  to: ['endtime', optional(time())],
})
export type DispensedQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: DispensedQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const dispensed = answerRow({
  lineNumber: ['feedetl_sn', someText(30)],
  prescriptionNumber: ['rx_drord_no', someText(30)],
  institutionCode: ['fixmedins_code', someText(12)],
  institutionName: ['fixmedins_name', someText(200)],
  personNumber: ['psn_no', someText(30)],
  medType: ['med_type', someText(6, 'med_type')],
  at: ['fee_ocur_time', someTime()],
  quantity: ['cnt', someCount()],
  unitPrice: ['pric', somePrice()],
  level: ['chrgitm_lv', someText(3, 'chrgitm_lv')],
  insuranceListCode: ['hilist_code', someText(50)],
  insuranceListName: ['hilist_name', someText(200)],
  listType: ['list_type', someText(6, 'list_type')],
  nationalCode: ['med_list_codg', someText(50)],
  drugId: ['medins_list_codg', someText(150)],
  drugName: ['medins_list_name', someText(100)],
  chargeType: ['med_chrgitm_type', someText(6, 'med_chrgitm_type')],
  tradeName: ['prodname', someText(200)],
  spec: ['spec', someText(200)],
  dosageForm: ['dosform_name', someText(200)],
  limitedUse: ['lmt_used_flag', someFlag(3, 'lmt_used_flag')],
  hospitalMade: ['hosp_prep_flag', someFlag(3, 'hosp_prep_flag')],
  hospitalApproval: ['hosp_appr_flag', someText(3, 'hosp_appr_flag')],
  herbUse: ['tcmdrug_used_way', someText(6, 'tcmdrug_used_way')],
  origin: ['prodplac_type', someText(6, 'prodplac_type')],
  essential: ['bas_medn_flag', someFlag(3, 'bas_medn_flag')],
  negotiated: ['hi_nego_drug_flag', someFlag(3, 'hi_nego_drug_flag')],
  forChildren: ['chld_medc_flag', someFlag(3, 'chld_medc_flag')],
  externalTest: ['etip_flag', someFlag(3, 'etip_flag')],
  externalHospitalCode: ['etip_hosp_code', someText(30)],
  takeHome: ['dscg_tkdrug_flag', someFlag(3, 'dscg_tkdrug_flag')],
  specialItem: ['list_sp_item_flag', someText(3, 'list_sp_item_flag')],
  maternityFee: ['matn_fee_flag', someFlag(6, 'matn_fee_flag')],
})
export type DispensedDrug = AnswerOf<typeof dispensed>
export const outputNodes = { feedetail: dispensed.schema }

const output = z.object({ feedetail: rows(dispensed.words).optional() }).nullable()
export const read = (answer: unknown): readonly DispensedDrug[] => output.parse(answer ?? null)?.feedetail ?? []
