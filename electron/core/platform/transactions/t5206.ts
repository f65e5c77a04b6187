import { z } from 'zod'
import { neededAmount, neededText, rows, someText } from '../answer-fields.ts'
import type { PlatformAccumulator } from '../client.ts'
import { text } from '../wire-fields.ts'

/** 5206 accumulators: what counted towards deductible and caps so far. */
export const input = z.strictObject({ data: z.strictObject({ psn_no: text(30), cum_ym: text(6).optional() }) })

export const build = (personNumber: string): z.infer<typeof input> => input.parse({ data: { psn_no: personNumber } })

export const outputNodes = { cuminfo: z.object({ insutype: neededText(6, 'insutype'), year: neededText(4), cum_ym: someText(6), cum_type_code: neededText(10), cum: neededAmount() }) }
const output = z.object({ cuminfo: rows(outputNodes.cuminfo).optional() }).nullable()

/** A kind that is told month by month counts as of its latest month. */
export const read = (answer: unknown): readonly PlatformAccumulator[] => {
  const latest = new Map<string, z.infer<typeof outputNodes.cuminfo>>()
  for (const info of output.parse(answer)?.cuminfo ?? []) {
    const key = JSON.stringify([info.insutype, info.year, info.cum_type_code])
    const known = latest.get(key)
    if (known === undefined || known.cum_ym <= info.cum_ym) latest.set(key, info)
  }
  return [...latest.values()].map((info) => ({ insuranceType: info.insutype, year: info.year, typeCode: info.cum_type_code, amountFen: info.cum }))
}
