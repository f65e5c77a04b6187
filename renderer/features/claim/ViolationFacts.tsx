import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClaimViolation, Sale } from '../../../electron/contract/index.ts'
import { formatQuantity } from '../../../electron/domain/amounts.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { Money } from '../../ui/Money.tsx'

/** One finding: the rule's own words, what it rests on, which lines, what can be done, what was decided. */
export const ViolationFacts = ({ violation, sale }: { readonly violation: ClaimViolation; readonly sale: Sale }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const { decision } = violation
  return (
    <article className="violation" data-testid="violation" data-key={violation.key} data-open={violation.open}>
      <p className="violation-text" data-testid="violation-text">
        {violation.text}
      </p>
      <dl className="facts">
        {violation.basis === '' ? null : (
          <>
            <dt>{t('claim.basis')}</dt>
            <dd>{violation.basis}</dd>
          </>
        )}
        <dt>{t('claim.lines')}</dt>
        <dd>
          {violation.lines.length === 0
            ? t('claim.whole')
            : violation.lines.map(({ lineId, role }) => {
                const index = sale.lines.findIndex((line) => line.lineId === lineId)
                const line = sale.lines[index]
                return line === undefined ? null : (
                  <p key={`${lineId}${role}`}>
                    <span className="num">{index + 1}</span> <b>{line.name}</b> {line.spec} × <span className="num">{formatQuantity(line.quantity)}</span> {line.unitName}
                    {role === 'involved' ? <span className="dim"> · {t('claim.involved')}</span> : null}
                  </p>
                )
              })}
        </dd>
        {violation.amountFen === 0 ? null : (
          <>
            <dt>{t('claim.amount')}</dt>
            <dd>
              <Money fen={violation.amountFen} />
            </dd>
          </>
        )}
        {decision === null ? null : (
          <>
            <dt>{t('claim.decided')}</dt>
            <dd data-testid="violation-decision">
              <b>{nameOf('claimAction', decision.action)}</b> · {decision.staffName} <span className="num">{instantToLocal(decision.at).slice(11, 16)}</span>
              {decision.reason === '' ? '' : ` · ${decision.reason}`} <span className="dim">· {nameOf('claimFeedback', decision.feedback)}</span>
            </dd>
          </>
        )}
      </dl>
      {violation.open || violation.demand === 'show' ? <p className="violation-can">{t(`claim.can-${violation.demand}`)}</p> : null}
    </article>
  )
}
