import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Recall } from '../../../electron/contract/index.ts'
import { attempt, speakScreen } from '../../till/till.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useTill } from '../../ui/tools.ts'

/** A manager says that these goods may be sold again, and why; kept for good. */
export const LiftDialog = ({ recall, onClose }: { readonly recall: Recall; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [reason, setReason] = useState('')
  const can = reason.trim().length >= 2
  const submit = (): void => {
    if (!can) return
    void attempt(till, async () => {
      await till.core.command('recall.lift', { recallId: recall.recallId, reason: reason.trim() })
      speakScreen(till, 'notice', 'recall-lifted', { drug: recall.drugName, lot: recall.lotNumber ?? t('recalls.every-lot') })
      return null
    }).then(onClose)
  }
  return (
    <Dialog
      title={t('recalls.lift')}
      onClose={onClose}
      keys={{ Enter: submit }}
      testid="recall-lift-dialog"
      footer={
        <>
          <KeyButton name="Enter" label={t('recalls.lift-submit')} next={can} disabled={!can} onPress={submit} testid="recall-lift-submit" />
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      <p className="dialog-lead">
        <b>{recall.drugName}</b> {recall.lotNumber ?? t('recalls.every-lot-long')}
      </p>
      <p>{t('recalls.lift-lead')}</p>
      <Field label={t('recalls.lift-why')} value={reason} onChange={setReason} autoFocus maxLength={500} hint={t('recalls.lift-hint')} testid="recall-lift-reason" />
    </Dialog>
  )
}
