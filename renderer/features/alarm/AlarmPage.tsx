import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { AlarmSummary } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { FilterBox } from '../../ui/FilterBox.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useTill } from '../../ui/tools.ts'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { AlarmActions } from './AlarmActions.tsx'
import { AlarmDetail } from './AlarmDetail.tsx'
import { RaiseDialog } from './RaiseDialog.tsx'
import { scannedPack } from './scanned-pack.ts'

const useColumns = (): TableColumnsType<AlarmSummary> => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return [
    { title: t('alarm.status'), width: 84, render: (_, row) => <span className={`status is-alarm-${row.status}`}>{nameOf('alarmStatus', row.status)}</span> },
    { title: t('alarm.kind'), width: 124, ellipsis: true, render: (_, row) => nameOf('alarmKind', row.kind) },
    { title: t('alarm.drug'), ellipsis: true, render: (_, row) => row.drugName ?? t('alarm.unknown-drug') },
    { title: t('alarm.tail'), width: 84, render: (_, row) => <span className="num">…{row.code.slice(-6)}</span> },
    { title: t('alarm.place'), width: 96, ellipsis: true, dataIndex: 'place' },
    { title: t('alarm.told'), width: 104, render: (_, row) => <span className="num">{instantToLocal(row.toldAt).slice(5, 16)}</span> },
  ]
}

const holds = (row: AlarmSummary, text: string): boolean =>
  [row.code, row.drugName ?? '', row.lotNumber ?? '', row.place, row.receiptNumber ?? ''].some((field) => field.includes(text))

/** Packs under suspicion: each set aside, marked, photographed, reported and closed from here. A scan finds its pack, or sets one aside. */
export const AlarmPage = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [text, setText] = useState('')
  const [index, setIndex] = useState(0)
  const [closed, setClosed] = useState(false)
  const [acting, setActing] = useState(false)
  const [raising, setRaising] = useState<string | null>(null)
  const columns = useColumns()
  const { data } = useCoreQuery('alarm.listAlarms', { closed }, { live: true, keep: true })
  const rows = (data ?? []).filter((row) => holds(row, text.trim()))
  const at = Math.min(index, Math.max(0, rows.length - 1))
  const chosen = rows[at]
  const { data: alarm } = useCoreQuery('alarm.getAlarm', { alarmId: chosen?.alarmId ?? '' }, { live: true, keep: true, enabled: chosen !== undefined })
  const shown = alarm !== undefined && alarm.alarmId === chosen?.alarmId ? alarm : null
  const onScan = (raw: string): void => {
    const code = scannedPack(till, raw)
    if (code === null) return
    const found = rows.findIndex((row) => row.code === code)
    if (found >= 0) setIndex(found)
    else setRaising(code)
  }
  return (
    <Page
      title={t('alarm.title')}
      testid="alarm-page"
      keys={{ F2: () => setRaising(''), F4: () => setClosed(!closed) }}
      onScan={onScan}
      aside={
        <FilterBox
          value={text}
          hint={t('alarm.filter')}
          onChange={(next) => {
            setText(next)
            setIndex(0)
          }}
        />
      }
      footer={
        <>
          <KeyButton name="Enter" label={t('alarm.act')} next={shown !== null} disabled={shown === null} onPress={() => setActing(true)} testid="alarm-act" />
          <KeyButton name="F2" label={t('alarm.raise')} onPress={() => setRaising('')} testid="alarm-raise" />
          <KeyButton name="F4" label={closed ? t('alarm.hide-closed') : t('alarm.show-closed')} onPress={() => setClosed(!closed)} testid="alarm-closed" />
        </>
      }
    >
      <div className="two-panes">
        <DataTable
          rows={rows}
          rowKey={(row) => row.alarmId}
          columns={columns}
          selected={at}
          onSelect={setIndex}
          onOpen={() => setActing(true)}
          empty={t('alarm.none')}
          testid="alarm-table"
        />
        <div className="pane">{shown === null ? null : <AlarmDetail alarm={shown} />}</div>
      </div>
      {acting && shown !== null ? <AlarmActions alarm={shown} onClose={() => setActing(false)} /> : null}
      {raising === null ? null : <RaiseDialog code={raising} onClose={() => setRaising(null)} />}
    </Page>
  )
}
