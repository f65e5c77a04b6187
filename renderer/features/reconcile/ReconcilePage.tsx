import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { Output, ReconcileRow } from '../../../electron/contract/index.ts'
import { parseDate } from '../../../electron/domain/calendar.ts'
import { attempt } from '../../till/till.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Money } from '../../ui/Money.tsx'
import { Page } from '../../ui/Page.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useTill, useTillState } from '../../ui/tools.ts'
import { duration } from '../../view/ages.ts'

const useColumns = (): TableColumnsType<ReconcileRow> => {
  const { t } = useTranslation()
  return [
    {
      title: t('reconcile.result'),
      width: 110,
      render: (_, row) => (
        <span className={row.balanced ? 'balanced' : 'balanced is-off'}>{row.balanced ? `✓ ${t('reconcile.balanced')}` : `✕ ${t('reconcile.off')}`}</span>
      ),
    },
    { title: t('reconcile.insurance'), width: 200, ellipsis: true, dataIndex: 'insuranceName' },
    { title: t('reconcile.clearing'), width: 90, dataIndex: 'clearingType' },
    { title: t('reconcile.direction'), width: 80, render: (_, row) => (row.refund ? t('reconcile.refund') : t('reconcile.sale')) },
    { title: t('reconcile.count'), width: 72, align: 'right', render: (_, row) => <span className="num">{row.count}</span> },
    { title: t('reconcile.total'), width: 120, align: 'right', render: (_, row) => <Money fen={row.totalFen} /> },
    { title: t('reconcile.fund'), width: 120, align: 'right', render: (_, row) => <Money fen={row.fundFen} /> },
    { title: t('reconcile.account'), width: 120, align: 'right', render: (_, row) => <Money fen={row.accountFen} /> },
    { title: t('reconcile.explanation'), ellipsis: true, dataIndex: 'explanation' },
  ]
}

const Running = ({ since }: { readonly since: number }): ReactNode => <span className="num">{duration(useNow(200) - since)}</span>

/** 3201: the province's sums against ours, group by group. */
export const ReconcilePage = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const today = useTillState((state) => state.status?.businessDate ?? '')
  const [from, setFrom] = useState<string>(today)
  const [to, setTo] = useState<string>(today)
  const [since, setSince] = useState<number | null>(null)
  const [result, setResult] = useState<Output<'reconcile.runTotals'> | null>(null)
  const [index, setIndex] = useState(0)
  const columns = useColumns()
  const range = [parseDate(from), parseDate(to)] as const
  const run = (): void => {
    const [first, last] = range
    if (first === null || last === null || since !== null) return
    setSince(till.now())
    void attempt(till, () => till.core.command('reconcile.runTotals', { from: first, to: last })).then((answer) => {
      setResult(answer)
      setSince(null)
    })
  }
  return (
    <Page
      title={t('reconcile.title')}
      testid="reconcile-page"
      keys={{ F9: run, Enter: run }}
      footer={<KeyButton name="F9" label={t('reconcile.run')} next disabled={since !== null} onPress={run} testid="reconcile-run" />}
      aside={
        <div className="range">
          <Field label={t('reconcile.from')} value={from} onChange={setFrom} numeric maxLength={10} testid="from" />
          <Field label={t('reconcile.to')} value={to} onChange={setTo} numeric maxLength={10} testid="to" />
        </div>
      }
    >
      {since === null ? null : (
        <p className="totals-wait">
          <Running since={since} /> {t('reconcile.running')}
        </p>
      )}
      {result === null ? null : (
        <p className={`result-line${result.balanced ? '' : ' is-off'}`} data-testid="reconcile-result" data-balanced={result.balanced}>
          {result.balanced ? `✓ ${t('reconcile.all-balanced')}` : `✕ ${t('reconcile.some-off')}`}
          {result.unconfirmed > 0 ? ` · ${t('reconcile.unconfirmed', { count: result.unconfirmed })}` : ''}
        </p>
      )}
      <DataTable
        rows={result?.rows ?? []}
        rowKey={(row) => `${row.insuranceType}-${row.clearingType}-${String(row.refund)}`}
        columns={columns}
        selected={index}
        onSelect={setIndex}
        empty={result === null ? t('reconcile.not-run') : t('reconcile.nothing')}
        testid="reconcile-table"
      />
    </Page>
  )
}
