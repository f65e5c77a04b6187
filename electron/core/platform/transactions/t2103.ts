import { z } from 'zod'
import type { SettlementFigures } from '../../../contract/index.ts'
import { neededText, row, rows, someText, someTime } from '../answer-fields.ts'
import { text } from '../wire-fields.ts'
import { amountFields, figuresOf, setldetail } from './settlement-answer.ts'

/** 2103 cancel: takes an answered settlement back as a whole; there is no partial one. */
export const input = z.strictObject({
  data: z.strictObject({ setl_id: text(30), mdtrt_id: text(30), psn_no: text(30), exp_content: text(4000).optional() }),
})

export const build = (settlement: { readonly setlId: string; readonly visitId: string; readonly personNumber: string }): z.infer<typeof input> =>
  input.parse({ data: { setl_id: settlement.setlId, mdtrt_id: settlement.visitId, psn_no: settlement.personNumber } })

export const outputNodes = {
  setlinfo: z.object({ mdtrt_id: someText(30), setl_id: neededText(30), clr_optins: someText(6), setl_time: someTime(), medins_setl_id: someText(30), ...amountFields }),
  setldetail,
}

/** Some areas name the personal share and the cash otherwise here (platform.md §6). */
const ALIASES: Readonly<Record<string, string>> = { psn_pay: 'psn_part_amt', cash_payamt: 'psn_cash_pay', cash_payment: 'psn_cash_pay' }
const renamed = (value: unknown): unknown =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : { ...Object.fromEntries(Object.entries(value).map(([name, field]) => [Object.hasOwn(ALIASES, name) ? ALIASES[name] : name, field])), ...Object.fromEntries(Object.entries(value).filter(([name]) => !Object.hasOwn(ALIASES, name))) }
const output = row(z.object({ setlinfo: row(z.preprocess(renamed, outputNodes.setlinfo)), setldetail: rows(outputNodes.setldetail).optional() }))

/** Negative figures, without lines, and when it was booked. Throws ZodError. */
export const read = (answer: unknown): { readonly figures: SettlementFigures; readonly cancelledAt: string | null } => {
  const { setlinfo, setldetail: funds = [] } = output.parse(answer)
  return { figures: figuresOf(setlinfo, funds, []), cancelledAt: setlinfo.setl_time || null }
}
