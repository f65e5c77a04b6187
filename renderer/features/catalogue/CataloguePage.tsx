import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { CatalogueHit, CatalogueListState, CatalogueState } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { attempt, speakScreen } from '../../till/till.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { FilterBox } from '../../ui/FilterBox.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreNow } from '../../ui/use-core-now.ts'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill, useTillState } from '../../ui/tools.ts'
import { ageOf } from '../../view/ages.ts'
import { CatalogueChanges } from './CatalogueChanges.tsx'
import { CatalogueItemPane } from './CatalogueItemPane.tsx'

const HITS = 100

const Age = ({ at }: { readonly at: number | null }): ReactNode => {
  const { t } = useTranslation()
  const now = useCoreNow(5_000)
  if (at === null) return <span className="is-off">{t('catalogue.never')}</span>
  const age = ageOf(at, now)
  return <span className="num">{age.unit === 'now' ? t('age.now') : t(`age.${age.unit}`, { count: age.count })}</span>
}

const useListColumns = (): TableColumnsType<CatalogueListState> => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return [
    {
      title: t('catalogue.list'),
      ellipsis: true,
      render: (_, row) => (
        <>
          <b>{nameOf('catalogueList', row.list)}</b> <span className="dim num">{row.list}</span>
        </>
      ),
    },
    { title: t('catalogue.version'), width: 116, ellipsis: true, render: (_, row) => <span className="num">{row.version === '' ? '–' : row.version}</span> },
    { title: t('catalogue.valid-rows'), width: 88, align: 'right', render: (_, row) => <span className="num">{row.validRows.toLocaleString('en')}</span> },
    { title: t('catalogue.asked'), width: 112, render: (_, row) => <Age at={row.askedAt} /> },
  ]
}

const useHitColumns = (): TableColumnsType<CatalogueHit> => {
  const { t } = useTranslation()
  return [
    {
      title: t('catalogue.item'),
      ellipsis: true,
      render: (_, row) => (
        <>
          <b>{row.name}</b> {row.spec} <span className="dim">{row.maker}</span>
        </>
      ),
    },
    { title: t('catalogue.code'), width: 214, ellipsis: true, render: (_, row) => <span className="num">{row.code}</span> },
    { title: t('catalogue.today'), width: 64, render: (_, row) => (row.holds ? t('catalogue.holds') : <span className="is-off">{t('catalogue.ended')}</span>) },
  ]
}

const Standing = ({ state }: { readonly state: CatalogueState }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const { updating, madeAt } = state
  return (
    <p className="catalogue-standing" data-testid="catalogue-standing" data-generation={state.generation ?? ''} data-updating={updating === null ? '' : updating.list}>
      {madeAt === null ? <b className="is-off">{t('catalogue.none')}</b> : t('catalogue.standing', { at: instantToLocal(madeAt).slice(0, 16) })}
      {updating === null ? null : <b> · {t(`catalogue.updating-${updating.step}`, { list: nameOf('catalogueList', updating.list) })}</b>}
    </p>
  )
}

/** 医保目录: what is here, how old it is, what the last updates brought; any item with its dates, limit price and first self-pay share. */
export const CataloguePage = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const mayUpdate = useTillState((state) => state.staff !== null && state.staff.role !== 'cashier')
  const [text, setText] = useState('')
  const [index, setIndex] = useState(0)
  const listColumns = useListColumns()
  const hitColumns = useHitColumns()
  const { data: state, refetch } = useCoreQuery('catalogue.getState', {}, { live: true, keep: true })
  const searching = text.trim() !== '' && state !== undefined && state.generation !== null
  const { data: hits } = useCoreQuery('catalogue.search', { text: text.trim(), limit: HITS }, { live: true, keep: true, enabled: searching })
  const found = searching ? (hits ?? []) : []
  const at = Math.min(index, Math.max(0, found.length - 1))
  const chosen = found[at]
  const update = (): void => {
    if (!mayUpdate || state === undefined || state.updating !== null) return
    void attempt(till, async () => {
      await till.core.command('catalogue.update', {})
      await refetch()
      speakScreen(till, 'notice', 'catalogue-updating')
      return null
    })
  }
  return (
    <Page
      title={t('catalogue.title')}
      testid="catalogue-page"
      keys={{ F9: update }}
      aside={
        <FilterBox
          value={text}
          hint={t('catalogue.search')}
          onChange={(next) => {
            setText(next)
            setIndex(0)
          }}
        />
      }
      footer={
        <>
          <KeyButton name="F9" label={t('catalogue.update')} disabled={!mayUpdate || state === undefined || state.updating !== null} onPress={update} testid="catalogue-update" />
          {mayUpdate ? null : <span className="dim">{t('catalogue.pharmacist-does')}</span>}
        </>
      }
    >
      {state === undefined ? null : <Standing state={state} />}
      <div className="two-panes">
        {searching ? (
          <DataTable rows={found} rowKey={(row) => `${row.list}-${row.rowId}`} columns={hitColumns} selected={at} onSelect={setIndex} empty={t('catalogue.nothing-found')} testid="catalogue-hits" />
        ) : (
          <DataTable rows={state?.lists ?? []} rowKey={(row) => row.list} columns={listColumns} selected={index} onSelect={setIndex} empty="" testid="catalogue-lists" />
        )}
        <div className="pane" data-testid="catalogue-pane">
          {searching ? chosen === undefined ? null : <CatalogueItemPane code={chosen.code} /> : <CatalogueChanges changes={(state?.changes ?? []).filter(({ outcome }) => outcome !== 'nothing-newer')} />}
        </div>
      </div>
    </Page>
  )
}
