import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { CodeLink, LinkId, LinkTrust } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { quiet } from '../../till/say.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { FilterBox } from '../../ui/FilterBox.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill } from '../../ui/tools.ts'
import { LinkPage } from './LinkPage.tsx'
import { LookUpDialog } from './LookUpDialog.tsx'

/** What needs a person stands first. */
const TABS: readonly (LinkTrust | 'all')[] = ['provisional', 'confirmed', 'revoked', 'all']
type Tab = (typeof TABS)[number]

const useColumns = (): TableColumnsType<CodeLink> => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return [
    { title: t('map.trust'), width: 92, render: (_, row) => <span className={`status is-link-${row.trust}`}>{nameOf('linkTrust', row.trust)}</span> },
    { title: t('map.kind'), width: 112, render: (_, row) => nameOf('linkKind', row.kind) },
    { title: t('map.code'), width: 236, render: (_, row) => <span className="num">{row.value}</span> },
    { title: t('map.level'), width: 64, render: (_, row) => (row.level === null ? '' : t('map.level-n', { level: row.level })) },
    {
      title: t('map.item'),
      ellipsis: true,
      render: (_, row) => (
        <>
          <b>{row.drugName}</b> {row.spec} <span className="dim">{row.maker}</span>
        </>
      ),
    },
    {
      title: t('map.source'),
      width: 142,
      ellipsis: true,
      render: (_, row) => `${nameOf('linkSource', row.source)}${row.learntBy === null ? '' : ` · ${row.learntBy}`}`,
    },
    { title: t('map.first-seen'), width: 112, render: (_, row) => <span className="num">{instantToLocal(row.firstSeenAt).slice(0, 10)}</span> },
  ]
}

const Tabs = ({ tab, toReview, onTab }: { readonly tab: Tab; readonly toReview: number | null; readonly onTab: (tab: Tab) => void }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <div className="tabs" role="tablist" data-testid="map-tabs" data-tab={tab}>
      {TABS.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          tabIndex={-1}
          aria-selected={one === tab}
          className={`tab${one === tab ? ' is-selected' : ''}`}
          data-testid={`map-tab-${one}`}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTab(one)}
        >
          {one === 'all' ? t('map.all') : nameOf('linkTrust', one)}
          {one === 'provisional' && toReview !== null ? <span className={`count num${toReview > 0 ? ' is-off' : ''}`}>{toReview}</span> : null}
        </button>
      ))}
    </div>
  )
}

/** 三码映射: every link between a code and an item, those to be reviewed first; any code can be looked up by a scan. */
export const MapPage = (): ReactNode => {
  const { t } = useTranslation()
  const [tab, setTab] = useState<Tab>('provisional')
  const [text, setText] = useState('')
  const [index, setIndex] = useState(0)
  const till = useTill()
  const [open, setLink] = useState<LinkId | null>(null)
  // What was said of one link is not true of the next.
  const setOpen = (linkId: LinkId | null): void => {
    till.store.set((state) => ({ heard: quiet(state.heard) }))
    setLink(linkId)
  }
  const [lookingUp, setLookingUp] = useState<string | null>(null)
  const columns = useColumns()
  const { data } = useCoreQuery('map.listLinks', { text: text.trim(), trust: tab === 'all' ? null : tab, limit: 500 }, { live: true, keep: true })
  const rows = data?.links ?? []
  const at = Math.min(index, Math.max(0, rows.length - 1))
  const chosen = rows[at]
  const show = (next: Tab): void => {
    setTab(next)
    setIndex(0)
  }
  if (open !== null) return <LinkPage linkId={open} onBack={() => setOpen(null)} />
  return (
    <Page
      title={t('map.title')}
      testid="map-page"
      keys={{
        F2: () => setLookingUp(''),
        F4: () => show(TABS[(TABS.indexOf(tab) + 1) % TABS.length] ?? 'provisional'),
      }}
      onScan={setLookingUp}
      aside={
        <>
          <Tabs tab={tab} toReview={data?.toReview ?? null} onTab={show} />
          <FilterBox
            value={text}
            hint={t('map.filter')}
            onChange={(next) => {
              setText(next)
              setIndex(0)
            }}
          />
        </>
      }
      footer={
        <>
          <KeyButton
            name="Enter"
            label={t('map.open')}
            next={chosen !== undefined}
            disabled={chosen === undefined}
            onPress={() => setOpen(chosen?.linkId ?? null)}
            testid="map-open"
          />
          <KeyButton name="F2" label={t('map.look-up')} onPress={() => setLookingUp('')} testid="map-look-up" />
          <KeyButton name="F4" label={t('map.next-tab')} onPress={() => show(TABS[(TABS.indexOf(tab) + 1) % TABS.length] ?? 'provisional')} />
          {data?.more === true ? <span className="dim">{t('map.more', { count: rows.length })}</span> : null}
        </>
      }
    >
      <DataTable
        rows={rows}
        rowKey={(row) => row.linkId}
        columns={columns}
        selected={at}
        onSelect={setIndex}
        onOpen={(row) => setOpen(row.linkId)}
        empty={tab === 'provisional' && text === '' ? t('map.none-to-review') : t('map.none')}
        testid="map-table"
      />
      {lookingUp === null ? null : <LookUpDialog first={lookingUp} onClose={() => setLookingUp(null)} />}
    </Page>
  )
}
