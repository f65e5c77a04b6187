import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableColumnsType } from 'antd'
import type { FoundPack, FoundPatient, PackSearchBy, PackState } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { SearchBox } from './SearchBox.tsx'
import { StatesDialog } from './StatesDialog.tsx'
import { PatientDialog } from './PatientDialog.tsx'
import type { PackSearch } from './use-pack-search.ts'

/** Kept while a pack's page is open, so that Esc comes back to the same row. */
export interface Asked {
  readonly text: string
  readonly by: PackSearchBy
  readonly states: readonly PackState[]
  readonly patient: FoundPatient | null
  readonly index: number
}

const WAYS: readonly PackSearchBy[] = ['any', 'code', 'drug', 'lot', 'receipt']

const useColumns = (): TableColumnsType<FoundPack> => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return [
    { title: t('ledger.code'), width: 206, ellipsis: true, render: (_, row) => <span className="num">{row.code}</span> },
    { title: t('ledger.state'), width: 142, render: (_, row) => <span className={`status is-pack-${row.state}`}>{nameOf('packState', row.state)}</span> },
    { title: t('ledger.drug'), ellipsis: true, render: (_, row) => (row.drugName === null ? t('ledger.no-drug') : `${row.drugName} ${row.spec ?? ''}`) },
    { title: t('ledger.lot'), width: 116, ellipsis: true, render: (_, row) => <span className="num">{row.lotNumber}</span> },
    { title: t('ledger.expiry'), width: 104, render: (_, row) => <span className="num">{row.expiresOn}</span> },
    { title: t('ledger.receipt'), width: 136, render: (_, row) => <span className="num">{row.receiptNumber}</span> },
    { title: t('ledger.changed'), width: 112, render: (_, row) => <span className="num">{row.changedAt === null ? '' : instantToLocal(row.changedAt).slice(5, 16)}</span> },
    {
      title: t('ledger.upload'),
      width: 128,
      render: (_, row) => (row.upload === 'none' ? '' : <span className={`status is-${row.upload === 'uploaded' ? 'done' : row.upload}`}>{nameOf('uploadState', row.upload)}</span>),
    },
  ]
}

const Understood = ({ asked, search }: { readonly asked: Asked; readonly search: PackSearch }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const count = `${search.rows.length}${search.more ? '+' : ''}`
  const what = asked.patient !== null ? t('ledger.sense-patient', { name: `${asked.patient.nameMasked} ${asked.patient.idMasked}` }) : t(`ledger.sense-${search.sense === 'patient' ? 'recent' : search.sense}`, { subject: search.subject })
  return (
    <p className="understood" data-testid="understood" data-sense={asked.patient === null ? search.sense : 'patient'}>
      <span>{what}</span>
      {asked.states.length === 0 ? null : <span>{asked.states.map((state) => nameOf('packState', state)).join(' / ')}</span>}
      <span className="num dim">{t('ledger.found', { count })}</span>
    </p>
  )
}

/** The list: what is typed is looked for as it is typed, by whatever it may be. */
export const PackList = ({ asked, search, onAsk, onOpen }: { readonly asked: Asked; readonly search: PackSearch; readonly onAsk: (asked: Asked) => void; readonly onOpen: (code: string) => void }): ReactNode => {
  const { t } = useTranslation()
  const columns = useColumns()
  const [dialog, setDialog] = useState<'states' | 'patient' | null>(null)
  const { rows } = search
  const at = Math.min(asked.index, Math.max(0, rows.length - 1))
  const ask = (change: Partial<Asked>): void => onAsk({ ...asked, index: 0, ...change })
  const select = (index: number): void => {
    onAsk({ ...asked, index })
    if (index >= rows.length - 1) search.fetchMore()
  }
  const nextWay = (): void => ask({ by: WAYS[(WAYS.indexOf(asked.by) + 1) % WAYS.length] ?? 'any', patient: null })
  return (
    <Page
      title={t('ledger.title')}
      testid="pack-page"
      keys={{ F2: nextWay, F3: () => setDialog('patient'), F4: () => setDialog('states') }}
      onScan={onOpen}
      aside={
        <SearchBox
          active={dialog === null}
          value={asked.text}
          narrowed={asked.patient !== null || asked.states.length > 0 || asked.by !== 'any'}
          onChange={(text) => ask({ text, patient: null })}
          onClear={() => ask({ text: '', by: 'any', states: [], patient: null })}
        />
      }
      footer={
        <>
          <KeyButton name="Enter" label={t('ledger.open')} next={rows.length > 0} disabled={rows.length === 0} onPress={() => onOpen(rows[at]?.code ?? '')} testid="pack-open" />
          <KeyButton name="F2" label={t('ledger.by', { way: t(`ledger.by-${asked.by}`) })} onPress={nextWay} testid="search-by" />
          <KeyButton name="F3" label={t('ledger.by-patient')} onPress={() => setDialog('patient')} testid="search-patient" />
          <KeyButton name="F4" label={t('ledger.states')} onPress={() => setDialog('states')} testid="search-states" />
        </>
      }
    >
      <Understood asked={asked} search={search} />
      <DataTable
        rows={rows}
        rowKey={(row) => row.code}
        columns={columns}
        selected={at}
        onSelect={select}
        onOpen={(row) => onOpen(row.code)}
        empty={search.loading ? t('ledger.looking') : t(search.sense === 'person-number' ? 'ledger.none-person' : 'ledger.none')}
        testid="packs-table"
      />
      {dialog === 'states' ? <StatesDialog states={asked.states} onChoose={(states) => ask({ states })} onClose={() => setDialog(null)} /> : null}
      {dialog === 'patient' ? (
        <PatientDialog
          onChoose={(patient) => {
            setDialog(null)
            ask({ patient, text: '', by: 'any' })
          }}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </Page>
  )
}
