import { z } from 'zod'
import { row, someTruth } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, optional, sentRow, time, words } from '../wire-row.ts'

/** 7210 a delivery was received. */
const question = sentRow({
  insurancePrescriptionNumber: ['hiRxno', words(30)],
  deliveryNumber: ['delvNo', optional(words(30))],
  statusText: ['delvStasDscr', optional(words(20))],
  courierIdType: ['delverCertType', words(3, 'psn_cert_type')],
  courierIdNumber: ['delverCertno', words(50)],
  courierName: ['delverName', words(30)],
  courierTelephone: ['delverTel', optional(words(20))],
  statusAt: ['delvStasTime', time()],
  longitude: ['delverLng', optional(words(30))],
  latitude: ['delverLat', optional(words(30))],
  positionType: ['delverGeoType', optional(words(3, 'delver_geo_type'))],
  checkedBy: ['chkWayCodg', optional(words(3, 'chk_way_codg'))],
  companyCode: ['delvEntpNo', optional(words(30))],
})
export type DeliveryDone = WordsOf<typeof question>

export const input = z.strictObject({ data: question.schema })

export const build = (asked: DeliveryDone): z.infer<typeof input> => input.parse({ data: question.write(asked) })

const noted = answerRow({
  done: ['flag', someTruth()],
})
export type DeliveryReceipt = AnswerOf<typeof noted>
export const outputNodes = { data: noted.schema }

const output = row(z.object({ data: row(noted.words) }))
export const read = (answer: unknown): DeliveryReceipt => output.parse(answer).data
