import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../../electron/contract/index.ts'
import { credentialOf } from '../../till/credential.ts'
import { chooseInsurance, readPerson, removePerson } from '../../till/person.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { Money } from '../../ui/Money.tsx'
import { useKeys, useTill, useTillState } from '../../ui/tools.ts'

/** F3: waits for an e-voucher, an ID or a social card; a number may be typed. With a person there: another insurance, or nobody. */
export const PersonReader = ({ person }: { readonly person: Person | null }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const half = useTillState((state) => state.halfCredential)
  const waiting = useTillState((state) => state.waiting?.what === 'person')
  const close = (): void => till.store.set({ panel: 'none', halfCredential: null })
  return (
    <div className="person-reader" data-testid="person-reader">
      {half !== null ? (
        <NameForm key="name" />
      ) : person === null ? (
        <NumberForm key="number" waiting={waiting} />
      ) : (
        <>
          <p className="reader-lead">{t('person.other-scan')}</p>
          {person.insurances.length < 2 ? null : (
            <Choices
              level={11}
              testid="insurance"
              initial={String(person.chosenInsurance)}
              onChoose={(index) => {
                void chooseInsurance(till, Number(index))
                close()
              }}
              choices={person.insurances.map((insurance, index) => ({
                id: String(index),
                label: (
                  <>
                    {insurance.insuranceName} <span className="dim">{insurance.active ? t('person.active') : t('person.inactive')}</span>
                  </>
                ),
                aside: <Money fen={insurance.balanceFen} />,
              }))}
            />
          )}
          <p className="reader-keys">
            <KeyCap name="Delete" />
            {t('person.remove')} <KeyCap name="Escape" />
            {t('person.keep')}
          </p>
          <RemoveKey onDone={close} />
        </>
      )}
    </div>
  )
}

const RemoveKey = ({ onDone }: { readonly onDone: () => void }): ReactNode => {
  const till = useTill()
  useKeys({
    level: 10,
    modal: false,
    keys: {
      Delete: () => {
        void removePerson(till)
        onDone()
      },
      Escape: onDone,
    },
  })
  return null
}

const NumberForm = ({ waiting }: { readonly waiting: boolean }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [number, setNumber] = useState('')
  const [name, setName] = useState('')
  const credential = credentialOf(number, name)
  const needsName = credential !== null && credential.kind !== 'e-voucher'
  const submit = (): void => {
    if (credential !== null && !waiting) void readPerson(till, credential)
  }
  useKeys({ level: 10, modal: false, keys: { Enter: submit, Escape: () => till.store.set({ panel: 'none' }) } })
  return (
    <>
      <p className="reader-lead">{t('person.scan-now')}</p>
      <Field label={t('person.number')} value={number} onChange={setNumber} numeric maxLength={40} testid="person-number" />
      <Field label={t('person.name')} value={name} onChange={setName} maxLength={50} testid="person-name-field" hint={needsName ? t('person.name-hint') : ''} />
      <p className="reader-keys">
        <KeyCap name="Tab" />
        {t('person.type')} <KeyCap name="Enter" />
        {t('person.submit')} <KeyCap name="Escape" />
        {t('person.back')}
      </p>
    </>
  )
}

/** The card gave a number and no name. */
const NameForm = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const half = useTillState((state) => state.halfCredential)
  const [name, setName] = useState('')
  const submit = (): void => {
    if (half !== null && name.trim() !== '') void readPerson(till, { ...half, name: name.trim() })
  }
  useKeys({ level: 10, modal: false, keys: { Enter: submit, Escape: () => till.store.set({ halfCredential: null, panel: 'none' }) } })
  return (
    <>
      <p className="reader-lead">{t('person.name-wanted')}</p>
      <Field label={t('person.name')} value={name} onChange={setName} autoFocus maxLength={50} testid="person-name-field" />
      <p className="reader-keys">
        <KeyCap name="Enter" />
        {t('person.submit')} <KeyCap name="Escape" />
        {t('person.back')}
      </p>
    </>
  )
}
