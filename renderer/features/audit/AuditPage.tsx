import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { Output } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { FilterBox } from '../../ui/FilterBox.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'

const useColumns = (): TableColumnsType<Output<'audit.listRows'>['rows'][number]> => {
  const { t } = useTranslation()
  return [
    { title: t('audit.seq'), width: 80, align: 'right', render: (_, row) => <span className="num">{row.seq}</span> },
    { title: t('audit.time'), width: 180, render: (_, row) => <span className="num">{instantToLocal(row.at)}</span> },
    { title: t('audit.staff'), width: 90, dataIndex: 'staffId' },
    { title: t('audit.action'), width: 240, dataIndex: 'action' },
    { title: t('audit.outcome'), width: 220, ellipsis: true, dataIndex: 'outcome' },
    { title: t('audit.hash'), ellipsis: true, render: (_, row) => <code className="num dim">{row.hash.slice(0, 24)}</code> },
  ]
}

/** Who did what: every row carries the hash of the one before. */
export const AuditPage = (): ReactNode => {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [index, setIndex] = useState(0)
  const { data } = useCoreQuery('audit.listRows', { limit: 500 }, { live: true, keep: true })
  const rows = (data?.rows ?? []).filter((row) => text === '' || row.action.includes(text) || row.outcome.includes(text) || (row.staffId ?? '').includes(text))
  return (
    <Page title={t('audit.title')} testid="audit-page" aside={<FilterBox value={text} onChange={setText} />}>
      {data === undefined ? null : (
        <p className={`result-line${data.intact ? '' : ' is-broken'}`} data-testid="audit-intact" data-intact={data.intact}>
          {data.intact ? `✓ ${t('audit.intact')}` : `✕ ${t('audit.broken')}`}
        </p>
      )}
      <DataTable
        rows={rows}
        rowKey={(row) => String(row.seq)}
        columns={useColumns()}
        selected={Math.min(index, Math.max(0, rows.length - 1))}
        onSelect={setIndex}
        empty={t('audit.none')}
        testid="audit-table"
      />
    </Page>
  )
}
