import { z } from 'zod'
import { row, someTruth } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, decimals, optional, sentRow, time, words } from '../wire-row.ts'

/** 7209 where a delivery is. */
const question = sentRow({
  insurancePrescriptionNumber: ['hiRxno', words(30)],
  deliveryNumber: ['delvNo', words(30)],
  address: ['delvAddr', words(200)],
  distance: ['delvDtce', optional(decimals(10, 2))],
  companyCode: ['delvEntpNo', optional(words(30))],
  companyName: ['delvEntpName', words(50)],
  courierIdType: ['delverCertType', optional(words(3, 'psn_cert_type'))],
  courierIdNumber: ['delverCertno', optional(words(50))],
  courierName: ['delverName', optional(words(30))],
  courierTelephone: ['delverTel', optional(words(20))],
  status: ['delvStasCodg', words(6, 'delv_stas_codg')],
  statusName: ['delvStasName', words(20)],
  statusText: ['delvStasDscr', optional(words(20))],
  statusAt: ['delvStasTime', time()],
  longitude: ['delverLng', optional(words(30))],
  latitude: ['delverLat', optional(words(30))],
  positionType: ['delverGeoType', optional(words(3, 'delver_geo_type'))],
  receiverName: ['delvConner', words(30)],
  receiverTelephone: ['delvConTel', optional(words(20))],
  institutionCode: ['fixmedinsCode', words(20)],
  institutionName: ['fixmedinsName', words(200)],
})
export type DeliveryState = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: DeliveryState): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const noted = answerRow({
  done: ['flag', someTruth()],
})
export type DeliveryReceipt = AnswerOf<typeof noted>
export const outputNodes = { data: noted.schema }

const output = row(z.object({ data: row(noted.words) }))
export const read = (answer: unknown): DeliveryReceipt => output.parse(answer).data
