import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { AppError, isAppError } from '../../../electron/contract/index.ts'
import type { Staff } from '../../../electron/contract/index.ts'
import { useNames, useSentence } from '../../i18n/sentences.ts'
import { signIn } from '../../till/session.ts'
import { Choices } from '../../ui/Choices.tsx'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useKeys, useTill, useTillState } from '../../ui/tools.ts'

/** Who stands at the till: a digit for the name, then the PIN. */
export const SignIn = (): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const locked = useTillState((state) => state.locked)
  const shop = useTillState((state) => state.status)
  const { data: people } = useCoreQuery('session.listStaff', {})
  const [chosen, setChosen] = useState<Staff | null>(null)
  // Everything else waits for a PIN.
  useKeys({ level: 90, modal: true, keys: {} })
  return (
    <main className="sign-in" data-testid="sign-in">
      <div className="sign-in-box">
        <p className="sign-in-shop">{shop === null ? ' ' : `${shop.shopName} · ${shop.tillNumber}`}</p>
        <h1>{locked ? t('sign-in.locked') : t('sign-in.title')}</h1>
        {locked ? <p className="dim">{t('sign-in.locked-lead')}</p> : null}
        {chosen === null ? (
          people === undefined ? null : (
            <Choices
              level={91}
              testid="staff"
              choices={people.map((person) => ({ id: person.staffId, label: person.name, aside: nameOf('role', person.role) }))}
              onChoose={(id) => setChosen(people.find((person) => person.staffId === id) ?? null)}
            />
          )
        ) : (
          <Pin staff={chosen} onBack={() => setChosen(null)} />
        )}
        {shop?.practice === true ? <p className="sign-in-practice">{t('sign-in.practice')}</p> : null}
      </div>
    </main>
  )
}

const Pin = ({ staff, onBack }: { readonly staff: Staff; readonly onBack: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const sentence = useSentence()
  const nameOf = useNames()
  const [pin, setPin] = useState('')
  const [error, setError] = useState<AppError | null>(null)
  const [busy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    input.current?.focus()
  }, [])
  const submit = (): void => {
    if (busy || !/^\d{4,12}$/.test(pin)) return
    setBusy(true)
    signIn(till, staff.staffId, pin).catch((caught: unknown) => {
      setError(isAppError(caught) ? caught : new AppError('rpc.internal', String(caught)))
      setPin('')
      setBusy(false)
    })
  }
  useKeys({ level: 91, modal: false, keys: { Enter: submit, Escape: onBack } })
  const said = error === null ? null : sentence('error', error.code, error.detail)
  return (
    <div className="pin">
      <p className="pin-who">
        <b>{staff.name}</b> <span className="dim">{nameOf('role', staff.role)}</span>
      </p>
      <input
        ref={input}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        data-testid="pin"
        aria-label="PIN"
        placeholder="PIN"
        value={pin}
        maxLength={12}
        onChange={(event) => setPin(event.target.value.replace(/\D/g, ''))}
      />
      <p className="pin-keys">
        <KeyCap name="Enter" /> {t('sign-in.enter')} <KeyCap name="Escape" /> {t('sign-in.other')}
      </p>
      {said === null ? null : (
        <p className="pin-error" role="alert" data-testid="sign-in-error" data-code={error?.code}>
          <b>✕ {said.word}</b> {said.text} · {said.action}
        </p>
      )}
    </div>
  )
}
