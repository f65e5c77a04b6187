import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { Recall } from '../../../electron/contract/index.ts'
import { formatQuantity } from '../../../electron/domain/amounts.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { FilterBox } from '../../ui/FilterBox.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTillState } from '../../ui/tools.ts'
import { AddRecallDialog } from './AddRecallDialog.tsx'
import { LiftDialog } from './LiftDialog.tsx'
import { RecallPane } from './RecallPane.tsx'

const useColumns = (): TableColumnsType<Recall> => {
  const { t } = useTranslation()
  return [
    {
      title: t('uncoded.drug'),
      ellipsis: true,
      render: (_, row) => (
        <>
          <b>{row.drugName}</b> {row.spec}
        </>
      ),
    },
    { title: t('recalls.lot'), width: 118, ellipsis: true, render: (_, row) => (row.lotNumber === null ? t('recalls.every-lot') : <span className="num">{row.lotNumber}</span>) },
    {
      title: t('recalls.on-hand'),
      width: 88,
      align: 'right',
      render: (_, row) => (
        <span className={`num${row.onHand > 0 && row.liftedAt === null ? ' is-off' : ''}`}>
          {formatQuantity(row.onHand)} {row.packUnit}
        </span>
      ),
    },
    { title: t('recalls.in-sales'), width: 70, align: 'right', render: (_, row) => (row.inSales === 0 ? '' : <span className="num is-off">{row.inSales}</span>) },
    {
      title: t('recalls.since'),
      width: 118,
      render: (_, row) => (row.liftedAt === null ? <span className="num">{instantToLocal(row.toldAt).slice(2, 16)}</span> : <span className="status is-lifted">{t('recalls.lifted')}</span>),
    },
  ]
}

/** 召回: what must not be sold, where it is, and which sales hold it. */
export const RecallPage = (): ReactNode => {
  const { t } = useTranslation()
  const role = useTillState((state) => state.staff?.role)
  const [text, setText] = useState('')
  const [lifted, setLifted] = useState(false)
  const [index, setIndex] = useState(0)
  const [doing, setDoing] = useState<'add' | 'lift' | null>(null)
  const columns = useColumns()
  const { data } = useCoreQuery('recall.list', { text: text.trim(), lifted, limit: 500 }, { live: true, keep: true })
  const rows = data ?? []
  const at = Math.min(index, Math.max(0, rows.length - 1))
  const chosen = rows[at]
  const mayAdd = role !== 'cashier'
  const mayLift = role === 'manager' && chosen !== undefined && chosen.liftedAt === null
  const add = (): void => {
    if (mayAdd) setDoing('add')
  }
  const lift = (): void => {
    if (mayLift) setDoing('lift')
  }
  return (
    <Page
      title={t('recalls.title')}
      testid="recall-page"
      keys={{ F2: add, F4: () => setLifted(!lifted), F8: lift }}
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
        <>
          <KeyButton name="F2" label={t('recalls.add')} disabled={!mayAdd} onPress={add} testid="recall-add" />
          <KeyButton name="F4" label={lifted ? t('recalls.hide-lifted') : t('recalls.show-lifted')} onPress={() => setLifted(!lifted)} testid="recall-lifted" />
          <KeyButton name="F8" label={t('recalls.lift')} disabled={!mayLift} onPress={lift} testid="recall-lift" />
          {role === 'manager' ? null : <span className="dim">{t('recalls.manager-lifts')}</span>}
        </>
      }
    >
      <div className="two-panes">
        <DataTable rows={rows} rowKey={(row) => row.recallId} columns={columns} selected={at} onSelect={setIndex} empty={t('recalls.none')} testid="recall-table" />
        <div className="pane">{chosen === undefined ? null : <RecallPane recallId={chosen.recallId} />}</div>
      </div>
      {doing === 'add' ? <AddRecallDialog onClose={() => setDoing(null)} /> : null}
      {doing === 'lift' && chosen !== undefined ? <LiftDialog recall={chosen} onClose={() => setDoing(null)} /> : null}
    </Page>
  )
}
