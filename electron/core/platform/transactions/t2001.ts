import { z } from 'zod'
import type { Instant } from '../../../contract/index.ts'
import { neededDate, neededText, rows, someDate, someText } from '../answer-fields.ts'
import type { PlatformEntitlement } from '../client.ts'
import { dateTime, text } from '../wire-fields.ts'
import { localTime } from './wire-values.ts'

/** 2001 entitlement: may this person use the fund for this kind of purchase now. */
export const input = z.strictObject({
  data: z.strictObject({
    psn_no: text(30),
    insutype: text(6, 'insutype'),
    fixmedins_code: text(12),
    med_type: text(6, 'med_type'),
    begntime: dateTime(),
    endtime: dateTime().optional(),
    dise_codg: text(30).optional(),
    dise_name: text(500).optional(),
    oprn_oprt_code: text(30).optional(),
    oprn_oprt_name: text(500).optional(),
    matn_type: text(6, 'matn_type').optional(),
    birctrl_type: text(6, 'birctrl_type').optional(),
    exp_content: text(4000).optional(),
  }),
})

export interface EntitlementQuestion {
  readonly personNumber: string
  readonly insuranceType: string
  readonly institutionCode: string
  readonly medType: string
  readonly at: Instant
  readonly diseaseCode: string | null
  readonly diseaseName: string | null
}
export const build = (question: EntitlementQuestion): z.infer<typeof input> => input.parse({
  data: {
    psn_no: question.personNumber,
    insutype: question.insuranceType,
    fixmedins_code: question.institutionCode,
    med_type: question.medType,
    begntime: localTime(question.at),
    dise_codg: question.diseaseCode ?? undefined,
    dise_name: question.diseaseName ?? undefined,
  },
})

export const outputNodes = {
  trtinfo: z.object({
    psn_no: someText(30), trt_chk_type: someText(6, 'trt_chk_type'), fund_pay_type: someText(6, 'fund_pay_type'), trt_enjymnt_flag: neededText(3, 'trt_enjymnt_flag'), begndate: neededDate(), enddate: someDate(), trt_chk_rslt: someText(500), exp_content: someText(4000),
  }),
}
const output = z.object({ trtinfo: rows(outputNodes.trtinfo).optional() }).nullable()

export const read = (answer: unknown): readonly PlatformEntitlement[] =>
  (output.parse(answer)?.trtinfo ?? []).map((info) => ({ entitled: info.trt_enjymnt_flag === '1', reason: info.trt_chk_rslt, fundType: info.fund_pay_type, from: info.begndate, to: info.enddate }))
