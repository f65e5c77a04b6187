import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '../../../electron/contract/index.ts'
import { instantToLocal, parseDate } from '../../../electron/domain/calendar.ts'
import { useNames, useSentence } from '../../i18n/sentences.ts'
import { attempt } from '../../till/till.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useTill } from '../../ui/tools.ts'
import { MessageDialog } from '../message/MessageDialog.tsx'

/** Why it is parked, what is missing, and back into the queue. */
export const RepairDialog = ({ item, onClose }: { readonly item: OutboxItem; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const nameOf = useNames()
  const sentence = useSentence()
  const [text, setText] = useState('')
  const [showing, setShowing] = useState(false)
  const wantsDate = item.repair === 'lot-manufactured-on'
  const date = parseDate(text.trim())
  const parked = item.status === 'parked'
  const can = parked && item.repair !== 'none' && (!wantsDate || date !== null)
  const submit = (): void => {
    if (can)
      void attempt(till, () => till.core.command('outbox.retryItem', { outboxId: item.outboxId, lotManufacturedOn: wantsDate ? date : null })).then(onClose)
  }
  const said = item.error === null ? null : sentence('error', item.error.code, item.error.detail)
  return (
    <Dialog
      title={
        <>
          {nameOf('outboxKind', item.kind)} <span className="num dim">{item.receiptNumber}</span>
        </>
      }
      width={620}
      onClose={onClose}
      keys={{ Enter: submit, ...(item.messageId === null ? {} : { F7: () => setShowing(true) }) }}
      testid="repair"
      footer={
        <>
          {parked && item.repair !== 'none' ? (
            <KeyButton name="Enter" label={t('uploads.retry')} next={can} disabled={!can} onPress={submit} testid="repair-submit" />
          ) : null}
          {item.messageId === null ? null : <KeyButton name="F7" label={t('uploads.what-was-said')} onPress={() => setShowing(true)} testid="upload-message" />}
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      <dl className="facts">
        <dt>{t('uploads.status')}</dt>
        <dd>{nameOf('outboxStatus', item.status)}</dd>
        <dt>{t('uploads.subject')}</dt>
        <dd>{item.subject}</dd>
        <dt>{t('uploads.since')}</dt>
        <dd className="num">
          {instantToLocal(item.createdAt)} · {t('uploads.attempts-made', { count: item.attempts })}
        </dd>
        {said === null ? null : (
          <>
            <dt>{t('uploads.reason')}</dt>
            <dd>
              <b>{said.word}</b> · {said.text} · {said.action}
            </dd>
          </>
        )}
      </dl>
      {parked && wantsDate ? (
        <Field
          label={t('uploads.manufactured-on')}
          value={text}
          onChange={setText}
          numeric
          autoFocus
          maxLength={10}
          hint={t('uploads.manufactured-hint')}
          testid="manufactured-on"
        />
      ) : null}
      {parked ? null : <p className="dim">{t('uploads.by-itself')}</p>}
      {showing && item.messageId !== null ? <MessageDialog messageId={item.messageId} onClose={() => setShowing(false)} /> : null}
    </Dialog>
  )
}
