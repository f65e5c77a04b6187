import { z } from 'zod'
import { neededText, rows, someText, someTime } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, flag, optional, sentRow, words } from '../wire-row.ts'

/** 7201 a person lets this pharmacy see the prescriptions that are theirs. By the voucher, or by a registration of who they are: one of the two, never both. */
const question = sentRow({
  institutionCode: ['fixmedinsCode', words(20)],
  personName: ['psnName', words(40)],
  idType: ['psnCertType', words(6, 'psn_cert_type')],
  idNumber: ['certno', words(50)],
  voucherToken: ['ecToken', optional(words(64))],
  registrationSerial: ['regSn', optional(words(40))],
  deviceAddress: ['ipInfo', words(64)],
  operatorId: ['opter', words(20)],
  operatorName: ['opterName', words(50)],
  office: ['optinsNo', words(20)],
  elsewhere: ['outFlag', optional(flag(3, 'out_flag'))],
  outsideArea: ['outPoolareaNo', optional(words(6))],
  region: ['insuPlcNo', optional(words(6))],
})
export type PrescriptionGrantQuestion = WordsOf<typeof question>

export const input = z.strictObject({
  data: question.schema
    .refine((data) => (data['ecToken'] === undefined) !== (data['regSn'] === undefined), { path: ['ecToken'], message: 'voucher or registration, one of the two' })
    .refine((data) => data['outFlag'] !== '1' || (data['outPoolareaNo'] !== undefined && data['insuPlcNo'] !== undefined), { path: ['outPoolareaNo'], message: 'required for a prescription of another region' }),
})

export const build = (asked: PrescriptionGrantQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const grant = answerRow({
  grantNumber: ['authRxno', neededText(30)],
  prescriptionToken: ['epcToken', neededText(100)],
  expiresAt: ['expiresIn', someTime()],
  prescribingInstitutionCode: ['fixmedinsCode', someText(20)],
  prescribingInstitutionName: ['fixmedinsName', someText(200)],
  prescribedAt: ['prscTime', someTime()],
  departmentName: ['deptName', someText(50)],
  diseaseCode: ['diseCodg', someText(30)],
  diseaseName: ['diseName', someText(500)],
  validUntil: ['valiEndTime', someTime()],
  attribute: ['rxExraAttrCode', someText(3, 'rx_exra_attr_code')],
  attributeName: ['rxExraAttrName', someText(20)],
})
export type PrescriptionGrant = AnswerOf<typeof grant>
export const outputNodes = { data: grant.schema }

const output = z.object({ data: rows(grant.words).optional() }).nullable()
export const read = (answer: unknown): readonly PrescriptionGrant[] => output.parse(answer ?? null)?.data ?? []
