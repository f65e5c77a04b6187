import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { OutboxItem } from '../../../electron/contract/index.ts'
import { useNames, useSentence } from '../../i18n/sentences.ts'
import { attempt } from '../../till/till.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { FilterBox } from '../../ui/FilterBox.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreNow } from '../../ui/use-core-now.ts'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill } from '../../ui/tools.ts'
import { duration } from '../../view/ages.ts'
import { DrainLine } from './DrainLine.tsx'
import { RepairDialog } from './RepairDialog.tsx'

const useColumns = (now: number): TableColumnsType<OutboxItem> => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const sentence = useSentence()
  return [
    { title: t('uploads.status'), width: 112, render: (_, row) => <span className={`status is-${row.status}`}>{nameOf('outboxStatus', row.status)}</span> },
    { title: t('uploads.kind'), width: 120, render: (_, row) => nameOf('outboxKind', row.kind) },
    { title: t('sales.receipt'), width: 150, render: (_, row) => <span className="num">{row.receiptNumber}</span> },
    { title: t('uploads.subject'), width: 220, ellipsis: true, dataIndex: 'subject' },
    { title: t('uploads.age'), width: 90, align: 'right', render: (_, row) => <span className="num">{duration(now - row.createdAt)}</span> },
    { title: t('uploads.attempts'), width: 64, align: 'right', render: (_, row) => <span className="num">{row.attempts}</span> },
    {
      title: t('uploads.reason'),
      ellipsis: true,
      render: (_, row) =>
        row.error === null ? '' : `${sentence('error', row.error.code, row.error.detail).word} · ${sentence('error', row.error.code, row.error.detail).text}`,
    },
  ]
}

/** What waits to be uploaded, and what needs a person. Nothing is ever deleted here. */
export const UploadsPage = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [text, setText] = useState('')
  const [index, setIndex] = useState(0)
  const [open, setOpen] = useState<OutboxItem | null>(null)
  const now = useCoreNow(1_000)
  const columns = useColumns(now)
  const { data } = useCoreQuery('outbox.listItems', {}, { live: true, keep: true })
  const rows = (data ?? [])
    .filter((item) => text === '' || item.receiptNumber.includes(text) || item.subject.includes(text))
    .toSorted((a, b) => Number(b.status === 'parked') - Number(a.status === 'parked') || a.createdAt - b.createdAt)
  const run = (): void => {
    void attempt(till, () => till.core.command('outbox.runNow', {}))
  }
  return (
    <Page
      title={t('uploads.title')}
      testid="uploads-page"
      keys={{ F9: run }}
      aside={<FilterBox value={text} onChange={setText} />}
      footer={
        <>
          <KeyButton name="Enter" label={t('uploads.open')} onPress={() => setOpen(rows[index] ?? null)} testid="upload-open" />
          <KeyButton name="F9" label={t('uploads.run-now')} onPress={run} testid="run-now" />
        </>
      }
    >
      <DrainLine now={now} />
      <DataTable
        rows={rows}
        rowKey={(row) => row.outboxId}
        columns={columns}
        selected={Math.min(index, Math.max(0, rows.length - 1))}
        onSelect={setIndex}
        onOpen={setOpen}
        empty={t('uploads.none')}
        testid="uploads-table"
      />
      {open === null ? null : <RepairDialog item={open} onClose={() => setOpen(null)} />}
    </Page>
  )
}
