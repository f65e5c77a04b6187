import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alarm } from '../../../electron/contract/index.ts'
import { attempt } from '../../till/till.ts'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useKeys, useTill } from '../../ui/tools.ts'

/** Where it lies now, and what was seen on it. */
export const MarkForm = ({ alarm, onDone }: { readonly alarm: Alarm; readonly onDone: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [place, setPlace] = useState(alarm.place)
  const [note, setNote] = useState(alarm.note)
  const submit = (): void => {
    void attempt(till, () => till.core.command('alarm.markPack', { alarmId: alarm.alarmId, place, note })).then(onDone)
  }
  useKeys({ level: 22, modal: false, keys: { Enter: submit } })
  return (
    <div data-testid="alarm-mark">
      <Field label={t('alarm.place')} value={place} onChange={setPlace} autoFocus maxLength={100} hint={t('alarm.place-hint')} testid="alarm-place" />
      <Field label={t('alarm.note')} value={note} onChange={setNote} maxLength={500} hint={t('alarm.note-hint')} testid="alarm-note" />
      <p className="form-submit">
        <KeyButton name="Enter" label={t('alarm.save')} next onPress={submit} testid="alarm-save" />
      </p>
    </div>
  )
}
