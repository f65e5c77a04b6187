import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { UncodedEntry } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { FilterBox } from '../../ui/FilterBox.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTillState } from '../../ui/tools.ts'
import { AddUncodedDialog } from './AddUncodedDialog.tsx'
import { EntryDialog } from './EntryDialog.tsx'

const useColumns = (): TableColumnsType<UncodedEntry> => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return [
    {
      title: t('uncoded.drug'),
      width: 330,
      ellipsis: true,
      render: (_, row) => (
        <>
          <b>{row.drugName}</b> {row.spec} <span className="dim">{row.maker}</span>
        </>
      ),
    },
    { title: t('line.head-lot'), width: 190, render: (_, row) => <span className={`num${row.sellable ? '' : ' is-off'}`}>{`${row.lotNumber} · ${row.expiresOn}`}</span> },
    {
      title: t('uncoded.left'),
      width: 96,
      align: 'right',
      render: (_, row) => (
        <span className={`num${row.packsLeft === 0 ? ' is-off' : ''}`} data-testid="uncoded-left">
          <b>{row.packsLeft}</b> / {row.quantity}
        </span>
      ),
    },
    { title: t('uncoded.in-sales'), width: 76, align: 'right', render: (_, row) => (row.packsInSales === 0 ? '' : <span className="num">{row.packsInSales}</span>) },
    { title: t('uncoded.reason'), width: 112, render: (_, row) => nameOf('uncodedReason', row.reason) },
    { title: t('uncoded.evidence'), ellipsis: true, dataIndex: 'evidence' },
    {
      title: t('uncoded.told'),
      width: 186,
      render: (_, row) => (
        <>
          <span className="num">{instantToLocal(row.toldAt).slice(2, 16)}</span> {row.closedAt === null ? row.toldByName : <span className="status is-closed-entry">{t('uncoded.closed')}</span>}
        </>
      ),
    },
  ]
}

/** 无码库: packs that may be sold without a code of their own, with the evidence for them; selling uses them up. */
export const UncodedPage = (): ReactNode => {
  const { t } = useTranslation()
  const mayWrite = useTillState((state) => state.staff?.role !== 'cashier')
  const [text, setText] = useState('')
  const [closed, setClosed] = useState(false)
  const [index, setIndex] = useState(0)
  const [adding, setAdding] = useState(false)
  const [open, setOpen] = useState<string | null>(null)
  const columns = useColumns()
  const { data } = useCoreQuery('uncoded.list', { text: text.trim(), closed, limit: 500 }, { live: true, keep: true })
  const rows = data ?? []
  const at = Math.min(index, Math.max(0, rows.length - 1))
  const chosen = rows[at]
  const shown = rows.find((row) => row.uncodedId === open)
  const add = (): void => {
    if (mayWrite) setAdding(true)
  }
  const left = rows.reduce((sum, row) => sum + (row.closedAt === null && row.sellable ? row.packsLeft : 0), 0)
  return (
    <Page
      title={t('uncoded.title')}
      testid="uncoded-page"
      keys={{ F2: add, F4: () => setClosed(!closed) }}
      aside={
        <>
          <span className="dim" data-testid="uncoded-sum">
            {t('uncoded.sum', { count: left })}
          </span>
          <FilterBox
            value={text}
            onChange={(next) => {
              setText(next)
              setIndex(0)
            }}
          />
        </>
      }
      footer={
        <>
          <KeyButton name="Enter" label={t('uncoded.open')} next={chosen !== undefined} disabled={chosen === undefined} onPress={() => setOpen(chosen?.uncodedId ?? null)} testid="uncoded-open" />
          <KeyButton name="F2" label={t('uncoded.add')} disabled={!mayWrite} onPress={add} testid="uncoded-add" />
          <KeyButton name="F4" label={closed ? t('uncoded.hide-closed') : t('uncoded.show-closed')} onPress={() => setClosed(!closed)} testid="uncoded-closed" />
          {mayWrite ? null : <span className="dim">{t('uncoded.pharmacist-adds')}</span>}
        </>
      }
    >
      <DataTable
        rows={rows}
        rowKey={(row) => row.uncodedId}
        columns={columns}
        selected={at}
        onSelect={setIndex}
        onOpen={(row) => setOpen(row.uncodedId)}
        empty={t('uncoded.none')}
        testid="uncoded-table"
      />
      {shown === undefined ? null : <EntryDialog entry={shown} mayClose={mayWrite} onClose={() => setOpen(null)} />}
      {adding ? <AddUncodedDialog onClose={() => setAdding(false)} /> : null}
    </Page>
  )
}
