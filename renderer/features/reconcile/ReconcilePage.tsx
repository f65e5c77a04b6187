import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { BusinessDate, ReconcileDifference } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { attempt } from '../../till/till.ts'
import { goSeeSale } from '../../till/go-see.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Money } from '../../ui/Money.tsx'
import { Page } from '../../ui/Page.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useTill, useTillState } from '../../ui/tools.ts'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { duration } from '../../view/ages.ts'
import { useReconcileWords } from './BothBooks.tsx'
import { DayLine } from './DayLine.tsx'
import { DayList } from './DayList.tsx'
import { DifferenceDialog } from './DifferenceDialog.tsx'
import { DifferenceFacts } from './DifferenceFacts.tsx'
import { GroupTable } from './GroupTable.tsx'
import { DayReportDialog } from './DayReportDialog.tsx'

const DAYS = 31

const useColumns = (): TableColumnsType<ReconcileDifference> => {
  const { t } = useTranslation()
  const words = useReconcileWords()
  return [
    {
      title: t('reconcile.difference'), width: 128, ellipsis: true,
      render: (_, row) => <span className={row.state === 'open' ? 'is-off' : 'dim'}>{row.state === 'open' ? '▲' : '✓'} {words.of(row.kind).name}</span>,
    },
    { title: t('reconcile.receipt'), ellipsis: true, render: (_, row) => <span className="num">{row.receiptNumber ?? `…${row.messageId.slice(-10)}`}</span> },
    { title: t('reconcile.total'), width: 96, align: 'right', render: (_, row) => {
      const fen = row.theirs?.totalFen ?? row.ours?.totalFen ?? null
      return fen === null ? '—' : <Money fen={fen} />
    } },
    { title: t('reconcile.state'), width: 76, render: (_, row) => t(`reconcile.is-${row.state}`) },
  ]
}

const Running = ({ since }: { readonly since: number }): ReactNode => <span className="num">{duration(useNow(200) - since)}</span>

/** 对账: each day's books beside the province's; what differs waits here for a manager, with both sides in view. */
export const ReconcilePage = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const today = useTillState((state) => state.status?.businessDate ?? null)
  const [chosen, setChosen] = useState<BusinessDate | null>(null)
  const [index, setIndex] = useState(0)
  const [since, setSince] = useState<number | null>(null)
  const [dialog, setDialog] = useState<'none' | 'decide' | 'report'>('none')
  const columns = useColumns()
  const { data: list } = useCoreQuery('reconcile.listDays', { days: DAYS }, { live: true, keep: true })
  const days = list?.days ?? []
  // What waits for somebody is shown first; else today.
  const date = chosen ?? days.find((day) => day.openDifferences > 0 || day.state === 'failed')?.date ?? today
  const { data: view } = useCoreQuery('reconcile.getDay', { date: date ?? ('2026-01-01' as BusinessDate) }, { live: true, keep: true, enabled: date !== null })
  const shown = view !== undefined && view.day.date === date ? view : null
  const differences = shown?.differences ?? []
  const at = Math.min(index, Math.max(0, differences.length - 1))
  const difference = differences[at]
  const step = (by: number): void => {
    const next = days[days.findIndex((day) => day.date === date) - by]
    if (next === undefined) return
    setChosen(next.date)
    setIndex(0)
  }
  const run = (): void => {
    if (since !== null || date === null) return
    setChosen(date)
    setSince(till.now())
    void attempt(till, () => till.core.command('reconcile.runDay', { date })).then(() => setSince(null))
  }
  const seeSale = (): void => {
    const receipt = difference?.receiptNumber ?? shown?.unconfirmed[0]?.receiptNumber
    if (receipt !== undefined && receipt !== null) goSeeSale(till, receipt)
  }
  return (
    <Page
      title={t('reconcile.title')}
      testid="reconcile-page"
      keys={{ ArrowLeft: () => step(-1), ArrowRight: () => step(1), F9: run, F4: seeSale, F6: () => shown !== null && setDialog('report') }}
      aside={
        <span className="dim reconcile-next">
          {list === undefined || list.nextRunAt === null ? t('reconcile.by-hand-only') : t('reconcile.next-run', { at: instantToLocal(list.nextRunAt).slice(5, 16) })}
        </span>
      }
      footer={
        <>
          <KeyButton name="Enter" label={t('reconcile.decide')} next={difference?.state === 'open'} disabled={difference === undefined} onPress={() => setDialog('decide')} testid="reconcile-decide" />
          <KeyButton name="F9" label={t('reconcile.run')} next={differences.length === 0} disabled={since !== null} onPress={run} testid="reconcile-run" />
          <KeyButton name="F4" label={t('reconcile.see-sale')} disabled={difference === undefined && (shown?.unconfirmed.length ?? 0) === 0} onPress={seeSale} testid="reconcile-sale" />
          <KeyButton name="F6" label={t('reconcile.report')} disabled={shown === null} onPress={() => setDialog('report')} testid="reconcile-report" />
          <KeyButton name="←→" label={t('reconcile.other-day')} onPress={() => step(-1)} testid="reconcile-day-before" />
        </>
      }
    >
      <div className="reconcile">
        <DayList days={days} chosen={date} onChoose={(next) => { setChosen(next); setIndex(0) }} />
        <div className="reconcile-day">
          {since === null ? (
            shown === null ? null : <DayLine view={shown} />
          ) : (
            <p className="totals-wait">
              <Running since={since} /> {t('reconcile.running')}
            </p>
          )}
          <GroupTable groups={shown?.groups ?? []} />
          <div className="reconcile-differences">
            <DataTable
              rows={differences}
              rowKey={(row) => row.differenceId}
              columns={columns}
              selected={at}
              onSelect={setIndex}
              onOpen={() => setDialog('decide')}
              empty={shown?.day.state === 'balanced' ? t('reconcile.no-difference') : t('reconcile.nothing-found')}
              testid="difference-table"
            />
            <div className="pane">{difference === undefined ? null : <DifferenceFacts difference={difference} />}</div>
          </div>
        </div>
      </div>
      {dialog === 'decide' && difference !== undefined ? <DifferenceDialog difference={difference} onClose={() => setDialog('none')} /> : null}
      {dialog === 'report' && shown !== null ? <DayReportDialog view={shown} onClose={() => setDialog('none')} /> : null}
    </Page>
  )
}
