import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Shift } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { Money } from '../../ui/Money.tsx'

export const ShiftFacts = ({ shift }: { readonly shift: Shift }): ReactNode => {
  const { t } = useTranslation()
  return (
    <dl className="facts is-wide" data-testid="shift-facts">
      <dt>{t('shift.who')}</dt>
      <dd>
        {shift.staffName} ·{' '}
        <span className="num">
          {instantToLocal(shift.openedAt).slice(5, 16)}
          {shift.closedAt === null ? '' : ` – ${instantToLocal(shift.closedAt).slice(5, 16)}`}
        </span>
      </dd>
      <dt>{t('shift.sales')}</dt>
      <dd className="num">
        {t('shift.sale-count', { count: shift.saleCount })} · {t('shift.refund-count', { count: shift.refundCount })}
      </dd>
      <dt>{t('shift.insured')}</dt>
      <dd>
        {t('totals.fund')} <Money fen={shift.insuredFundFen} /> · {t('totals.account')} <Money fen={shift.insuredAccountFen} />
      </dd>
      <dt>{t('shift.float')}</dt>
      <dd>
        <Money fen={shift.floatFen} />
      </dd>
    </dl>
  )
}
