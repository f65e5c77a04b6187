import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReconcileGroup } from '../../../electron/contract/index.ts'
import { Money } from '../../ui/Money.tsx'

const Sums = ({ of, unlike }: { readonly of: Pick<ReconcileGroup, 'count' | 'totalFen' | 'fundFen' | 'accountFen'>; readonly unlike: boolean }): ReactNode => (
  <span className={`group-sums${unlike ? ' is-off' : ''}`}>
    <span className="num">{of.count}</span> <Money fen={of.totalFen} /> <Money fen={of.fundFen} /> <Money fen={of.accountFen} />
  </span>
)

const SumHeads = (): ReactNode => {
  const { t } = useTranslation()
  return (
    <span className="group-sums">
      <span>{t('reconcile.count')}</span> <span>{t('reconcile.total')}</span> <span>{t('reconcile.fund')}</span> <span>{t('reconcile.account')}</span>
    </span>
  )
}

/** Each group's sums on both sides. Where the province's are not known, its own words stand there. */
export const GroupTable = ({ groups }: { readonly groups: readonly ReconcileGroup[] }): ReactNode => {
  const { t } = useTranslation()
  if (groups.length === 0) return <div data-testid="reconcile-table" data-rows={0} />
  return (
    <div className="group-frame" data-testid="reconcile-table" data-rows={groups.length}>
      <table className="group-table">
        <thead>
          <tr>
            <th rowSpan={2}>{t('reconcile.result')}</th>
            <th rowSpan={2}>{t('reconcile.insurance')} · {t('reconcile.clearing')}</th>
            <th className="group-side">{t('reconcile.ours')}</th>
            <th className="group-side">{t('reconcile.theirs')}</th>
          </tr>
          <tr>
            <th><SumHeads /></th>
            <th><SumHeads /></th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={`${group.insuranceType}-${group.clearingType}-${group.clearingOffice}-${String(group.refund)}`} data-balanced={group.balanced}>
              <td><span className={group.balanced ? 'balanced' : 'balanced is-off'}>{group.balanced ? `✓ ${t('reconcile.balanced')}` : `▲ ${t('reconcile.off')}`}</span></td>
              <td><span className="group-name">{group.insuranceName} · {group.clearingName}</span> · {group.refund ? t('reconcile.refund') : t('reconcile.sale')}</td>
              <td><Sums of={group} unlike={false} /></td>
              <td>{group.theirs === null ? <span className="dim">{group.explanation}</span> : <Sums of={group.theirs} unlike={!group.balanced} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
