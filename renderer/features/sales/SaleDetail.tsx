import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sale } from '../../../electron/contract/index.ts'
import { formatQuantity, formatUnitPrice } from '../../../electron/domain/amounts.ts'
import { timeOfDay } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { Money } from '../../ui/Money.tsx'
import { ClassMark } from '../lines/ClassMark.tsx'
import { SaleHeader } from './SaleHeader.tsx'
import { SaleStory } from './SaleStory.tsx'

/** The whole story of one sale: goods with their codes, money, uploads, settlement. */
export const SaleDetail = ({ sale }: { readonly sale: Sale }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const figures = sale.settled
  return (
    <div className="sale-detail">
      <SaleHeader sale={sale} />
      <ul className="detail-lines">
        {sale.lines.map((line) => (
          <li key={line.lineId}>
            <div className="detail-line">
              <ClassMark value={line.insuranceClass} />
              <span className="clip">
                <b>{line.name}</b> {line.spec}
              </span>
              <span className="dim num">
                {line.lotNumber} · {line.expiresOn}
              </span>
              <span className="num">
                {formatQuantity(line.quantity)}
                {line.unitName} × {formatUnitPrice(line.unitPrice)}
              </span>
              <Money fen={line.amountFen} />
            </div>
            {line.packs.length === 0 ? null : <p className="detail-codes num">{line.packs.map((pack) => pack.code).join('  ')}</p>}
            {line.uncodedPacks === 0 ? null : <p className="detail-codes">{t('line.uncoded', { count: line.uncodedPacks, unit: line.unitName })}</p>}
          </li>
        ))}
      </ul>
      <div className="detail-money">
        {figures === null ? null : (
          <>
            <span>
              {t('totals.fund')} <Money fen={figures.fundFen} />
            </span>
            <span>
              {t('totals.account')} <Money fen={figures.accountFen} />
            </span>
            <span>
              {t('totals.cash')} <Money fen={figures.cashFen} />
            </span>
          </>
        )}
        {sale.tenders.map((tender) => (
          <span key={tender.tenderId}>
            {tender.refund ? t('sales.refund') : t('sales.tender')} {nameOf('tenderMethod', tender.method)} <Money fen={tender.amountFen} />{' '}
            <span className="dim num">{timeOfDay(tender.at)}</span>
          </span>
        ))}
        <span>
          {t('sales.upload')} {nameOf('uploadState', sale.upload)}
        </span>
        {sale.returnUpload === 'none' ? null : (
          <span>
            {t('sales.return-upload')} {nameOf('uploadState', sale.returnUpload)}
          </span>
        )}
      </div>
      <SaleStory saleId={sale.saleId} />
    </div>
  )
}
