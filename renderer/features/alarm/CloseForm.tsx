import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alarm, AlarmOutcome } from '../../../electron/contract/index.ts'
import { useNames } from '../../i18n/sentences.ts'
import { attempt } from '../../till/till.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useKeys, useTill } from '../../ui/tools.ts'

const SHORTEST_NOTE = 4

/** What became of the pack, then the evidence. Putting it back on sale asks the platform once more. */
export const CloseForm = ({ alarm, onDone }: { readonly alarm: Alarm; readonly onDone: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const nameOf = useNames()
  const [outcome, setOutcome] = useState<AlarmOutcome | null>(null)
  const [note, setNote] = useState('')
  const [asking, setAsking] = useState(false)
  const can = outcome !== null && note.trim().length >= SHORTEST_NOTE && !asking
  const submit = (): boolean => {
    if (outcome === null) return false
    if (!can) return true
    setAsking(true)
    void attempt(till, () => till.core.command('alarm.closeAlarm', { alarmId: alarm.alarmId, outcome, note: note.trim() })).then(onDone)
    return true
  }
  useKeys({
    level: 22,
    modal: false,
    keys: {
      Enter: submit,
      Escape: () => {
        if (outcome === null) return false
        setOutcome(null)
        return true
      },
    },
  })
  if (outcome === null)
    return (
      <Choices
        level={21}
        testid="alarm-outcome"
        choices={alarm.outcomes.map((id) => ({ id, label: nameOf('alarmOutcome', id) }))}
        onChoose={(id) => setOutcome(id as AlarmOutcome)}
      />
    )
  return (
    <div data-testid="alarm-close">
      <p className="dialog-lead">
        <b>{nameOf('alarmOutcome', outcome)}</b>
        {outcome === 'genuine-released' && alarm.kind === 'sold-elsewhere' ? ` · ${t('alarm.release-lead')}` : ''}
      </p>
      <Field label={t('alarm.evidence')} value={note} onChange={setNote} autoFocus maxLength={500} hint={t('alarm.evidence-hint')} testid="alarm-evidence" />
      <p className="form-submit">
        <KeyButton
          name="Enter"
          label={asking ? t('alarm.asking') : t('alarm.do-close')}
          next={can}
          disabled={!can}
          onPress={submit}
          testid="alarm-close-submit"
        />
      </p>
    </div>
  )
}
