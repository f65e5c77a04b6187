import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorCode } from '../../../electron/contract/index.ts'
import type { SaleId, SettlementStoryItem } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames, useSentence } from '../../i18n/sentences.ts'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { storyEventKey } from '../../view/story-event.ts'
import { MessageDialog } from '../message/MessageDialog.tsx'

const Item = ({ item }: { readonly item: SettlementStoryItem }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const sentence = useSentence()
  const [showing, setShowing] = useState(false)
  const known = storyEventKey(item.event)
  // Core notes a code or the platform's own words.
  const code = ErrorCode.safeParse(item.note)
  const note = code.success ? sentence('error', code.data, {}).text : item.note
  return (
    <li className={`story-item is-${item.state}`}>
      <time className="num">{instantToLocal(item.at).slice(5)}</time>
      <b>{known === null ? item.event : t(`story-event.${known}`)}</b>
      <span className="dim">→ {nameOf('settlementState', item.state)}</span>
      {note === '' ? null : <span className="story-note">{note}</span>}
      {item.messageId === null ? null : (
        <button type="button" tabIndex={-1} className="story-message is-link num" onMouseDown={(e) => e.preventDefault()} onClick={() => setShowing(true)} data-testid="story-message">
          {item.messageId}
        </button>
      )}
      {showing && item.messageId !== null ? <MessageDialog messageId={item.messageId} onClose={() => setShowing(false)} /> : null}
    </li>
  )
}

/** Everything that happened to the settlement, oldest first. */
export const SaleStory = ({ saleId }: { readonly saleId: SaleId }): ReactNode => {
  const { t } = useTranslation()
  const { data } = useCoreQuery('sale.getStory', { saleId }, { live: true })
  if (data === undefined || data.length === 0) return <p className="empty">{t('story.none')}</p>
  return (
    <ol className="story" data-testid="story">
      {data.map((item, index) => (
        <Item key={index} item={item} />
      ))}
    </ol>
  )
}
