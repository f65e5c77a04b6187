import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FoundPatient } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { attempt } from '../../till/till.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useScan, useTill } from '../../ui/tools.ts'

/** Whose packs: by ID number or name. What was typed leaves the screen with the answer; that it was asked stays in the audit log. */
export const PatientDialog = ({ onChoose, onClose }: { readonly onChoose: (patient: FoundPatient) => void; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [text, setText] = useState('')
  const [people, setPeople] = useState<readonly FoundPatient[] | null>(null)
  const look = (typed: string): void => {
    if (typed.trim() === '') return
    void attempt(till, () => till.core.command('trace.findPatients', { text: typed.trim().slice(0, 50) })).then((found) => {
      if (found === null) return
      setText('')
      const [only] = found.people
      if (found.people.length === 1 && only !== undefined) onChoose(only)
      else setPeople(found.people)
    })
  }
  useScan(look)
  return (
    <Dialog
      title={t('ledger.patient-title')}
      width={620}
      onClose={onClose}
      keys={people === null || people.length === 0 ? { Enter: () => look(text) } : {}}
      testid="find-patient"
      footer={
        <>
          <KeyButton name="Enter" label={t(people === null || people.length === 0 ? 'ledger.patient-look' : 'ledger.patient-choose')} next onPress={() => look(text)} />
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      {people !== null && people.length > 0 ? (
        <Choices
          level={21}
          testid="patient"
          choices={people.map((person) => ({
            id: person.personId,
            label: (
              <>
                <b>{person.nameMasked}</b> <span className="num">{person.idMasked}</span>
              </>
            ),
            aside: `${t('ledger.patient-sales', { count: person.sales })}${person.lastSoldAt === null ? '' : ` · ${instantToLocal(person.lastSoldAt).slice(0, 10)}`}`,
          }))}
          onChoose={(id) => {
            const chosen = people.find((person) => person.personId === id)
            if (chosen !== undefined) onChoose(chosen)
          }}
        />
      ) : (
        <>
          <Field label={t('ledger.patient-text')} value={text} onChange={setText} autoFocus maxLength={50} hint={t('ledger.patient-hint')} testid="patient-text" />
          {people === null ? null : (
            <p className="result-line is-off" data-testid="no-patient">
              {t('ledger.patient-none')}
            </p>
          )}
        </>
      )}
    </Dialog>
  )
}
