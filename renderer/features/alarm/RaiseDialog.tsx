import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../till/till.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useScan, useTill } from '../../ui/tools.ts'
import { scannedPack } from './scanned-pack.ts'

/** Sets a pack aside because somebody here does not trust it: scan it, or type its code. */
export const RaiseDialog = ({ code, onClose }: { readonly code: string; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [text, setText] = useState(code)
  const [note, setNote] = useState('')
  useScan((raw) => {
    const scanned = scannedPack(till, raw)
    if (scanned !== null) setText(scanned)
  })
  const can = text.trim() !== '' && note.trim() !== ''
  const submit = (): void => {
    if (can) void attempt(till, () => till.core.command('alarm.raiseAlarm', { code: text.trim(), note: note.trim() })).then(onClose)
  }
  return (
    <Dialog
      title={t('alarm.raise')}
      onClose={onClose}
      keys={{ Enter: submit }}
      testid="alarm-raise-dialog"
      footer={
        <>
          <KeyButton name="Enter" label={t('alarm.set-aside')} next={can} disabled={!can} onPress={submit} testid="alarm-raise-submit" />
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      <Field label={t('alarm.code')} value={text} onChange={setText} autoFocus={code === ''} numeric maxLength={200} testid="alarm-raise-code" />
      <Field
        label={t('alarm.why')}
        value={note}
        onChange={setNote}
        autoFocus={code !== ''}
        maxLength={500}
        hint={t('alarm.why-hint')}
        testid="alarm-raise-note"
      />
    </Dialog>
  )
}
