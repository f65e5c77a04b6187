import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogueDetail } from '../../../electron/contract/index.ts'
import { formatUnitPrice } from '../../../electron/domain/amounts.ts'
import { COLUMN_TITLES } from '../../../electron/domain/catalogue/column-titles.ts'
import { useNames } from '../../i18n/sentences.ts'
import { useCoreQuery } from '../../ui/use-core-query.ts'

interface Dated {
  readonly validFrom: string
  readonly validUntil: string
  readonly holds: boolean
}
/** `2025-01-01 – ` and whether it holds today. */
const Dates = ({ of }: { readonly of: Dated }): ReactNode => {
  const { t } = useTranslation()
  return (
    <span>
      <span className="num">
        {of.validFrom === '' ? '…' : of.validFrom} – {of.validUntil === '' ? t('catalogue.no-end') : of.validUntil}
      </span>{' '}
      {of.holds ? t('catalogue.holds') : <span className="is-off">{t('catalogue.ended')}</span>}
    </span>
  )
}

const percent = (share: number): string => `${(share / 100).toFixed(2).replace(/\.?0+$/, '')}%`

const Facts = ({ detail }: { readonly detail: CatalogueDetail }): ReactNode => {
  const { t } = useTranslation()
  const { entries, limitPrices, selfPayShares } = detail
  return (
    <table className="catalogue-facts" data-testid="catalogue-facts">
      <tbody>
        {entries.map((entry, index) => (
          <tr key={`e${index}`}>
            <th>{t('catalogue.entry')}</th>
            <td>
              <b>{t(`catalogue.grade-${entry.kind === '01' || entry.kind === '02' || entry.kind === '03' ? entry.kind : 'other'}`)}</b>
            </td>
            <td>
              <Dates of={entry} />
            </td>
          </tr>
        ))}
        {limitPrices.map((limit, index) => (
          <tr key={`l${index}`} data-holds={limit.holds}>
            <th>{t('catalogue.limit')}</th>
            <td>
              <b className="num">￥{formatUnitPrice(limit.price)}</b>
            </td>
            <td>
              <Dates of={limit} />
            </td>
          </tr>
        ))}
        {selfPayShares.map((share, index) => (
          <tr key={`s${index}`}>
            <th>{t('catalogue.self-pay')}</th>
            <td>
              <b className="num">{percent(share.share)}</b> <span className="dim">{t(`catalogue.person-${share.kind === '310' || share.kind === '390' ? share.kind : 'other'}`)}</span>
            </td>
            <td>
              <Dates of={share} />
            </td>
          </tr>
        ))}
        {limitPrices.length === 0 ? (
          <tr>
            <th>{t('catalogue.limit')}</th>
            <td colSpan={2} className="dim">
              {t('catalogue.no-limit')}
            </td>
          </tr>
        ) : null}
      </tbody>
    </table>
  )
}

/** One code: what holds today, since when and until when, what the fund pays at most, and every column the catalogue fills. */
export const CatalogueItemPane = ({ code }: { readonly code: string }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const { data } = useCoreQuery('catalogue.getItem', { code }, { live: true, keep: true })
  if (data === undefined || data.code !== code) return null
  return (
    <div data-testid="catalogue-item" data-code={code}>
      <p className="dialog-lead">
        <b>{data.name}</b> <span className="num dim">{data.code}</span>
      </p>
      <Facts detail={data} />
      {data.records.map((record) => (
        <section key={`${record.list}-${record.rowId}`} className="catalogue-record">
          <h3>
            {nameOf('catalogueList', record.list)} <span className="num dim">{record.version}</span>
          </h3>
          <p>
            <Dates of={record} />
          </p>
          <dl>
            {record.cells.map(({ column, text }) => (
              <div key={column}>
                <dt>{COLUMN_TITLES[record.list]?.[column - 1] ?? t('catalogue.column', { column })}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}
