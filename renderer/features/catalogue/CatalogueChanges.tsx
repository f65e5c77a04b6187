import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogueChange } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames, useSentence } from '../../i18n/sentences.ts'

const What = ({ change }: { readonly change: CatalogueChange }): ReactNode => {
  const { t } = useTranslation()
  const sentence = useSentence()
  if (change.error !== null) {
    const { text, action } = sentence('error', change.error.code, change.error.detail)
    return <p className="is-off">{[text, action].filter((part) => part !== '').join(' · ')}</p>
  }
  if (change.outcome !== 'changed') return null
  return <p className="dim">{t('catalogue.brought', { added: change.new, changed: change.changed, withdrawn: change.withdrawn, version: change.versionAfter })}</p>
}

/** What the last updates brought, and what was not believed. */
export const CatalogueChanges = ({ changes }: { readonly changes: readonly CatalogueChange[] }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <>
      <h3>{t('catalogue.changes')}</h3>
      {changes.length === 0 ? <p className="dim">{t('catalogue.no-changes')}</p> : null}
      <ul className="catalogue-changes" data-testid="catalogue-changes">
        {changes.map((change) => (
          <li key={change.changeId} data-outcome={change.outcome}>
            <p>
              <span className="num dim">{instantToLocal(change.at).slice(5, 16)}</span> <b>{nameOf('catalogueList', change.list)}</b>{' '}
              <span className={change.outcome === 'changed' || change.outcome === 'nothing-newer' ? '' : 'is-off'}>{nameOf('catalogueOutcome', change.outcome)}</span>
            </p>
            <What change={change} />
          </li>
        ))}
      </ul>
    </>
  )
}
