import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { openPerson } from '../../till/person.ts'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useTill, useTillState } from '../../ui/tools.ts'
import { PersonFacts } from './PersonFacts.tsx'
import { PersonReader } from './PersonReader.tsx'

/** Who is it for? Fixed place, fixed height. */
export const PersonPanel = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const sale = useTillState((state) => state.sale)
  const reading = useTillState((state) => state.panel === 'person')
  const person = sale?.person ?? null
  return (
    <section className={`person${reading ? ' is-reading' : ''}`} data-testid="person" data-state={person === null ? 'none' : 'read'}>
      <header className="side-head">
        <h2>{t('person.title')}</h2>
        <KeyButton name="F3" label={person === null ? t('person.read') : t('person.reread')} testid="key-person" onPress={() => openPerson(till)} />
      </header>
      {reading ? <PersonReader person={person} /> : person === null ? <p className="person-none">{t('person.none')}</p> : <PersonFacts person={person} />}
    </section>
  )
}
