import { AppError } from '../../contract/index.ts'
import type { Fen } from '../../contract/index.ts'
import { fenFromDecimal, formatYuan } from '../../domain/amounts.ts'
import type { TheirRow } from '../../domain/reconcile/books.ts'
import type { OurColumn, ReconcileSection, TheirColumn } from '../platform/profile-sections/reconcile.ts'
import type { BookedSale } from './our-books.ts'

type Cells = readonly (string | null)[]

const yuan = (amount: number, negative: boolean): string => formatYuan((negative && amount !== 0 ? -amount : amount) as Fen)

const ourRow = (sale: BookedSale, refund: boolean, section: ReconcileSection): Cells => {
  const { amounts } = sale
  if (amounts === null) throw new Error('a row needs the figures of its settlement')
  const negative = refund && section.refundSign === 'negative'
  const values: Readonly<Record<OurColumn, string | null>> = {
    setl_id: sale.setlId, mdtrt_id: sale.visitId, psn_no: sale.personNumber,
    medfee_sumamt: yuan(amounts.totalFen, negative), fund_pay_sumamt: yuan(amounts.fundFen, negative), acct_pay: yuan(amounts.accountFen, negative), refd_setl_flag: refund ? '1' : '0',
  }
  return section.detail.ourColumns.map((column) => values[column])
}

/** The file for 3202: the settlements of the day, or its refunds, each with the settlement it undoes (note 2). */
export const ourRows = (sales: readonly BookedSale[], refund: boolean, section: ReconcileSection): readonly Cells[] =>
  sales.filter((sale) => (refund ? sale.refund : sale.settlement) === 'booked' && sale.amounts !== null)
    .flatMap((sale) => (refund && section.detail.refundRows === 'pair' ? [ourRow(sale, false, section), ourRow(sale, true, section)] : [ourRow(sale, refund, section)]))

const broken = (line: number, problem: string): AppError => new AppError('file.broken', `detail result: ${problem} (line ${line})`, { reason: 'columns', problem: `file-${problem}`, line })

/** Reads a row of the result. A value that is none is a broken file: half a list is no evidence. Error file.broken. */
export const theirRow = (cells: Cells, line: number, listRefund: boolean, section: ReconcileSection): TheirRow => {
  const cell = (column: TheirColumn): string | null => {
    const at = section.detail.theirColumns.indexOf(column)
    return at === -1 ? null : (cells[at]?.trim() || null)
  }
  const amount = (column: TheirColumn): Fen | null => {
    const text = cell(column)
    if (text === null) return null
    const value = fenFromDecimal(text)
    if (value === null) throw broken(line, column)
    return value
  }
  const result = cell('stmt_rslt')
  if (result !== '0' && result !== '1') throw broken(line, 'stmt_rslt')
  const flag = cell('refd_setl_flag')
  if (flag !== null && flag !== '0' && flag !== '1') throw broken(line, 'refd_setl_flag')
  return {
    line, messageId: cell('msgid') ?? '', setlId: cell('setl_id') ?? '', visitId: cell('mdtrt_id') ?? '', personNumber: cell('psn_no') ?? '', refund: flag === null ? listRefund : flag === '1', agrees: result === '0', memo: (cell('memo') ?? '').slice(0, 500),
    totalFen: amount('medfee_sumamt'), fundFen: amount('fund_pay_sumamt'), accountFen: amount('acct_pay'),
  }
}
