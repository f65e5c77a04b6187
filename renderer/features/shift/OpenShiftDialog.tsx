import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { parseYuanToFen } from '../../../electron/domain/amounts.ts'
import { attempt } from '../../till/till.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useTill } from '../../ui/tools.ts'

/** The first thing of the day: count the float. Esc looks around without selling. */
export const OpenShiftDialog = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [text, setText] = useState('')
  const floatFen = parseYuanToFen(text)
  const close = (): void => till.store.set({ overlay: null })
  const submit = (): void => {
    if (floatFen === null) return
    void attempt(till, async () => {
      await till.core.command('shift.openShift', { floatFen })
      close()
      till.play('ok')
      return null
    })
  }
  return (
    <Dialog
      title={t('shift.open-title')}
      width={480}
      onClose={close}
      keys={{ Enter: submit }}
      testid="open-shift"
      footer={
        <>
          <KeyButton name="Enter" label={t('shift.open')} next={floatFen !== null} disabled={floatFen === null} onPress={submit} testid="open-shift-submit" />
          <KeyButton name="Escape" label={t('shift.later')} onPress={close} />
        </>
      }
    >
      <p className="dialog-lead">{t('shift.open-lead')}</p>
      <Field label={t('shift.float')} value={text} onChange={setText} numeric autoFocus maxLength={12} testid="float" />
    </Dialog>
  )
}
