import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill, useTillState, useTools } from '../../ui/tools.ts'

interface Sample {
  readonly group: string
  readonly label: string
  readonly code: string
}

/** No scanner and no patient: a click is a scan. Only in practice. */
export const PracticeDock = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const { scans } = useTools()
  const { data, refetch } = useCoreQuery('practice.listSamples', {})
  // The next customer gets packs that nobody bought; within a sale the same click is the same pack, so that a repeat can be practised too.
  const saleId = useTillState((state) => state.sale?.saleId)
  useEffect(() => void refetch(), [saleId, refetch])
  const [group, setGroup] = useState<string | null>(null)
  if (data === undefined) return <section className="dock" data-testid="practice" />
  const samples: readonly Sample[] = [
    ...data.people.map((person) => ({ group: t('practice.people'), label: person.label, code: person.eVoucher })),
    ...data.packs,
    ...data.codes.map(({ label, code }) => ({ group: t('practice.codes'), label, code })),
  ]
  const groups = [...new Set(samples.map((sample) => sample.group))]
  const shown = group !== null && groups.includes(group) ? group : groups[0]
  return (
    <section className="dock" data-testid="practice">
      <header>
        <b>{t('practice.title')}</b>
        <nav>
          {groups.map((name) => (
            <button
              key={name}
              type="button"
              className={`dock-tab${name === shown ? ' is-chosen' : ''}`}
              data-testid={`practice-group-${name}`}
              onMouseDown={(e) => e.preventDefault()}
              onClick={() => setGroup(name)}
            >
              {name}
            </button>
          ))}
        </nav>
        <button
          type="button"
          tabIndex={-1}
          className="dock-close"
          onMouseDown={(e) => e.preventDefault()}
          onClick={() => till.store.set({ practiceDock: false })}
        >
          {t('practice.close')} <KeyCap name="F10" />
        </button>
      </header>
      <div className="dock-list">
        {samples
          .filter((sample) => sample.group === shown)
          .map((sample) => (
            <button
              key={sample.code}
              type="button"
              className="sample"
              data-testid="sample"
              data-code={sample.code}
              title={sample.code}
              onMouseDown={(e) => e.preventDefault()}
              onClick={() => scans.push(sample.code, 'panel')}
            >
              {sample.label}
            </button>
          ))}
      </div>
    </section>
  )
}
