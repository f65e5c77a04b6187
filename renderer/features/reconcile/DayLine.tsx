import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReconcileDayView } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useSentence } from '../../i18n/sentences.ts'

const MOST_NAMED = 4

/** How the day stands, in one line, and what of it is still unconfirmed. */
export const DayLine = ({ view }: { readonly view: ReconcileDayView }): ReactNode => {
  const { t } = useTranslation()
  const say = useSentence()
  const { day, unconfirmed } = view
  if (day.ranAt === null) return <p className="result-line is-off" data-testid="reconcile-not-run">{t('reconcile.not-run')}</p>
  const balanced = day.state === 'balanced'
  const failed = day.error === null ? null : say('error', day.error.code, day.error.detail)
  return (
    <p className={`result-line${balanced ? '' : ' is-off'}`} data-testid="reconcile-result" data-balanced={balanced} data-state={day.state}>
      {balanced ? `✓ ${t('reconcile.all-balanced')}` : failed === null ? `▲ ${day.openDifferences === 0 && day.decidedDifferences > 0 ? t('reconcile.all-decided') : t('reconcile.some-off', { count: day.openDifferences })}` : `✕ ${failed.word} · ${failed.text}`}
      {day.decidedDifferences > 0 ? ` · ${t('reconcile.decided', { count: day.decidedDifferences })}` : ''}
      {unconfirmed.length > 0 ? ` · ${t('reconcile.unconfirmed', { count: unconfirmed.length })} ${unconfirmed.slice(0, MOST_NAMED).map((sale) => sale.receiptNumber).join(' ')}${unconfirmed.length > MOST_NAMED ? ' …' : ''}` : ''}
      {view.moreDifferences > 0 ? ` · ${t('reconcile.more', { count: view.moreDifferences })}` : ''}
      <span className="dim num"> {instantToLocal(day.ranAt).slice(5, 16)}</span>
    </p>
  )
}
