import { z } from 'zod'
import type { WordsOf } from '../wire-row.ts'
import { bytes, day, flag, optional, sentRow, time, whole, words } from '../wire-row.ts'

/** 2203A an outpatient visit at a pharmacy and its diagnoses, where a pharmacy may run one. A diagnosis is voided by sending it again as not valid. */
const visit = sentRow({
  visitId: ['mdtrt_id', words(30)],
  personNumber: ['psn_no', words(30)],
  medType: ['med_type', words(6, 'med_type')],
  from: ['begntime', time()],
  mainCondition: ['main_cond_dscr', optional(words(1000))],
  diseaseCode: ['dise_codg', optional(words(30))],
  diseaseName: ['dise_name', optional(words(500))],
  birthControlType: ['birctrl_type', optional(words(6, 'birctrl_type'))],
  birthControlOn: ['birctrl_matn_date', optional(day())],
  maternityType: ['matn_type', optional(words(6))],
  gestationWeeks: ['geso_val', optional(whole(2))],
  prescribingInstitutionCode: ['rxfixmedinsCode', optional(words(12))],
  prescribingInstitutionName: ['rxfixmedinsName', optional(words(20))],
  prescriptionFile: ['rxIn', optional(bytes())],
  prescriptionFileName: ['rxfilename', optional(words(200))],
  prescriptionExtra: ['rxExpContent', optional(words(2000))],
  extra: ['exp_content', optional(words(4000))],
})

const diagnosis = sentRow({
  diagnosisType: ['diag_type', words(3, 'diag_type')],
  position: ['diag_srt_no', whole(2)],
  diagnosisCode: ['diag_code', words(30)],
  diagnosisName: ['diag_name', words(100)],
  departmentName: ['diag_dept', words(50)],
  doctorCode: ['dise_dor_no', words(30)],
  doctorName: ['dise_dor_name', words(50)],
  diagnosedAt: ['diag_time', time()],
  valid: ['vali_flag', flag(3, 'vali_flag')],
})
export type PharmacyVisit = WordsOf<typeof visit>
export type VisitDiagnosis = WordsOf<typeof diagnosis>

export const input = z.strictObject({ mdtrtinfo: visit.schema, diseinfo: z.array(diagnosis.schema).min(1) })

export const build = (told: PharmacyVisit, diagnoses: readonly VisitDiagnosis[]): z.infer<typeof input> => input.parse({ mdtrtinfo: visit.write(told), diseinfo: diagnoses.map(diagnosis.write) })
