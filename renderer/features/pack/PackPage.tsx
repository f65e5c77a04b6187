import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isAppError } from '../../../electron/contract/index.ts'
import type { Pack } from '../../../electron/contract/index.ts'
import { formatQuantity } from '../../../electron/domain/amounts.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { forget, speakError } from '../../till/till.ts'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { useTill } from '../../ui/tools.ts'

/** One pack's life: scan it, or type the number printed on it. */
export const PackPage = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [text, setText] = useState('')
  const [pack, setPack] = useState<Pack | null>(null)
  const look = (code: string): void => {
    if (code.trim() === '') return
    till.core.query('trace.getPack', { code: code.trim() }).then(
      (found) => {
        const said = till.store.get().heard.says[0]
        if (said !== undefined) forget(till, said.id)
        setPack(found)
        setText('')
      },
      (error: unknown) => {
        setPack(null)
        speakError(till, isAppError(error) ? error : null)
      },
    )
  }
  return (
    <Page
      title={t('pack.title')}
      testid="pack-page"
      keys={{ Enter: () => look(text) }}
      onScan={look}
      footer={<KeyButton name="Enter" label={t('pack.look')} next onPress={() => look(text)} />}
    >
      <div className="narrow">
        <Field label={t('pack.code')} value={text} onChange={setText} autoFocus numeric maxLength={200} hint={t('pack.hint')} testid="pack-code" />
        {pack === null ? null : <PackLife pack={pack} />}
      </div>
    </Page>
  )
}

const PackLife = ({ pack }: { readonly pack: Pack }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <article className="pack" data-testid="pack" data-state={pack.state}>
      <header className="sale-header">
        <span className={`status is-pack-${pack.state}`}>{nameOf('packState', pack.state)}</span>
        <b className="num">{pack.code}</b>
        <span>{pack.drugName ?? t('pack.no-drug')}</span>
      </header>
      <p className="dim">
        {pack.lotNumber === null ? (
          t('pack.no-lot')
        ) : (
          <>
            {t('line.head-lot')}{' '}
            <span className="num">
              {pack.lotNumber} · {pack.expiresOn}
            </span>
          </>
        )}{' '}
        · {t('pack.units-left')} <span className="num">{formatQuantity(pack.unitsLeft)}</span>
        {pack.virtual ? ` · ${t('line.virtual')}` : ''}
      </p>
      <ol className="story">
        {pack.events.map((event, index) => (
          <li key={index} className="story-item">
            <time className="num">{instantToLocal(event.at)}</time>
            <b>{nameOf('packEvent', event.kind)}</b>
            <span className="dim">
              {event.receiptNumber === null ? '' : `${t('totals.receipt')} ${event.receiptNumber}`} {event.staffName ?? ''}
            </span>
            {event.note === '' ? null : <span className="story-note">{event.note}</span>}
          </li>
        ))}
      </ol>
    </article>
  )
}
