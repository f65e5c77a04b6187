import { z } from 'zod'
import { neededText, someAmount, someCount, someFlag, somePrice, someShare, someText, someTime } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, sentRow, words } from '../wire-row.ts'
import { readPage } from './paged-list.ts'

/** 5204 the lines of one settlement as the platform holds them. */
const question = sentRow({
  personNumber: ['psn_no', words(30)],
  setlId: ['setl_id', words(30)],
  visitId: ['mdtrt_id', words(30)],
})
export type LinesQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: LinesQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const line = answerRow({
  visitId: ['mdtrt_id', someText(30)],
  setlId: ['setl_id', someText(30)],
  lineNumber: ['feedetl_sn', neededText(30)],
  prescriptionNumber: ['rx_drord_no', someText(30)],
  medType: ['med_type', someText(6, 'med_type')],
  at: ['fee_ocur_time', someTime()],
  quantity: ['cnt', someCount()],
  unitPrice: ['pric', somePrice()],
  dose: ['sin_dos_dscr', someText(200)],
  frequency: ['used_frqu_dscr', someText(200)],
  days: ['prd_days', someShare(4, 2)],
  route: ['medc_way_dscr', someText(200)],
  amountFen: ['det_item_fee_sumamt', someAmount()],
  priceLimit: ['pric_uplmt_amt', somePrice()],
  selfPayShare: ['selfpay_prop', someShare()],
  fullSelfPayFen: ['fulamt_ownpay_amt', someAmount()],
  overLimitFen: ['overlmt_amt', someAmount()],
  preSelfPayFen: ['preselfpay_amt', someAmount()],
  inScopeFen: ['inscp_scp_amt', someAmount()],
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
  billingDepartmentCode: ['bilg_dept_codg', someText(30)],
  billingDepartmentName: ['bilg_dept_name', someText(100)],
  billingDoctorCode: ['bilg_dr_codg', someText(30)],
  billingDoctorName: ['bilg_dr_name', someText(50)],
  receivingDepartmentCode: ['acord_dept_codg', someText(30)],
  receivingDepartmentName: ['acord_dept_name', someText(100)],
  receivingDoctorCode: ['orders_dr_code', someText(30)],
  receivingDoctorName: ['orders_dr_name', someText(50)],
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
  directlyReported: ['drt_reim_flag', someFlag(3, 'drt_reim_flag')],
  note: ['memo', someText(500)],
  operatorId: ['opter_id', someText(20)],
  operatorName: ['opter_name', someText(50)],
  handledAt: ['opt_time', someTime()],
})
export type HeldLine = AnswerOf<typeof line>
export const outputNodes = { '': line.schema }

/** The paper prints one flat row and says that there are several. */
export const read = (answer: unknown): readonly HeldLine[] => readPage(line, answer)
