import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PackLife, PackSale, PackUpload } from '../../../electron/contract/index.ts'
import { formatQuantity } from '../../../electron/domain/amounts.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'

const minutes = (at: Parameters<typeof instantToLocal>[0]): string => instantToLocal(at).slice(0, 16)

const Upload = ({ upload }: { readonly upload: PackUpload }): ReactNode => {
  const nameOf = useNames()
  return (
    <>
      <span className={`status is-${upload.state === 'uploaded' ? 'done' : upload.state}`}>{nameOf('uploadState', upload.state)}</span> <span className="num">{upload.doneAt === null ? '' : minutes(upload.doneAt)}</span>
    </>
  )
}

const SaleFacts = ({ sale }: { readonly sale: PackSale }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <dl className="facts life-sale" data-testid="pack-sale-facts">
      <dt>{t('ledger.sale')}</dt>
      <dd>
        <b className="num">{sale.receiptNumber}</b> <span className={`status is-${sale.status}`}>{nameOf('saleStatus', sale.status)}</span> <span className="num">{sale.soldAt === null ? '' : minutes(sale.soldAt)}</span> <span className="dim">{sale.staffName}</span>
        {sale.sellUnit === 'unit' ? ` · ${t('ledger.units-of-it', { count: formatQuantity(sale.quantity) })}` : ''}
      </dd>
      <dt>{t('ledger.settlement')}</dt>
      <dd>
        {!sale.insured ? (
          t('purchase.self-paid')
        ) : (
          <>
            {nameOf('settlementState', sale.settlementState)} <span className="num">{sale.settledAt ?? ''}</span> {sale.personMasked ?? ''}
          </>
        )}
      </dd>
      {sale.soldAt === null ? null : (
        <>
          <dt>{t('sales.upload')}</dt>
          <dd>
            <Upload upload={sale.upload} />
          </dd>
        </>
      )}
      {sale.returnUpload.state === 'none' && sale.returnedAt === null ? null : (
        <>
          <dt>{t('sales.return-upload')}</dt>
          <dd>
            <Upload upload={sale.returnUpload} />
          </dd>
        </>
      )}
    </dl>
  )
}

/** Where it came from, where it lies, to whom it went. */
export const PackFacts = ({ life }: { readonly life: PackLife }): ReactNode => {
  const { t } = useTranslation()
  const { pack } = life
  return (
    <div className="life-facts">
      <dl className="facts">
        <dt>{t('ledger.lot')}</dt>
        <dd className="num">
          {pack.lotNumber === null ? t('ledger.no-lot') : `${pack.lotNumber} · ${t('ledger.until', { date: pack.expiresOn })}`}
          {life.manufacturedOn === null ? '' : ` · ${t('ledger.made', { date: life.manufacturedOn })}`}
        </dd>
        <dt>{t('ledger.maker')}</dt>
        <dd>{life.maker ?? ''}</dd>
        <dt>{t('ledger.units-left')}</dt>
        <dd className="num">
          {formatQuantity(pack.unitsLeft)} {life.smallestUnit ?? ''}
        </dd>
        {life.deliveries.map((delivery) => (
          <Fact key={delivery.documentNumber} name={t('ledger.delivery')}>
            <span className="num">{delivery.documentNumber}</span> {delivery.supplier} <span className="num">{delivery.receivedAt === null ? t('ledger.not-received') : minutes(delivery.receivedAt)}</span> {delivery.receivedBy ?? ''}
          </Fact>
        ))}
        {life.carton === null ? null : (
          <Fact name={t('ledger.carton')}>
            <span className="num">{life.carton.code}</span> {life.carton.openedAt === null ? '' : t('ledger.opened', { at: minutes(life.carton.openedAt) })}
          </Fact>
        )}
        {life.links.map((link) => (
          <Fact key={link.linkId} name={t('ledger.link')}>
            <span className="num">{link.value}</span> <span className={`status${link.trust === 'confirmed' ? ' is-done' : ''}`}>{t(`ledger.trust-${link.trust}`)}</span> {link.learntBy ?? ''}
          </Fact>
        ))}
        {life.soldElsewhere === null ? null : (
          <Fact name={t('ledger.elsewhere')}>
            <b className="is-off">{t('ledger.elsewhere-told', { at: minutes(life.soldElsewhere.toldAt) })}</b>
          </Fact>
        )}
        {life.alarms.map((alarm) => (
          <Fact key={alarm.alarmId} name={t('ledger.alarm')}>
            <span className={`status${alarm.status === 'closed' ? '' : ' is-pack-locked'}`}>{t(`ledger.alarm-${alarm.status}`)}</span> {t(`ledger.alarm-${alarm.kind}`)} <span className="num">{minutes(alarm.toldAt)}</span> {alarm.place}
          </Fact>
        ))}
      </dl>
      {life.sales.length === 0 ? <p className="dim">{t('ledger.never-sold')}</p> : life.sales.map((sale) => <SaleFacts key={sale.saleId} sale={sale} />)}
    </div>
  )
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)
