import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output, Person } from '../../../electron/contract/index.ts'
import { attempt } from '../../till/till.ts'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { useKeys, useTill } from '../../ui/tools.ts'

/** Masked; in clear only while Ins (or the mouse) is held, and core writes down that it was. */
export const PersonName = ({ person }: { readonly person: Person }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [held, setHeld] = useState(false)
  const [clear, setClear] = useState<Output<'person.revealPerson'> | null>(null)
  useEffect(() => {
    if (!held) return undefined
    let over = false
    void attempt(till, () => till.core.command('person.revealPerson', { personId: person.personId })).then((answer) => {
      if (!over) setClear(answer)
    })
    return () => {
      over = true
      setClear(null)
    }
  }, [held, person.personId, till])
  useKeys({ level: 0, modal: false, keys: { Insert: () => setHeld(true) }, released: { Insert: () => setHeld(false) } })
  return (
    <div className="person-name" data-testid="person-name" data-clear={clear !== null}>
      <b>{clear?.name ?? person.nameMasked}</b>
      <span>
        {t(`gender.${person.gender}`)} <span className="num">{t('person.age', { count: Math.floor(person.age) })}</span>
      </span>
      <span className="dim num person-id">{clear?.idNumber ?? person.idMasked}</span>
      <button
        type="button"
        tabIndex={-1}
        className="hold-button"
        title={t('person.reveal')}
        onMouseDown={(event) => {
          event.preventDefault()
          setHeld(true)
        }}
        onMouseUp={() => setHeld(false)}
        onMouseLeave={() => setHeld(false)}
      >
        <KeyCap name="Insert" />
        {t('person.hold')}
      </button>
    </div>
  )
}
