import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { MappedDrug, MappingCounts, MappingFilter, Output } from '../../../electron/contract/index.ts'
import { useNames, useSentence } from '../../i18n/sentences.ts'
import { attempt, speakScreen } from '../../till/till.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { FilterBox } from '../../ui/FilterBox.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreNow } from '../../ui/use-core-now.ts'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill, useTillState } from '../../ui/tools.ts'
import { ageOf } from '../../view/ages.ts'
import { ReadyDialog, SameDialog, WithdrawDialog } from './MappingDialogs.tsx'
import { MappingSides } from './MappingSides.tsx'

/** What needs a person stands first. */
const TABS: readonly MappingFilter[] = ['unmapped', 'differs', 'expired', 'refused', 'expiring', 'in-force', 'under-way']
/** Enough to choose from; the rest by typing. */
const LIMIT = 500

const useColumns = (): TableColumnsType<MappedDrug> => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return [
    { title: t('mapping.status'), width: 96, render: (_, row) => <span className={`status is-mapping-${row.status}`}>{nameOf('mappingStatus', row.expiring ? 'expiring' : row.status)}</span> },
    {
      title: t('mapping.drug'),
      ellipsis: true,
      render: (_, row) => (
        <>
          <b>{row.name}</b> {row.spec} <span className="dim">{row.maker}</span>
        </>
      ),
    },
    { title: t('mapping.until'), width: 108, render: (_, row) => <span className={`num${row.expiring || row.status === 'expired' ? ' is-off' : ''}`}>{row.to ?? ''}</span> },
  ]
}

const Tabs = ({ tab, counts, onTab }: { readonly tab: MappingFilter; readonly counts: MappingCounts | null; readonly onTab: (tab: MappingFilter) => void }): ReactNode => {
  const nameOf = useNames()
  return (
    <div className="tabs" role="tablist" data-testid="mapping-tabs" data-tab={tab}>
      {TABS.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          tabIndex={-1}
          aria-selected={one === tab}
          className={`tab${one === tab ? ' is-selected' : ''}`}
          data-testid={`mapping-tab-${one}`}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTab(one)}
        >
          {nameOf('mappingStatus', one)}
          {counts === null ? null : <span className={`count num${counts[one] > 0 && one !== 'in-force' ? ' is-off' : ''}`}>{counts[one]}</span>}
        </button>
      ))}
    </div>
  )
}

const Standing = ({ data }: { readonly data: Output<'mapping.listDrugs'> }): ReactNode => {
  const { t } = useTranslation()
  const sentence = useSentence()
  const age = ageOf(data.readAt ?? 0, useCoreNow(5_000))
  return (
    <p className="mapping-standing" data-testid="mapping-standing">
      {data.readAt === null ? <b className="is-off">{t('mapping.never-read')}</b> : t('mapping.read-at', { age: age.unit === 'now' ? t('age.now') : t(`age.${age.unit}`, { count: age.count }) })}
      {data.required ? <span> · {t('mapping.required')}</span> : null}
      {data.foreign > 0 ? <span className="dim"> · {t('mapping.foreign', { count: data.foreign })}</span> : null}
      {data.waitingFor === null ? null : <span className="is-off"> · {t('mapping.waiting', { why: sentence('error', data.waitingFor.code, data.waitingFor.detail).word })}</span>}
    </p>
  )
}

/** 目录对照: which drugs are mapped to the national catalogue, both sides beside each other. */
export const MappingPage = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const mayDo = useTillState((state) => state.staff !== null && state.staff.role !== 'cashier')
  const [tab, setTab] = useState<MappingFilter>('unmapped')
  const [text, setText] = useState('')
  const [index, setIndex] = useState(0)
  const [asking, setAsking] = useState<'ready' | 'withdraw' | 'same' | null>(null)
  const [reading, setReading] = useState(false)
  const columns = useColumns()
  const { data } = useCoreQuery('mapping.listDrugs', { filter: tab, text: text.trim(), limit: LIMIT }, { live: true, keep: true })
  const rows = data?.drugs ?? []
  const at = Math.min(index, Math.max(0, rows.length - 1))
  const chosen = rows[at]
  const { data: shown } = useCoreQuery('mapping.showDrug', { drugId: chosen?.drugId ?? ('' as MappedDrug['drugId']) }, { live: true, keep: true, enabled: chosen !== undefined })
  const ready = data?.counts.ready ?? 0
  const can = {
    upload: mayDo && chosen !== undefined && chosen.differences.length === 0 && ['unmapped', 'expired', 'refused'].includes(chosen.status),
    same: mayDo && chosen?.confirmable === true,
    ready: mayDo && ready > 0,
    withdraw: mayDo && chosen !== undefined && ['in-force', 'differs'].includes(chosen.status) && chosen.from !== null,
  }
  const show = (next: MappingFilter): void => {
    setTab(next)
    setIndex(0)
  }
  const nextTab = (): void => show(TABS[(TABS.indexOf(tab) + 1) % TABS.length] ?? 'unmapped')
  const upload = (): void => {
    if (can.same) return setAsking('same')
    if (!can.upload || chosen === undefined) return
    void attempt(till, async () => {
      await till.core.command('mapping.uploadDrug', { drugId: chosen.drugId })
      speakScreen(till, 'notice', 'mapping-queued', { drug: chosen.name })
      return null
    })
  }
  const uploadReady = (): void => {
    setAsking(null)
    void attempt(till, async () => {
      const { queued } = await till.core.command('mapping.uploadReady', {})
      speakScreen(till, 'notice', 'mapping-queued-all', { count: queued })
      return null
    })
  }
  const confirmSame = (): void => {
    setAsking(null)
    if (chosen === undefined) return
    void attempt(till, async () => {
      const { status } = await till.core.command('mapping.confirmSame', { drugId: chosen.drugId })
      speakScreen(till, 'notice', status === 'in-force' ? 'mapping-same' : 'mapping-queued', { drug: chosen.name })
      return null
    })
  }
  const withdraw = (): void => {
    setAsking(null)
    if (chosen === undefined) return
    void attempt(till, async () => {
      await till.core.command('mapping.withdrawDrug', { drugId: chosen.drugId })
      speakScreen(till, 'notice', 'mapping-withdrawn', { drug: chosen.name })
      return null
    })
  }
  const readBack = (): void => {
    if (reading || !mayDo) return
    setReading(true)
    void attempt(till, async () => {
      const read = await till.core.command('mapping.readBack', { whole: true })
      speakScreen(till, 'notice', 'mapping-read', read)
      return null
    }).finally(() => setReading(false))
  }
  const ask = (what: 'ready' | 'withdraw', may: boolean): void => setAsking(may ? what : null)
  return (
    <Page
      title={t('mapping.title')}
      testid="mapping-page"
      keys={{ F4: nextTab, F6: () => ask('ready', can.ready), F8: readBack, F9: upload, F11: () => ask('withdraw', can.withdraw) }}
      aside={
        <>
          <Tabs tab={tab} counts={data?.counts ?? null} onTab={show} />
          <FilterBox
            value={text}
            hint={t('mapping.filter')}
            onChange={(next) => {
              setText(next)
              setIndex(0)
            }}
          />
        </>
      }
      footer={
        <>
          <KeyButton name="F9" label={t(can.same ? 'mapping.same' : 'mapping.upload')} next={(can.upload || can.same) && data?.readAt !== null} disabled={!can.upload && !can.same} onPress={upload} testid="mapping-upload" />
          <KeyButton name="F6" label={t('mapping.upload-ready', { count: ready })} disabled={!can.ready} onPress={() => ask('ready', can.ready)} testid="mapping-upload-ready" />
          <KeyButton name="F11" label={t('mapping.withdraw')} disabled={!can.withdraw} onPress={() => ask('withdraw', can.withdraw)} testid="mapping-withdraw" />
          <KeyButton name="F8" label={t('mapping.read')} next={data?.readAt === null && mayDo} disabled={!mayDo || reading} onPress={readBack} testid="mapping-read" />
          <KeyButton name="F4" label={t('mapping.next-tab')} onPress={nextTab} />
          {mayDo ? null : <span className="dim">{t('mapping.pharmacist-does')}</span>}
          {data?.more === true ? <span className="dim">{t('mapping.more', { count: rows.length })}</span> : null}
        </>
      }
    >
      {data === undefined ? null : <Standing data={data} />}
      <div className="two-panes">
        <DataTable rows={rows} rowKey={(row) => row.drugId} columns={columns} selected={at} onSelect={setIndex} empty={t('mapping.none')} testid="mapping-table" />
        <div className="pane">{chosen === undefined || shown === undefined ? null : <MappingSides shown={shown} />}</div>
      </div>
      {asking === 'ready' ? <ReadyDialog count={ready} onDo={uploadReady} onClose={() => setAsking(null)} /> : null}
      {asking === 'same' && chosen !== undefined ? <SameDialog drug={chosen} onDo={confirmSame} onClose={() => setAsking(null)} /> : null}
      {asking === 'withdraw' && chosen !== undefined ? <WithdrawDialog drug={chosen} onDo={withdraw} onClose={() => setAsking(null)} /> : null}
    </Page>
  )
}
