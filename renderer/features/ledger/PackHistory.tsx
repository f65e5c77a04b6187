import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PackLife } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'

/** Everything that happened to it, oldest first: when, what, who, by which paper. */
export const PackHistory = ({ life }: { readonly life: PackLife }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <ol className="story" data-testid="pack-history">
      {life.pack.events.map((event, index) => (
        <li key={index} className="story-item">
          <time className="num">{instantToLocal(event.at)}</time>
          <b>{nameOf('packEvent', event.kind)}</b>
          <span className="dim">
            {event.receiptNumber === null ? '' : `${t('totals.receipt')} ${event.receiptNumber} `}
            {event.staffName ?? ''}
            {event.document === null ? '' : ` · ${event.document}`}
          </span>
          {event.note === '' ? null : <span className="story-note">{event.note}</span>}
        </li>
      ))}
    </ol>
  )
}
