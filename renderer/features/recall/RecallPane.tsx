import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecallDetail } from '../../../electron/contract/index.ts'
import { formatQuantity } from '../../../electron/domain/amounts.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { useCoreQuery } from '../../ui/use-core-query.ts'

const LotPacks = ({ lot, unit }: { readonly lot: RecallDetail['lots'][number]; readonly unit: string }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <section className="recalled-lot" data-testid="recalled-lot">
      <h3>
        <span className="num">
          {lot.lotNumber} · {lot.expiresOn}
        </span>{' '}
        <span className="dim">{lot.shelf}</span>
      </h3>
      <p>
        {t('recalls.lot-figures', { onHand: formatQuantity(lot.onHand), unit, sold: lot.soldPacks })}
        {lot.uncodedPacks === 0 ? '' : ` · ${t('recalls.lot-uncoded', { count: lot.uncodedPacks })}`}
      </p>
      <ul className="recalled-packs">
        {lot.packs.map((pack) => (
          <li key={pack.code}>
            <span className="num">{pack.code}</span>
            <span className={pack.state === 'in-sale' ? 'is-off' : 'dim'}>
              {nameOf('packState', pack.state)} {pack.receiptNumber ?? ''}
            </span>
          </li>
        ))}
      </ul>
      {lot.morePacks === 0 ? null : <p className="dim">{t('recalls.more-packs', { count: lot.morePacks })}</p>}
    </section>
  )
}

/** Why, by whom, and where the goods are now. */
export const RecallPane = ({ recallId }: { readonly recallId: string }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const { data } = useCoreQuery('recall.getRecall', { recallId }, { live: true, keep: true })
  if (data === undefined) return null
  const { recall, lots, sales } = data
  return (
    <article data-testid="recall-detail" data-lifted={recall.liftedAt !== null}>
      <header className="sale-header">
        <span className={`status ${recall.liftedAt === null ? 'is-pack-locked' : 'is-lifted'}`}>{recall.liftedAt === null ? t('recalls.standing') : t('recalls.lifted')}</span>
        <b>{recall.drugName}</b>
        <span>{recall.spec}</span>
        <span className="dim">{recall.maker}</span>
      </header>
      <dl className="facts">
        <dt>{t('recalls.lot')}</dt>
        <dd className="num">{recall.lotNumber ?? t('recalls.every-lot-long')}</dd>
        <dt>{t('recalls.reason')}</dt>
        <dd>{recall.reason}</dd>
        <dt>{t('recalls.source')}</dt>
        <dd>{recall.source}</dd>
        <dt>{t('recalls.told')}</dt>
        <dd>
          <span className="num">{instantToLocal(recall.toldAt)}</span> {recall.toldByName}
        </dd>
        {recall.liftedAt === null ? null : (
          <>
            <dt>{t('recalls.lifted')}</dt>
            <dd>
              <span className="num">{instantToLocal(recall.liftedAt)}</span> {recall.liftedByName} · {recall.liftedReason}
            </dd>
          </>
        )}
      </dl>
      {sales.length === 0 || recall.liftedAt !== null ? null : (
        <p className="result-line is-broken" data-testid="recall-sales">
          {t('recalls.sales-hold', { count: sales.length })}
          {sales.map((sale) => ` · ${sale.receiptNumber} ${nameOf('saleStatus', sale.status)} ${sale.staffName}`).join('')}
        </p>
      )}
      {lots.length === 0 ? <p className="empty">{t('recalls.no-lots')}</p> : lots.map((lot) => <LotPacks key={lot.lotId} lot={lot} unit={recall.packUnit} />)}
    </article>
  )
}
