import { z } from 'zod'
import { neededCount, neededText, row, rows, someCount, someFlag, someShare, someTenths, someText, someTime, someWhole } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, sentRow, words } from '../wire-row.ts'

/** 7204 downloads a prescription that was granted: who wrote it, for whom, against what, and which drugs. */
const question = sentRow({
  prescriptionToken: ['epcToken', words(100)],
  grantNumber: ['authRxno', words(30)],
  institutionCode: ['fixmedinsCode', words(20)],
  deviceInfo: ['devInfo', words(255)],
  deviceAddress: ['ipInfo', words(64)],
  operatorId: ['opter', words(20)],
  operatorName: ['opterName', words(50)],
  office: ['optinsNo', words(20)],
})
export type PrescriptionQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: PrescriptionQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const head = answerRow({
  insurancePrescriptionNumber: ['hiRxno', neededText(30)],
  prescriptionTraceCode: ['rxTraceCode', someText(20)],
  prescribingInstitutionCode: ['fixmedinsCode', someText(12)],
  prescribingInstitutionName: ['fixmedinsName', someText(200)],
  prescribedAt: ['prscTime', someTime()],
  departmentName: ['prscDeptName', someText(50)],
  validUntil: ['valiEndTime', someTime()],
  prescriptionType: ['rxTypeCode', someText(3, 'rx_type_code')],
  prescriptionTypeName: ['rxTypeName', someText(20)],
  longTerm: ['longRxFlag', someFlag(3, 'long_rx_flag')],
  file: ['rxFile', neededText()],
  fileSuffix: ['fileSuffix', someText(6)],
})

const drug = answerRow({
  nationalCode: ['medListCodg', neededText(50)],
  drugId: ['fixmedinsHilistId', someText(30)],
  hospitalMade: ['hospPrepFlag', someFlag(3, 'hosp_prep_flag')],
  itemType: ['rxItemTypeCode', someText(30, 'rx_item_type_code')],
  itemTypeName: ['rxItemTypeName', someText(100)],
  herbTypeName: ['tcmdrugTypeName', someText(20)],
  herbType: ['tcmdrugTypeCode', someText(30, 'tcmdrug_type_code')],
  herbNote: ['tcmherbFoote', someText(200)],
  medicineType: ['mednTypeCode', someText(100, 'medn_type_code')],
  medicineTypeName: ['mednTypeName', someText(100)],
  mainMedication: ['mainMedcFlag', someText(30)],
  urgent: ['urgtFlag', someFlag(30, 'urgt_flag')],
  essential: ['basMednFlag', someFlag(3, 'bas_medn_flag')],
  otc: ['otcFlag', someFlag(3, 'otc_flag')],
  imported: ['impDrugFlag', someFlag(3, 'imp_drug_flag')],
  tradeName: ['drugProdname', someText(255)],
  genericName: ['drugGenname', someText(500)],
  dosageForm: ['drugDosform', someText(30)],
  spec: ['drugSpec', someText(40)],
  makerName: ['prdrName', someText(100)],
  routeCode: ['medcWayCodg', someText(10, 'medc_way_codg')],
  route: ['medcWayDscr', someText(100)],
  from: ['medcBegntime', someTime()],
  to: ['medcEndtime', someTime()],
  days: ['medcDays', someShare(8, 2)],
  quantity: ['drugCnt', neededCount()],
  quantityUnit: ['drugDosunt', someText(20)],
  singleDose: ['sinDoscnt', someCount()],
  singleDoseUnit: ['sinDosunt', someText(20)],
  frequencyCode: ['usedFrquCodg', someText(10, 'used_frqu_codg')],
  frequency: ['usedFrquName', someText(30)],
  packs: ['drugTotlcnt', someWhole(16)],
  packUnit: ['drugTotlcntEmp', someText(40)],
  hospitalApproval: ['hospApprFlag', someText(3, 'hosp_appr_flag')],
  taken: ['takeDrugFlag', someFlag(3, 'take_drug_flag')],
  selfPayReason: ['selfPayRea', someText(6, 'self_pay_rea')],
  selfPayReasonText: ['realDscr', someText(1000)],
})

const patient = answerRow({
  medType: ['medType', someText(6, 'med_type')],
  careKind: ['otpIptFlag', someText(30, 'otp_ipt_flag')],
  patientName: ['patnName', someText(42)],
  ageTenths: ['patnAge', someTenths()],
  height: ['patnHgt', someShare(6, 2)],
  weight: ['patnWt', someShare(6, 2)],
  gender: ['gend', someText(6, 'gend')],
  gestationWeeks: ['gesoVal', someWhole()],
  newborn: ['nwbFlag', someFlag(3, 'nwb_flag')],
  newbornAge: ['nwbAge', someText(20)],
  breastfeeding: ['suckPrdFlag', someFlag(3, 'suck_prd_flag')],
  allergies: ['algsHis', someText(1000)],
  mainDiagnosisCode: ['maindiagCode', someText(20)],
  mainDiagnosisName: ['maindiagName', someText(40)],
  condition: ['diseCondDscr', someText(200)],
  diseaseCode: ['diseCodg', someText(30)],
  diseaseName: ['diseName', someText(500)],
})

const diagnosis = answerRow({
  diagnosisType: ['diagType', someText(3, 'diag_type')],
  main: ['maindiagFlag', someFlag(3, 'maindiag_flag')],
  position: ['diagSrtNo', someWhole(2)],
  diagnosisCode: ['diagCode', someText(30)],
  diagnosisName: ['diagName', someText(100)],
  tcmDiseaseCode: ['tcmDiseCode', someText(30)],
  tcmDiseaseName: ['tcmDiseName', someText(300)],
  tcmSyndromeCode: ['tcmsympCode', someText(30)],
  tcmSyndrome: ['tcmsymp', someText(300)],
})
export const outputNodes = { data: head.schema, rxDetlList: drug.schema, rxOtpinfo: patient.schema, rxDiseList: diagnosis.schema }

export interface Prescription {
  readonly head: AnswerOf<typeof head>
  readonly drugs: readonly AnswerOf<typeof drug>[]
  readonly patient: AnswerOf<typeof patient>
  readonly diagnoses: readonly AnswerOf<typeof diagnosis>[]
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
const output = z.preprocess(
  // The three other nodes stand beside `data`; seen inside it elsewhere.
  (value) => (isRecord(value) && isRecord(value['data']) ? { ...value['data'], ...value } : value),
  z.object({ data: row(head.words), rxDetlList: rows(drug.words), rxOtpinfo: row(patient.words), rxDiseList: rows(diagnosis.words).optional() }),
)

/** Throws ZodError. */
export const read = (answer: unknown): Prescription => {
  const { data, rxDetlList: drugs, rxOtpinfo, rxDiseList: diagnoses = [] } = output.parse(answer)
  return { head: data, drugs, patient: rxOtpinfo, diagnoses }
}
