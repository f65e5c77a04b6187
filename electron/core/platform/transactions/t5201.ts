import { z } from 'zod'
import { neededText, rows, someDate, someFlag, someTenths, someText, someTime, someWhole } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, optional, sentRow, time, words } from '../wire-row.ts'

/** 5201 visits of a person in our institution within a time. */
const question = sentRow({
  personNumber: ['psn_no', words(30)],
  from: ['begntime', time()],
  to: ['endtime', time()],
  medType: ['med_type', words(6, 'med_type')],
  visitId: ['mdtrt_id', optional(words(30))],
})
export type VisitQuestion = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: VisitQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const visit = answerRow({
  visitId: ['mdtrt_id', neededText(30)],
  personNumber: ['psn_no', someText(30)],
  idType: ['psn_cert_type', someText(6, 'psn_cert_type')],
  idNumber: ['certno', someText(50)],
  personName: ['psn_name', someText(50)],
  gender: ['gend', someText(6, 'gend')],
  ethnicity: ['naty', someText(3, 'naty')],
  bornOn: ['brdy', someDate()],
  ageTenths: ['age', someTenths()],
  contactName: ['coner_name', someText(50)],
  telephone: ['tel', someText(50)],
  insuranceType: ['insutype', someText(6, 'insutype')],
  personType: ['psn_type', someText(6, 'psn_type')],
  assisted: ['maf_psn_flag', someFlag(3, 'maf_psn_flag')],
  civilServant: ['cvlserv_flag', someFlag(3, 'cvlserv_flag')],
  flexibleWorker: ['flxempe_flag', someFlag(3, 'flxempe_flag')],
  newborn: ['nwb_flag', someFlag(3, 'nwb_flag')],
  insuredOffice: ['insu_optins', someText(6)],
  employerName: ['emp_name', someText(200)],
  from: ['begntime', someTime()],
  to: ['endtime', someTime()],
  credentialType: ['mdtrt_cert_type', someText(3, 'mdtrt_cert_type')],
  medType: ['med_type', someText(6, 'med_type')],
  acrossYears: ['ars_year_ipt_flag', someFlag(3, 'ars_year_ipt_flag')],
  paidInAdvance: ['pre_pay_flag', someFlag(3, 'pre_pay_flag')],
  caseNumber: ['ipt_otp_no', someText(30)],
  recordNumber: ['medrcdno', someText(30)],
  attendingCode: ['atddr_no', someText(30)],
  chiefName: ['chfpdr_name', someText(50)],
  admissionDepartmentCode: ['adm_dept_codg', someText(30)],
  admissionDepartmentName: ['adm_dept_name', someText(100)],
  admissionBed: ['adm_bed', someText(30)],
  mainDiagnosisCode: ['dscg_maindiag_code', someText(20)],
  mainDiagnosisName: ['dscg_maindiag_name', someText(300)],
  dischargeDepartmentCode: ['dscg_dept_codg', someText(30)],
  dischargeDepartmentName: ['dscg_dept_name', someText(100)],
  dischargeBed: ['dscg_bed', someText(30)],
  dischargeWay: ['dscg_way', someText(3, 'dscg_way')],
  mainCondition: ['main_cond_dscr', someText(1000)],
  diseaseCode: ['dise_codg', someText(30)],
  diseaseName: ['dise_name', someText(500)],
  operationCode: ['oprn_oprt_code', someText(30)],
  operationName: ['oprn_oprt_name', someText(500)],
  outpatientDiagnosis: ['otp_diag_info', someText(200)],
  inHospital: ['inhosp_stas', someText(3, 'inhosp_stas')],
  diedOn: ['die_date', someDate()],
  inpatientDays: ['ipt_days', someWhole(4)],
  birthPermitNumber: ['fpsc_no', someText(50)],
  maternityType: ['matn_type', someText(6, 'matn_type')],
  birthControlType: ['birctrl_type', someText(6, 'birctrl_type')],
  lateBirth: ['latechb_flag', someFlag(3, 'latechb_flag')],
  gestationWeeks: ['geso_val', someWhole(2)],
  pregnancyOrder: ['fetts', someWhole(3)],
  foetusCount: ['fetus_cnt', someWhole(3)],
  premature: ['pret_flag', someFlag(3, 'pret_flag')],
  birthControlOn: ['birctrl_matn_date', someDate()],
  complication: ['cop_flag', someFlag(3, 'cop_flag')],
  operatorId: ['opter_id', someText(20)],
  operatorName: ['opter_name', someText(50)],
  handledAt: ['opt_time', someTime()],
  note: ['memo', someText(500)],
})
export type HeldVisit = AnswerOf<typeof visit>
export const outputNodes = { mdtrtinfo: visit.schema }

const output = z.object({ mdtrtinfo: rows(visit.words).optional() }).nullable()
export const read = (answer: unknown): readonly HeldVisit[] => output.parse(answer ?? null)?.mdtrtinfo ?? []
