import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sale } from '../../../electron/contract/index.ts'
import { attempt } from '../../till/till.ts'
import type { Decision } from '../../view/sale-actions.ts'
import { decisionsFor } from '../../view/sale-actions.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Field } from '../../ui/Field.tsx'
import { useKeys, useTill } from '../../ui/tools.ts'

const LABELS = { 'retry-reversal': 'decide.retry-reversal', 'never-booked': 'decide.never-booked', 'still-settled': 'decide.still-settled' } as const satisfies Record<Decision, string>

/** A manager ends what the platform would not: with the evidence in words, kept for good. */
export const DecideForm = ({ sale, onDone }: { readonly sale: Sale; readonly onDone: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [decision, setDecision] = useState<Decision | null>(null)
  const decisions = decisionsFor(sale)
  const [evidence, setEvidence] = useState('')
  const submit = (): boolean => {
    if (decision === null) return false
    if (evidence.trim().length >= 4)
      void attempt(till, () => till.core.command('sale.decideParked', { saleId: sale.saleId, decision, evidence: evidence.trim() })).then(onDone)
    return true
  }
  useKeys({ level: 22, modal: false, keys: { Enter: submit } })
  if (decision === null)
    return (
      <Choices
        level={21}
        testid="decision"
        choices={decisions.map((id) => ({ id, label: t(LABELS[id]) }))}
        onChoose={(id) => setDecision(decisions.find((offered) => offered === id) ?? null)}
      />
    )
  return (
    <Field label={t('decide.evidence')} value={evidence} onChange={setEvidence} autoFocus maxLength={500} hint={t('decide.evidence-hint')} testid="evidence" />
  )
}
