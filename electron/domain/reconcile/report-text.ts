import type { ReconcileDayView, ReconcileDifference } from '../../contract/reconcile.ts'
import { formatFen } from '../amounts.ts'
import { instantToLocal } from '../calendar.ts'
import { cureWords, dayStateWord, differenceWords } from './words.ts'
import type { Language } from './words.ts'

const WORDS = {
  zh: { title: '对账', ran: '对账时间', group: '组', ours: '本店', theirs: '中心', sale: '结算', refund: '退费', count: '笔', total: '总额', fund: '基金', account: '账户', differences: '差异', none: '没有差异', unconfirmed: '待确认', receipt: '单号', message: '报文', number: '结算编号', decided: '已处理', more: '另有未列出', unsaid: '未说明', trial: '预结算 ' },
  en: { title: 'Reconciliation', ran: 'Compared', group: 'Group', ours: 'here', theirs: 'there', sale: 'settled', refund: 'refunded', count: 'n', total: 'total', fund: 'fund', account: 'account', differences: 'Differences', none: 'No differences', unconfirmed: 'Unconfirmed', receipt: 'receipt', message: 'message', number: 'settlement', decided: 'decided', more: 'not listed', unsaid: 'not said', trial: 'trial: ' },
} as const

/** One line for each side: nothing of it is shortened. */
export const sideText = (side: ReconcileDifference['ours'], language: Language): string => {
  const words = WORDS[language]
  if (side === null || (side.totalFen === null && side.setlId === '' && side.words === '')) return '—'
  const amounts = side.totalFen === null ? words.unsaid : `${side.trial ? words.trial : ''}${words.total} ${formatFen(side.totalFen)} · ${words.fund} ${side.fundFen === null ? '—' : formatFen(side.fundFen)} · ${words.account} ${side.accountFen === null ? '—' : formatFen(side.accountFen)}`
  return [side.setlId === '' ? '' : `${words.number} ${side.setlId}`, amounts, side.words].filter((part) => part !== '').join(' · ')
}

const differenceText = (difference: ReconcileDifference, language: Language): readonly string[] => {
  const words = WORDS[language]
  const { name, means } = differenceWords(difference.kind, language)
  const { decided } = difference
  return [
    `* ${name} · ${difference.refund ? words.refund : words.sale}${difference.receiptNumber === null ? '' : ` · ${words.receipt} ${difference.receiptNumber}`} · ${words.message} ${difference.messageId || '—'}`,
    `  ${means}`,
    `  ${words.ours}: ${sideText(difference.ours, language)}`,
    `  ${words.theirs}: ${sideText(difference.theirs, language)}`,
    ...(decided === null ? [] : [`  ${words.decided}: ${cureWords(decided.cure, language).name} · ${decided.reason} · ${decided.staffName} ${instantToLocal(decided.at)}`]),
  ]
}

/** A day's comparison to be read, printed and filed. No name of a person. */
export const reconcileText = (view: ReconcileDayView, language: Language): string => {
  const words = WORDS[language]
  const { day, groups, differences, unconfirmed } = view
  const sums = (of: { readonly count: number; readonly totalFen: number; readonly fundFen: number; readonly accountFen: number }): string =>
    `${of.count} ${words.count} · ${words.total} ${formatFen(of.totalFen as never)} · ${words.fund} ${formatFen(of.fundFen as never)} · ${words.account} ${formatFen(of.accountFen as never)}`
  return [
    `${words.title} ${day.date} · ${dayStateWord(day.state, language)}${day.ranAt === null ? '' : ` · ${words.ran} ${instantToLocal(day.ranAt)}`}`,
    '',
    ...groups.flatMap((group) => [
      `${group.balanced ? '=' : '≠'} ${group.insuranceName} · ${group.clearingName} · ${group.refund ? words.refund : words.sale}`,
      `  ${words.ours}: ${sums(group)}`,
      `  ${words.theirs}: ${group.theirs === null ? group.explanation || words.unsaid : sums(group.theirs)}`,
    ]),
    '',
    differences.length === 0 ? words.none : `${words.differences} ${differences.length}${view.moreDifferences > 0 ? ` (+${view.moreDifferences} ${words.more})` : ''}`,
    ...differences.flatMap((difference) => differenceText(difference, language)),
    ...(unconfirmed.length === 0 ? [] : ['', `${words.unconfirmed} ${unconfirmed.length}: ${unconfirmed.map((sale) => sale.receiptNumber).join(', ')}`]),
  ].join('\n')
}
