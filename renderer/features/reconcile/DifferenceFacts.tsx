import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReconcileDifference } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { BothBooks, useReconcileWords } from './BothBooks.tsx'

/** One difference: what it is, what it means, both books, and what was done about it. */
export const DifferenceFacts = ({ difference }: { readonly difference: ReconcileDifference }): ReactNode => {
  const { t } = useTranslation()
  const words = useReconcileWords()
  const nameOf = useNames()
  const { name, means, todo } = words.of(difference.kind)
  const { decided, theirs } = difference
  return (
    <div data-testid="difference" data-kind={difference.kind} data-state={difference.state}>
      <p className="difference-name">
        <b>{name}</b> · {difference.refund ? t('reconcile.refund') : t('reconcile.sale')}
        {difference.saleStatus === null ? null : <span className="dim"> · {nameOf('saleStatus', difference.saleStatus)}</span>}
      </p>
      <p>{means}</p>
      <BothBooks difference={difference} />
      {theirs === null || theirs.words === '' ? null : <p className="dim">{t('reconcile.words')} {theirs.words}</p>}
      <p className="dim num difference-message">{t('reconcile.message')} {difference.messageId === '' ? '—' : difference.messageId}</p>
      {decided === null ? (
        difference.state === 'overtaken' ? <p className="is-off">{t('reconcile.overtaken')}</p> : (
          <p>
            <b>{todo}</b>
          </p>
        )
      ) : (
        <p data-testid="difference-decided">
          <b>{words.cure(decided.cure).name}</b> · {decided.reason} <span className="dim">{decided.staffName} <span className="num">{instantToLocal(decided.at).slice(5, 16)}</span></span>
        </p>
      )}
    </div>
  )
}
