import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { isAppError } from '../../../electron/contract/index.ts'
import { takeSought } from '../../till/go-see.ts'
import { forget, speakError } from '../../till/till.ts'
import { useTill } from '../../ui/tools.ts'
import { PackLifeView } from './PackLifeView.tsx'
import { PackList } from './PackList.tsx'
import type { Asked } from './PackList.tsx'
import { PatientScreen } from './PatientScreen.tsx'
import { UploadChecks } from './UploadChecks.tsx'
import { usePackSearch } from './use-pack-search.ts'

type View = { readonly kind: 'list' } | { readonly kind: 'life' | 'why' | 'patient' | 'patient-of-stranger'; readonly code: string }

/** 追溯码台账: find a pack, its whole life, why it was not uploaded, what its patient sees. A scan opens that pack from anywhere here; Esc goes one step back. */
export const LedgerPage = (): ReactNode => {
  const till = useTill()
  const [view, setView] = useState<View>({ kind: 'list' })
  const [asked, setAsked] = useState<Asked>({ text: '', by: 'any', states: [], patient: null, index: 0 })
  // Here, so that Esc comes back to the same row however far the list was walked.
  const search = usePackSearch({ text: asked.text, by: asked.by, states: asked.states, personId: asked.patient?.personId ?? null })
  const open = (code: string): void => {
    const show = (next: View): void => {
      const said = till.store.get().heard.says[0]
      if (said !== undefined) forget(till, said.id)
      setView(next)
    }
    const text = code.trim()
    if (text === '') return
    till.core.query('trace.getLife', { code: text }).then(
      ({ pack }) => show({ kind: 'life', code: pack.code }),
      async (error: unknown) => {
        // Never here, but known to be sold elsewhere: that is what its patient would see.
        const seen = isAppError(error) && error.code === 'pack.not-found' ? await till.core.query('trace.getPatientView', { code: text }).catch(() => null) : null
        if (seen === null) speakError(till, error)
        else show({ kind: 'patient-of-stranger', code: seen.code })
      },
    )
  }
  const latest = useRef(open)
  latest.current = open
  useEffect(() => latest.current(takeSought(till)), [till])
  switch (view.kind) {
    case 'list':
      return <PackList asked={asked} search={search} onAsk={setAsked} onOpen={open} />
    case 'life':
      return (
        <PackLifeView
          code={view.code}
          onScan={open}
          onBack={() => {
            search.renew(view.code)
            setView({ kind: 'list' })
          }}
          onWhy={() => setView({ kind: 'why', code: view.code })}
          onPatient={() => setView({ kind: 'patient', code: view.code })}
        />
      )
    case 'why':
      return <UploadChecks code={view.code} onScan={open} onBack={() => setView({ kind: 'life', code: view.code })} />
    case 'patient':
    case 'patient-of-stranger': {
      const toList = (): void => setView({ kind: 'list' })
      return <PatientScreen code={view.code} onScan={open} onBack={view.kind === 'patient' ? () => setView({ kind: 'life', code: view.code }) : toList} onList={toList} />
    }
  }
}
