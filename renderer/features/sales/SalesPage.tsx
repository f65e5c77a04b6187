import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { SaleSummary } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { FilterBox } from '../../ui/FilterBox.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Money } from '../../ui/Money.tsx'
import { Page } from '../../ui/Page.tsx'
import { useTill } from '../../ui/tools.ts'
import { takeSought } from '../../till/go-see.ts'
import { attempt, speakScreen } from '../../till/till.ts'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { SaleActions } from './SaleActions.tsx'
import { SaleDetail } from './SaleDetail.tsx'

const useColumns = (): TableColumnsType<SaleSummary> => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return [
    { title: t('sales.receipt'), width: 72, render: (_, row) => <span className="num">{row.receiptNumber.slice(-4)}</span> },
    { title: t('sales.time'), width: 104, render: (_, row) => <span className="num">{instantToLocal(row.openedAt).slice(5, 16)}</span> },
    { title: t('sales.status'), width: 104, render: (_, row) => <span className={`status is-${row.status}`}>{nameOf('saleStatus', row.status)}</span> },
    {
      title: t('sales.goods'),
      ellipsis: true,
      render: (_, row) => `${row.firstDrug}${row.lineCount > 1 ? t('recall.and-more', { count: row.lineCount }) : ''}`,
    },
    { title: t('sales.payer'), width: 78, ellipsis: true, render: (_, row) => (row.insured ? (row.personMasked ?? '') : t('purchase.self-paid-short')) },
    { title: t('sales.amount'), width: 104, align: 'right', render: (_, row) => <Money fen={row.totalFen} /> },
  ]
}

/** F7: today's sales, each with its whole story beside it; Enter offers what can be done with it. */
export const SalesPage = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [text, setText] = useState(() => till.store.get().sought)
  useEffect(() => {
    takeSought(till)
  }, [till])
  const [index, setIndex] = useState(0)
  const [acting, setActing] = useState(false)
  const columns = useColumns()
  const { data } = useCoreQuery('sale.listSales', { text: text.trim(), limit: 300 }, { live: true, keep: true })
  const rows = (data ?? []).filter((row) => row.lineCount > 0 || row.status !== 'open')
  const at = Math.min(index, Math.max(0, rows.length - 1))
  const chosen = rows[at]
  const { data: sale } = useCoreQuery('sale.getSale', { saleId: chosen?.saleId ?? ('' as never) }, { live: true, keep: true, enabled: chosen !== undefined })
  // A pack under the scanner names its receipt; what was scanned is never shown, it may be a voucher.
  const findByPack = (raw: string): void => {
    void attempt(till, async () => {
      const found = raw.length > 80 ? [] : await till.core.query('sale.listSales', { text: raw, limit: 20 })
      const sold = found.find((row) => row.status === 'closed' || row.status === 'due') ?? found[0]
      if (sold === undefined) return speakScreen(till, 'notice', 'no-sale-of-pack')
      setText(sold.receiptNumber)
      setIndex(0)
      till.play('ok')
    })
  }
  return (
    <Page
      title={t('sales.title')}
      testid="sales-page"
      onScan={findByPack}
      aside={
        <FilterBox
          value={text}
          onChange={(next) => {
            setText(next)
            setIndex(0)
          }}
        />
      }
      footer={
        <KeyButton
          name="Enter"
          label={t('sales.act')}
          next={chosen !== undefined}
          disabled={sale === undefined}
          onPress={() => setActing(true)}
          testid="sale-act"
        />
      }
    >
      <div className="two-panes">
        <DataTable
          rows={rows}
          rowKey={(row) => row.saleId}
          columns={columns}
          selected={at}
          onSelect={setIndex}
          onOpen={() => setActing(true)}
          empty={t('sales.none')}
          testid="sales-table"
        />
        <div className="pane">{sale === undefined || chosen === undefined ? null : <SaleDetail sale={sale} />}</div>
      </div>
      {acting && sale !== undefined ? <SaleActions sale={sale} onClose={() => setActing(false)} /> : null}
    </Page>
  )
}
