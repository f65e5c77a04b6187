import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { hold } from '../../till/holding.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useTill } from '../../ui/tools.ts'

/** F5, then Enter: a note only if one is wanted. */
export const HoldDialog = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [note, setNote] = useState('')
  const close = (): void => till.store.set({ overlay: null })
  const submit = (): void => {
    void hold(till, note.trim())
  }
  return (
    <Dialog
      title={t('hold.title')}
      onClose={close}
      keys={{ Enter: submit, F5: submit }}
      testid="hold-dialog"
      footer={
        <>
          <KeyButton name="Enter" label={t('hold.submit')} next onPress={submit} testid="hold-submit" />
          <KeyButton name="Escape" label={t('common.back')} onPress={close} />
        </>
      }
    >
      <Field label={t('hold.note')} value={note} onChange={setNote} autoFocus maxLength={100} hint={t('hold.note-hint')} testid="hold-note" />
    </Dialog>
  )
}
