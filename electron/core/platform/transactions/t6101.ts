import { z } from 'zod'
import { neededText, row, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, optional, sentRow, words } from '../wire-row.ts'

/** 6101 the code of an e-voucher, decoded. Asked of the library on this machine, never of the gateway; its person and token go into 1101. */
const question = sentRow({
  institutionCode: ['orgId', words(40)],
  businessType: ['businessType', words(5, 'business_type')],
  businessInfo: ['businessInfo', optional(words(200))],
  operatorId: ['operatorId', words(20)],
  operatorName: ['operatorName', words(30)],
  departmentId: ['officeId', words(20)],
  departmentName: ['officeName', words(30)],
  deviceType: ['deviceType', optional(words(30))],
})
export type VoucherQuestion = WordsOf<typeof question>

export const input = z.strictObject({ InData: question.schema })

export const build = (asked: VoucherQuestion): z.infer<typeof input> => input.parse({ InData: question.write(asked) })

const voucher = answerRow({
  personName: ['userName', neededText(50)],
  idNumber: ['idNo', neededText(30)],
  idType: ['idType', someText(3, 'psn_cert_type')],
  voucherToken: ['ecToken', neededText(40)],
  region: ['insuOrg', someText(6, 'insu_org')],
  grantNumber: ['authNo', someText(40)],
  externalIndex: ['ecIndexNo', someText(32)],
  gender: ['gender', someText(3)],
  bornOn: ['birthday', someText(10)],
  nationality: ['nationality', someText(40)],
  email: ['email', someText(40)],
})
export type DecodedVoucher = AnswerOf<typeof voucher>
export const outputNodes = { OutData: voucher.schema }

const output = row(z.object({ OutData: row(voucher.words) }))
export const read = (answer: unknown): DecodedVoucher => output.parse(answer).OutData
