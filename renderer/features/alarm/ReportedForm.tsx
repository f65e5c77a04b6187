import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alarm } from '../../../electron/contract/index.ts'
import { attempt } from '../../till/till.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Field } from '../../ui/Field.tsx'
import { useKeys, useTill } from '../../ui/tools.ts'

const BUREAUS = ['drug-administration', 'insurance-bureau', 'supplier'] as const

/** To whom the report went: by one digit, or in one's own words. */
export const ReportedForm = ({ alarm, onDone }: { readonly alarm: Alarm; readonly onDone: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [own, setOwn] = useState<string | null>(null)
  const submit = (to: string): void => {
    if (to.trim().length < 2) return
    void attempt(till, () => till.core.command('alarm.reportAlarm', { alarmId: alarm.alarmId, to: to.trim() })).then(onDone)
  }
  useKeys({
    level: 22,
    modal: false,
    keys: {
      Enter: () => {
        if (own === null) return false
        submit(own)
        return true
      },
    },
  })
  if (own !== null) return <Field label={t('alarm.to')} value={own} onChange={setOwn} autoFocus maxLength={100} testid="alarm-to" />
  return (
    <Choices
      level={21}
      testid="alarm-to"
      choices={[...BUREAUS.map((id) => ({ id, label: t(`alarm.to-${id}`) })), { id: 'own', label: t('alarm.to-own') }]}
      onChoose={(id) => (id === 'own' ? setOwn('') : submit(t(`alarm.to-${id as (typeof BUREAUS)[number]}`)))}
    />
  )
}
