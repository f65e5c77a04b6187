import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sale } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { Money } from '../../ui/Money.tsx'

export const SaleHeader = ({ sale }: { readonly sale: Sale }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <header className="sale-header" data-testid="sale-header" data-status={sale.status} data-settlement={sale.settlementState}>
      <span className={`status is-${sale.status}`}>{nameOf('saleStatus', sale.status)}</span>
      <b className="num">{sale.receiptNumber}</b>
      <span className="num dim">{instantToLocal(sale.openedAt).slice(0, 16)}</span>
      <span className="dim">{sale.staffName}</span>
      <span>
        {sale.insured ? nameOf('purchaseKind', sale.purchaseType.kind) : t('purchase.self-paid')}
        {sale.person === null ? '' : ` · ${sale.person.nameMasked}`}
      </span>
      <Money fen={sale.totalFen} className="is-strong" />
    </header>
  )
}
