import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlatformMessage } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { attempt } from '../../till/till.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useTill, useTillState } from '../../ui/tools.ts'
import { useCoreQuery } from '../../ui/use-core-query.ts'

const Text = ({ label, text, testid }: { readonly label: string; readonly text: string; readonly testid: string }): ReactNode => (
  <section className="message-side">
    <h3>{label}</h3>
    <pre className="message-text num" data-testid={testid}>
      {text}
    </pre>
  </section>
)

/** What exactly was said to the platform and by it: persons covered; a manager may uncover them with a reason, until the dialog is closed. */
export const MessageDialog = ({ messageId, onClose }: { readonly messageId: string; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const role = useTillState((state) => state.staff?.role)
  const { data, error } = useCoreQuery('message.getMasked', { messageId })
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const [clear, setClear] = useState<PlatformMessage | null>(null)
  const message = clear ?? data
  const may = role === 'manager' && clear === null
  const can = asking && reason.trim().length >= 2
  const reveal = (): void => {
    if (!can) return
    void attempt(till, async () => {
      setClear(await till.core.command('message.reveal', { messageId, reason: reason.trim() }))
      setAsking(false)
    })
  }
  return (
    <Dialog
      title={
        <>
          {t('message.title')} <span className="num dim">{message?.infno ?? ''}</span>
        </>
      }
      width={1000}
      onClose={onClose}
      keys={{ Enter: reveal, ...(may ? { F6: () => setAsking(true) } : {}) }}
      testid="message"
      footer={
        <>
          {asking ? <KeyButton name="Enter" label={t('message.reveal')} next={can} disabled={!can} onPress={reveal} testid="message-reveal" /> : null}
          {may && !asking ? <KeyButton name="F6" label={t('message.uncover')} onPress={() => setAsking(true)} testid="message-uncover" /> : null}
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      {message === undefined ? (
        <p className="empty">{error === null ? t('message.looking') : t('message.none')}</p>
      ) : (
        <>
          <p className="dim">
            <span className="num">{messageId}</span> · {instantToLocal(message.sentAt)} · {t(`message.outcome-${message.outcome ?? 'none'}`)} ·{' '}
            {t(message.masked ? 'message.masked' : 'message.clear')}
            {message.cut ? ` · ${t('message.cut')}` : ''}
          </p>
          {asking ? <Field label={t('message.reason')} value={reason} onChange={setReason} autoFocus maxLength={200} hint={t('message.reason-hint')} testid="message-reason" /> : null}
          <div className="message-sides">
            <Text label={t('message.sent')} text={message.request} testid="message-request" />
            <Text label={t('message.answered')} text={message.answer ?? t('message.no-answer')} testid="message-answer" />
          </div>
        </>
      )}
    </Dialog>
  )
}
