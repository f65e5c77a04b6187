import { z } from 'zod'
import { neededText, row, someText } from '../answer-fields.ts'
import type { ReconcileTotals } from '../client.ts'
import { date, decimal, text } from '../wire-fields.ts'
import { flag, whole, yuan } from './wire-values.ts'

/** 3201 totals: do our sums and count of a period equal theirs. */
export const input = z.strictObject({
  data: z.strictObject({
    insutype: text(6, 'insutype'),
    clr_type: text(6, 'clr_type'),
    setl_optins: text(6),
    stmt_begndate: date(),
    stmt_enddate: date(),
    medfee_sumamt: decimal(16, 2),
    fund_pay_sumamt: decimal(16, 2),
    acct_pay: decimal(16, 2),
    fixmedins_setl_cnt: decimal(10, 0),
    refd_setl_flag: text(6).optional(),
    fixmedins_refd_setl_flag: text(6),
  }),
})

export const build = (totals: ReconcileTotals, clearingOffice: string): z.infer<typeof input> => input.parse({
  data: {
    insutype: totals.insuranceType,
    clr_type: totals.clearingType,
    setl_optins: totals.clearingOffice || clearingOffice,
    stmt_begndate: totals.from,
    stmt_enddate: totals.to,
    medfee_sumamt: yuan(totals.totalFen),
    fund_pay_sumamt: yuan(totals.fundFen),
    acct_pay: yuan(totals.accountFen),
    fixmedins_setl_cnt: whole(totals.count),
    refd_setl_flag: flag(totals.refund),
    fixmedins_refd_setl_flag: flag(totals.refund),
  },
})

export const outputNodes = { stmtinfo: z.object({ setl_optins: someText(6), stmt_rslt: neededText(6, 'stmt_rslt'), stmt_rslt_dscr: someText(200) }) }
const output = row(z.object({ stmtinfo: row(outputNodes.stmtinfo) }))

/** 对账结果: 0 平, 1 不平. */
const RESULTS = z.enum(['0', '1'])

export const read = (answer: unknown): { readonly balanced: boolean; readonly explanation: string } => {
  const { stmtinfo } = output.parse(answer)
  return { balanced: RESULTS.parse(stmtinfo.stmt_rslt) === '0', explanation: stmtinfo.stmt_rslt_dscr }
}
