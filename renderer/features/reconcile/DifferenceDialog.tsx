import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cure, ReconcileDifference } from '../../../electron/contract/index.ts'
import { attempt } from '../../till/till.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useKeys, useTill } from '../../ui/tools.ts'
import { useReconcileWords } from './BothBooks.tsx'
import { DifferenceFacts } from './DifferenceFacts.tsx'

const SHORTEST_REASON = 4

const CureForm = ({ difference, onDone }: { readonly difference: ReconcileDifference; readonly onDone: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const words = useReconcileWords()
  const [cure, setCure] = useState<Cure | null>(null)
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const can = cure !== null && reason.trim().length >= SHORTEST_REASON && !asking
  const submit = (): boolean => {
    if (cure === null) return false
    if (!can) return true
    setAsking(true)
    void attempt(till, () => till.core.command('reconcile.decideDifference', { differenceId: difference.differenceId, cure, reason: reason.trim() })).then((done) => {
      setAsking(false)
      if (done !== null) onDone()
    })
    return true
  }
  useKeys({
    level: 22,
    modal: false,
    keys: {
      Enter: submit,
      Escape: () => {
        if (cure === null) return false
        setCure(null)
        return true
      },
    },
  })
  if (cure === null)
    return (
      <Choices
        level={21}
        testid="cure"
        choices={difference.cures.map((id) => ({ id, label: <><b>{words.cure(id).name}</b> · {words.cure(id).does}</> }))}
        onChoose={(id) => setCure(difference.cures.find((offered) => offered === id) ?? null)}
      />
    )
  return (
    <div data-testid="cure-confirm">
      <p className="dialog-lead">
        <b>{words.cure(cure).name}</b> · {words.cure(cure).does}
      </p>
      <Field label={t('reconcile.reason')} value={reason} onChange={setReason} autoFocus maxLength={500} hint={t('reconcile.reason-hint')} testid="cure-reason" />
      <p className="form-submit">
        <KeyButton name="Enter" label={asking ? t('reconcile.asking') : t('reconcile.confirm')} next={can} disabled={!can} onPress={submit} testid="cure-submit" />
      </p>
    </div>
  )
}

/** A manager confirms a cure with the evidence in view; what was decided already is only shown. */
export const DifferenceDialog = ({ difference, onClose }: { readonly difference: ReconcileDifference; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const words = useReconcileWords()
  return (
    <Dialog title={`${words.of(difference.kind).name} · ${difference.receiptNumber ?? difference.date}`} width={860} onClose={onClose} testid="difference-dialog" footer={<KeyButton name="Escape" label={t('common.back')} onPress={onClose} />}>
      <DifferenceFacts difference={difference} />
      {difference.cures.length === 0 ? null : <CureForm difference={difference} onDone={onClose} />}
    </Dialog>
  )
}
