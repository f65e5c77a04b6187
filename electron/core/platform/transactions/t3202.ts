import { z } from 'zod'
import type { BusinessDate, Fen } from '../../../contract/index.ts'
import { neededText, neededTime, row, someAmount, someText } from '../answer-fields.ts'
import { date, decimal, text } from '../wire-fields.ts'
import { flag, whole, yuan } from './wire-values.ts'

/** 3202 detail: the file we uploaded (9101) is compared row by row; the result is a file again (9102). The columns of both files are core/report/detail-rows.ts. */
export const input = z.strictObject({
  data: z.strictObject({
    setl_optins: text(6),
    file_qury_no: text(30),
    stmt_begndate: date(),
    stmt_enddate: date(),
    medfee_sumamt: decimal(16, 2),
    fund_pay_sumamt: decimal(16, 2),
    cash_payamt: decimal(16, 2),
    fixmedins_setl_cnt: decimal(10, 0),
    clr_type: text(6, 'clr_type'),
    refd_setl_flag: text(3, 'refd_setl_flag').optional(),
    fixmedins_refd_setl_flag: text(6),
  }),
})

export interface DetailQuestion {
  readonly clearingType: string
  readonly clearingOffice: string
  readonly refund: boolean
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly fileQueryNumber: string
  readonly count: number
  readonly totalFen: Fen
  readonly fundFen: Fen
  readonly cashFen: Fen
}

export const build = (question: DetailQuestion, clearingOffice: string): z.infer<typeof input> => input.parse({
  data: {
    setl_optins: question.clearingOffice || clearingOffice,
    file_qury_no: question.fileQueryNumber,
    stmt_begndate: question.from,
    stmt_enddate: question.to,
    medfee_sumamt: yuan(question.totalFen),
    fund_pay_sumamt: yuan(question.fundFen),
    cash_payamt: yuan(question.cashFen),
    fixmedins_setl_cnt: whole(question.count),
    clr_type: question.clearingType,
    refd_setl_flag: flag(question.refund),
    fixmedins_refd_setl_flag: flag(question.refund),
  },
})

/** Rows of the two files, in the order of their columns. A province may leave columns out or put them otherwise: profile, reconcile.detail. */
export const files = {
  'file:sent': z.strictObject({
    setl_id: text(30), mdtrt_id: text(30), psn_no: text(30), medfee_sumamt: decimal(16, 2), fund_pay_sumamt: decimal(16, 2), acct_pay: decimal(16, 2), refd_setl_flag: text(3, 'refd_setl_flag'),
  }),
  'file:answered': z.object({
    psn_no: someText(30), mdtrt_id: someText(30), setl_id: someText(30), msgid: someText(30), stmt_rslt: neededText(6, 'stmt_rslt'), refd_setl_flag: someText(3, 'refd_setl_flag'), memo: someText(500),
    medfee_sumamt: someAmount(), fund_pay_sumamt: someAmount(), acct_pay: someAmount(),
  }),
}

export const outputNodes = { fileinfo: z.object({ file_qury_no: neededText(30), filename: neededText(200), dld_endtime: neededTime() }) }
const output = row(z.object({ fileinfo: row(outputNodes.fileinfo) }))

export const read = (answer: unknown): { readonly fileQueryNumber: string; readonly fileName: string } => {
  const { fileinfo } = output.parse(answer)
  return { fileQueryNumber: fileinfo.file_qury_no, fileName: fileinfo.filename }
}
