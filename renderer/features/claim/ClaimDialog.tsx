import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClaimViolation, LineId, Sale } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames, useSentence } from '../../i18n/sentences.ts'
import { askClaimAgain, askPrescriber, keepLines, takeOut } from '../../till/claim.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useTill, useTillState } from '../../ui/tools.ts'
import { ReasonForm } from '../sale-dialogs/ReasonForm.tsx'
import { SeverityMark } from './SeverityMark.tsx'
import { ViolationFacts } from './ViolationFacts.tsx'

const Findings = ({ sale, at, onSelect }: { readonly sale: Sale; readonly at: number; readonly onSelect: (index: number) => void }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <ul className="findings" role="listbox" data-testid="findings">
      {sale.claimCheck.violations.map((violation, index) => (
        <li
          key={violation.key}
          role="option"
          aria-selected={index === at}
          className={`finding${index === at ? ' is-selected' : ''}`}
          data-testid="finding"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onSelect(index)}
        >
          <SeverityMark severity={violation.severity} />
          <b>{violation.ruleName}</b>
          <span className={violation.open ? 'is-off' : 'dim'}>{violation.decision === null ? t(violation.open ? 'claim.open' : 'claim.shown') : nameOf('claimAction', violation.decision.action)}</span>
        </li>
      ))}
    </ul>
  )
}

/** In the platform's own words where it has any: what its sentence says of a settlement is not what happened here. */
const whyOf = (error: NonNullable<Sale['claimCheck']['error']>, sentence: ReturnType<typeof useSentence>): string => {
  const { text } = error.detail
  return typeof text === 'string' && text !== '' ? text : sentence('error', error.code, error.detail).word
}

/** The way from a finding to a decision; every step on a key. */
export const ClaimDialog = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const sentence = useSentence()
  const sale = useTillState((state) => state.sale)
  const mayKeep = useTillState((state) => state.staff !== null && state.staff.role !== 'cashier')
  const [index, setIndex] = useState(0)
  const [doing, setDoing] = useState<'keep' | 'take-out' | null>(null)
  const close = (): void => till.store.set({ overlay: null })
  if (sale === null) return null
  const { claimCheck } = sale
  const { violations } = claimCheck
  const at = Math.min(index, Math.max(0, violations.length - 1))
  const chosen: ClaimViolation | undefined = violations[at]
  const editable = sale.status === 'open'
  const can = {
    keep: editable && chosen !== undefined && chosen.demand !== 'stop' && mayKeep,
    takeOut: editable && chosen !== undefined && chosen.lines.length > 0,
    prescriber: editable && chosen !== undefined && chosen.demand !== 'show' && chosen.decision?.action !== 'ask-prescriber',
  }
  const select = (next: number): void => {
    setDoing(null)
    setIndex(Math.max(0, Math.min(violations.length - 1, next)))
  }
  const start = (what: 'keep' | 'take-out', may: boolean): void => setDoing(may ? what : null)
  const prescriber = (): void => {
    if (can.prescriber && chosen !== undefined) void askPrescriber(till, chosen)
  }
  const again = (): void => {
    if (editable) void askClaimAgain(till)
  }
  const back = (): void => (doing === null ? close() : setDoing(null))
  const quiet = doing === null
  return (
    <Dialog
      title={
        <>
          {t('claim.title')} {claimCheck.at === null ? null : <span className="dim claim-at">{t('claim.at', { time: instantToLocal(claimCheck.at).slice(11, 16) })}</span>}
        </>
      }
      width={980}
      onClose={back}
      keys={{
        F9: () => start('keep', can.keep),
        Delete: () => start('take-out', can.takeOut),
        F4: prescriber,
        F8: again,
        ...(quiet ? { ArrowUp: () => select(at - 1), ArrowDown: () => select(at + 1), Enter: () => {} } : {}),
      }}
      testid="claim-dialog"
      footer={
        <>
          <KeyButton name="F9" label={t('claim.keep')} next={quiet && can.keep && chosen?.open === true} disabled={!can.keep} onPress={() => start('keep', can.keep)} testid="claim-keep" />
          <KeyButton name="Delete" label={t('claim.take-out')} disabled={!can.takeOut} onPress={() => start('take-out', can.takeOut)} testid="claim-take-out" />
          <KeyButton name="F4" label={t('claim.prescriber')} disabled={!can.prescriber} onPress={prescriber} testid="claim-prescriber" />
          <KeyButton name="F8" label={t('claim.again')} disabled={!editable} onPress={again} testid="claim-again" />
          {chosen !== undefined && chosen.demand !== 'stop' && !mayKeep ? <span className="dim">{t('claim.pharmacist-keeps')}</span> : null}
          <KeyButton name="Escape" label={t('common.back')} onPress={back} />
        </>
      }
    >
      {claimCheck.error === null ? null : (
        <p className="claim-error" data-testid="claim-error">
          {t(sale.blockers.some((blocker) => blocker.code === 'claim-unchecked') ? 'claim.state-unavailable-stop' : 'claim.state-unavailable')} · {t('claim.why', { why: whyOf(claimCheck.error, sentence) })}
        </p>
      )}
      {chosen === undefined ? (
        claimCheck.error === null ? <p className="dialog-lead">{t(claimCheck.state === 'asking' ? 'claim.state-asking' : 'claim.nothing')}</p> : null
      ) : (
        <div className="claim-panes">
          <Findings sale={sale} at={at} onSelect={select} />
          <div className="claim-detail">
            <ViolationFacts violation={chosen} sale={sale} />
            {doing === 'keep' ? (
              <section data-testid="claim-reason">
                <h3>{t('claim.why-keep')}</h3>
                <ReasonForm
                  level={20}
                  reasons={['claim-checked', 'claim-prescriber-confirmed', 'claim-different-use']}
                  onReason={(reason) => {
                    setDoing(null)
                    void keepLines(till, chosen, reason)
                  }}
                />
              </section>
            ) : null}
            {doing === 'take-out' ? (
              <section data-testid="claim-which-line">
                <h3>{t('claim.which-line')}</h3>
                <Choices
                  level={21}
                  testid="claim-line"
                  choices={[...new Set(chosen.lines.map(({ lineId }) => lineId))].map((lineId) => {
                    const line = sale.lines.find((other) => other.lineId === lineId)
                    return { id: lineId, label: `${line?.name ?? ''} ${line?.spec ?? ''}` }
                  })}
                  onChoose={(lineId) => {
                    setDoing(null)
                    void takeOut(till, chosen, lineId as LineId)
                  }}
                />
              </section>
            ) : null}
          </div>
        </div>
      )}
    </Dialog>
  )
}
