import { z } from 'zod'
import { neededDate, neededText, rows, someDate, someText } from '../answer-fields.ts'
import type { PlatformFiling } from '../client.ts'
import { text } from '../wire-fields.ts'

/** 5301 chronic filings in force. */
export const input = z.strictObject({ data: z.strictObject({ psn_no: text(30) }) })

export const build = (personNumber: string): z.infer<typeof input> => input.parse({ data: { psn_no: personNumber } })

/** The node is called feedetail. */
export const outputNodes = { feedetail: z.object({ opsp_dise_code: neededText(30), opsp_dise_name: someText(300), begndate: neededDate(), enddate: someDate() }) }
const output = z.object({ feedetail: rows(outputNodes.feedetail).optional() }).nullable()

export const read = (answer: unknown): readonly PlatformFiling[] =>
  (output.parse(answer)?.feedetail ?? []).map((info) => ({ diseaseCode: info.opsp_dise_code, diseaseName: info.opsp_dise_name || info.opsp_dise_code, from: info.begndate, to: info.enddate }))
