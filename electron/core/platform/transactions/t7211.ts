import { z } from 'zod'
import { neededText, row, rows, someAmount, someFlag, someText, someTime, someWhole } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, flag, optional, sentRow, texts, time, whole, words } from '../wire-row.ts'
import type { WireNumber } from '../wire-json.ts'

/** 7211 which drugs electronic prescriptions may be for, by code or by name; page by page, a hundred at most. */
const question = sentRow({
  institutionCode: ['fixmedinsCode', words(20)],
  nationalCode: ['medListCodg', optional(words(50))],
  nationalCodes: ['medListCodgs', optional(texts())],
  drugName: ['drugName', optional(words(500))],
  dualChannel: ['dualchnlFlag', optional(flag(3))],
  outpatientPooling: ['oppoolFlag', optional(flag(3))],
  from: ['begntime', optional(time())],
  to: ['endtime', optional(time())],
  page: ['pageNum', whole(3)],
  pageSize: ['pageSize', whole(3)],
})
export type PrescribableQuestion = WordsOf<typeof question>

const HUNDRED = 100
export const input = z.strictObject({
  data: question.schema
    .refine((data) => data['medListCodg'] !== undefined || data['medListCodgs'] !== undefined || data['drugName'] !== undefined, { path: ['medListCodg'], message: 'code or name must be given' })
    .refine((data) => Number((data['pageSize'] as WireNumber).rawJSON) <= HUNDRED, { path: ['pageSize'], message: `more than ${HUNDRED}` }),
})

export const build = (asked: PrescribableQuestion): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const page = answerRow({
  total: ['total', someWhole(10)],
  size: ['size', someWhole(3)],
})

const drug = answerRow({
  nationalCode: ['medListCodg', neededText(50)],
  nationalDrugNumber: ['natDrugNo', someText(20)],
  genericName: ['genname', someText(100)],
  tradeName: ['prodname', someText(100)],
  registeredName: ['regName', someText(500)],
  listType: ['listType', someText(6, 'list_type')],
  listTypeName: ['listTypeName', someText(50)],
  specName: ['specName', someText(500)],
  makerName: ['prdrName', someText(200)],
  approvalNumber: ['aprvno', someText(100)],
  dosageForm: ['dosformName', someText(200)],
  minPackUnit: ['minPacunt', someText(50)],
  minPackCount: ['minPacCnt', someText(50)],
  minPreparationUnit: ['minPrepunt', someText(10)],
  poolingArea: ['poolareaNo', someText(6)],
  poolingAreaName: ['poolareaName', someText(50)],
  dualChannel: ['dualchnlFlag', someFlag(3, 'dualchnl_flag')],
  outpatientPooling: ['oppoolFlag', someFlag(3, 'oppool_flag')],
  from: ['begntime', someTime()],
  to: ['endtime', someTime()],
  limitedUseNote: ['natHiDruglistMemo', someText(4000)],
  nationalClass: ['natHiDruglistChrgitmLv', someText(10)],
  level: ['chrgitmLv', someText(3)],
  paymentStandard: ['hiPayStd', someAmount()],
})
export type PrescribableDrug = AnswerOf<typeof drug>
export const outputNodes = { data: page.schema, list: drug.schema }

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
const output = z.preprocess((value) => (isRecord(value) && isRecord(value['data']) ? { ...value['data'], ...value } : value), z.object({ data: row(page.words), list: rows(drug.words).optional() }))

export const read = (answer: unknown): AnswerOf<typeof page> & { readonly drugs: readonly PrescribableDrug[] } => {
  const { data, list: drugs = [] } = output.parse(answer)
  return { ...data, drugs }
}
