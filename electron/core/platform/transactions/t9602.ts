import { z } from 'zod'
import type { WordsOf } from '../wire-row.ts'
import { optional, sentRow, words } from '../wire-row.ts'

/** 9602 registers a face that cannot be compared: an injury, a bandage. */
const row = sentRow({
  institutionCode: ['medins_code', words(30)],
  institutionName: ['medins_name', words(100)],
  personNumber: ['psn_no', words(30)],
  idType: ['psn_cert_type', words(6, 'psn_cert_type')],
  idNumber: ['certno', words(50)],
  personName: ['psn_name', words(50)],
  reason: ['sp_dcla_rea', words(3, 'sp_dcla_rea')],
  reasonText: ['sp_dcla_dscr', words(100)],
  picture: ['sp_dcla_pic', words(1048576)],
  business: ['recog_biz', words(3, 'recog_biz')],
  planId: ['plan_id', optional(words(40))],
  visitId: ['mdtrt_id', optional(words(30))],
})
export type SpecialRegistration = WordsOf<typeof row>

export const input = z.strictObject({ spregInfo: row.schema })

export const build = (told: SpecialRegistration): z.infer<typeof input> => input.parse({ spregInfo: row.write(told) })
