import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PatientAnswer, PatientView } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useSentence } from '../../i18n/sentences.ts'
import { speakError } from '../../till/till.ts'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill } from '../../ui/tools.ts'
import type { Mark } from '../verdict/VerdictMark.tsx'
import { VerdictMark } from '../verdict/VerdictMark.tsx'

interface Props {
  readonly code: string
  readonly onScan: (code: string) => void
  readonly onBack: () => void
  readonly onList: () => void
}

const MARKS: Readonly<Record<PatientAnswer, Mark>> = { none: 'notice', 'one-theirs': 'accept', 'one-not-theirs': 'step', several: 'step' }

/** 顾客查到的: large enough to turn the screen round, or to print. No name but the masked one, no blame. */
export const PatientScreen = ({ code, onScan, onBack, onList }: Props): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const { data: view, error } = useCoreQuery('trace.getPatientView', { code }, { live: true, keep: true })
  const gone = useRef(onList)
  gone.current = onList
  useEffect(() => {
    if (error === null) return
    speakError(till, error)
    gone.current()
  }, [error, till])
  return (
    <Page
      title={t('ledger.patient-view-title')}
      testid="patient-page"
      keys={{ Escape: onBack, F9: () => window.print() }}
      onScan={onScan}
      back={{ label: t('common.back'), run: onBack }}
      footer={<KeyButton name="F9" label={t('ledger.print')} onPress={() => window.print()} />}
    >
      {view === undefined ? null : <Seen view={view} />}
    </Page>
  )
}

const Seen = ({ view }: { readonly view: PatientView }): ReactNode => {
  const { t } = useTranslation()
  const sentence = useSentence()
  const said = sentence('patient', view.reason, view.detail)
  return (
    <section className={`patient-view is-${view.answer}`} data-testid="patient-view" data-answer={view.answer} data-reason={view.reason}>
      <VerdictMark mark={MARKS[view.answer]} />
      <h2>{said.word}</h2>
      <p className="patient-said">{said.text}</p>
      {said.action === '' ? null : <p className="patient-action">{said.action}</p>}
      <p className="patient-pack">
        <b>
          {view.drugName ?? t('ledger.no-drug')} {view.spec ?? ''}
        </b>
        <span className="num">{view.code}</span>
        {view.lotNumber === null ? null : <span className="num">{`${t('ledger.lot')} ${view.lotNumber} · ${t('ledger.until', { date: view.expiresOn })}`}</span>}
      </p>
      {view.records.length === 0 ? null : (
        <ol className="patient-records">
          {view.records.map((record, index) => (
            <li key={index}>
              <b>{t(`ledger.place-${record.place}`)}</b>
              <span className="num">{record.at === null ? '' : instantToLocal(record.at).slice(0, 16)}</span>
              <span className="num">{record.receiptNumber ?? ''}</span>
              <span>{record.personMasked ?? ''}</span>
              <span>{record.place === 'elsewhere' ? t('ledger.record-elsewhere') : record.returnedAt !== null ? t(record.returnToldAt === null ? 'ledger.record-returning' : 'ledger.record-returned') : record.toldAt === null ? t('ledger.record-waiting') : t('ledger.record-told')}</span>
            </li>
          ))}
        </ol>
      )}
      <p className="dim">{t('ledger.by-our-books', { at: instantToLocal(view.askedAt).slice(0, 16) })}</p>
    </section>
  )
}
