import { sum, yuanText } from '../amounts.ts'
import { nodeOf } from '../call.ts'
import type { Call } from '../call.ts'
import { dateText } from '../province-time.ts'
import { refuse } from '../refusal.ts'
import { scaled, textOf } from '../wire-values.ts'

interface Totals {
  readonly count: number
  readonly totalFen: number
  readonly fundFen: number
  readonly accountFen: number
}

const words = (totals: Totals): string =>
  `笔数${totals.count},总额${yuanText(totals.totalFen)},基金${yuanText(totals.fundFen)},账户${yuanText(totals.accountFen)}`

/**
 * 3201. Books are double entry: a settlement counts in the period it was made (flag 0) also when it was cancelled later; the cancellation counts
 * negatively in the period it was made (flag 1). A reversed settlement never was, unless the province's rules say that such pairs count.
 */
const centreTotals = (call: Call, insutype: string, clearingType: string, from: string, to: string, refunds: boolean): Totals => {
  const rows = [...call.province.store.shelves.settlements.values()].filter((row) => {
    if (row.institution !== call.institution.code || row.insutype !== insutype || row.clearingType !== clearingType) return false
    if (row.state === 'reversed' && !call.province.profile.detail.totalsCountReversed) return false
    if (refunds && row.state === 'booked') return false
    const date = dateText(refunds ? (row.endedAt ?? 0) : row.at)
    return from <= date && date <= to
  })
  const sign = refunds && rows.length > 0 ? -1 : 1
  return {
    count: rows.length,
    totalFen: sign * sum(rows, (row) => row.totalFen),
    fundFen: sign * sum(rows, (row) => row.fundFen),
    accountFen: sign * sum(rows, (row) => row.accountFen),
  }
}

export const reconcileTotals = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  const [from, to] = [textOf(row, 'stmt_begndate'), textOf(row, 'stmt_enddate')]
  if (from > to) refuse('对账开始日期(stmt_begndate)晚于结束日期(stmt_enddate)')
  if (textOf(row, 'setl_optins') !== call.institution.area) refuse('结算经办机构(setl_optins)与定点医药机构不一致')
  const flag = textOf(row, 'fixmedins_refd_setl_flag')
  if (flag !== '0' && flag !== '1') refuse('定点医药机构退费结算标志(fixmedins_refd_setl_flag)的值不在字典中')
  const centre = centreTotals(call, textOf(row, 'insutype'), textOf(row, 'clr_type'), from, to, flag === '1')
  const fen = (code: string): number => scaled(row[code], 2) ?? refuse(`${code}超出范围`)
  const sent: Totals = {
    count: scaled(row.fixmedins_setl_cnt, 0) ?? 0,
    totalFen: fen('medfee_sumamt'),
    fundFen: fen('fund_pay_sumamt'),
    accountFen: fen('acct_pay'),
  }
  const matches = (sign: 1 | -1): boolean =>
    sent.count === centre.count &&
    sent.totalFen === sign * centre.totalFen &&
    sent.fundFen === sign * centre.fundFen &&
    sent.accountFen === sign * centre.accountFen
  const { refundTotals } = call.province.profile
  const positive = flag === '1' && refundTotals !== 'negative' && matches(-1)
  const same = flag === '1' && refundTotals === 'positive' ? false : matches(1)
  const balanced = same || positive
  return {
    stmtinfo: {
      setl_optins: call.institution.area,
      stmt_rslt: balanced ? '0' : '1',
      stmt_rslt_dscr: balanced ? `平:${words(centre)}` : `不平:机构${words(sent)};中心${words(centre)}`,
    },
  }
}
