import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PackAction, PackLife } from '../../../electron/contract/index.ts'
import { useNames } from '../../i18n/sentences.ts'
import { goSeeSale } from '../../till/go-see.ts'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill, useTillState } from '../../ui/tools.ts'
import { PackActionDialog } from './PackActionDialog.tsx'
import { PackFacts } from './PackFacts.tsx'
import { PackHistory } from './PackHistory.tsx'
import type { KeyName } from '../../keyboard/key-scopes.ts'

interface Props {
  readonly code: string
  readonly onScan: (code: string) => void
  readonly onBack: () => void
  readonly onWhy: () => void
  readonly onPatient: () => void
}

/** Every action has its key; what cannot be done with this pack now has no button. */
const ACTION_KEYS = { lock: 'F8', release: 'F8', destroy: 'Delete', transfer: 'F11' } as const satisfies Record<PackAction, KeyName>

export const PackLifeView = ({ code, onScan, onBack, onWhy, onPatient }: Props): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [acting, setActing] = useState<PackAction | null>(null)
  const manager = useTillState((state) => state.staff?.role === 'manager')
  const pharmacist = useTillState((state) => state.staff?.role === 'pharmacist' || state.staff?.role === 'manager')
  const { data: life, refetch } = useCoreQuery('trace.getLife', { code }, { live: true, keep: true })
  const [sale] = life?.sales ?? []
  const may = (action: PackAction): boolean => (action === 'lock' ? pharmacist : manager)
  const actions = (life?.actions ?? []).filter(may)
  const act = Object.fromEntries(actions.map((action) => [ACTION_KEYS[action], () => setActing(action)]))
  return (
    <Page
      title={t('ledger.life-title')}
      testid="pack-page"
      keys={{ Escape: onBack, F2: onBack, F3: onPatient, F4: onWhy, ...(sale === undefined ? {} : { F7: () => goSeeSale(till, sale.receiptNumber) }), ...act }}
      onScan={onScan}
      back={{ label: t('ledger.to-list'), run: onBack }}
      footer={
        <>
          <KeyButton name="F4" label={t('ledger.why')} onPress={onWhy} testid="pack-why" />
          <KeyButton name="F3" label={t('ledger.patient-sees')} onPress={onPatient} testid="pack-patient" />
          {sale === undefined ? null : <KeyButton name="F7" label={t('ledger.open-sale')} onPress={() => goSeeSale(till, sale.receiptNumber)} testid="pack-sale" />}
          {actions.map((action) => (
            <KeyButton key={action} name={ACTION_KEYS[action]} label={t(`ledger.do-${action}`)} onPress={() => setActing(action)} testid={`pack-${action}`} />
          ))}
        </>
      }
    >
      {life === undefined ? null : (
        <article className="pack life" data-testid="pack" data-state={life.pack.state}>
          <LifeHead life={life} />
          <div className="life-columns">
            <PackFacts life={life} />
            <PackHistory life={life} />
          </div>
        </article>
      )}
      {acting === null ? null : (
        <PackActionDialog
          code={code}
          action={acting}
          onClose={() => setActing(null)}
          onDone={() => {
            setActing(null)
            void refetch()
          }}
        />
      )}
    </Page>
  )
}

/** State first, in a word that is seen from where one stands. */
const LifeHead = ({ life }: { readonly life: PackLife }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const { pack } = life
  return (
    <header className="life-head">
      <span className={`status is-large is-pack-${pack.state}`} data-testid="pack-state">
        {nameOf('packState', pack.state)}
      </span>
      <div>
        <b className="life-drug">
          {pack.drugName ?? t('ledger.no-drug')} {life.spec ?? ''}
        </b>
        <span className="num life-code">{pack.code}</span>
        {pack.virtual ? <span className="status">{t('line.virtual')}</span> : null}
        {life.recalled ? <span className="status is-pack-locked">{t('ledger.recalled')}</span> : null}
      </div>
    </header>
  )
}
