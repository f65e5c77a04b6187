import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PackAction } from '../../../electron/contract/index.ts'
import { attempt } from '../../till/till.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useKeys, useTill } from '../../ui/tools.ts'

/** Keys under `ledger.reason-`. */
const REASONS = {
  lock: ['damaged', 'doubtful', 'recall'],
  release: ['checked', 'mistake'],
  destroy: ['expired', 'damaged', 'recalled'],
  transfer: ['other-shop', 'supplier'],
} as const satisfies Record<PackAction, readonly string[]>

interface Props {
  readonly code: string
  readonly action: PackAction
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Why, by one digit or in one's own words; a transfer also by which paper. Kept in the pack's history for good. */
export const PackActionDialog = ({ code, action, onDone, onClose }: Props): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [own, setOwn] = useState<string | null>(null)
  const [reason, setReason] = useState<string | null>(null)
  const [document, setDocument] = useState('')
  const run = (why: string, paper: string): void => {
    const { core } = till
    void attempt(till, () => {
      switch (action) {
        case 'lock':
          return core.command('trace.lockPack', { code, reason: why })
        case 'release':
          return core.command('trace.releasePack', { code, reason: why })
        case 'destroy':
          return core.command('trace.destroyPack', { code, reason: why })
        case 'transfer':
          return core.command('trace.transferPack', { code, reason: why, document: paper })
      }
    }).then((done) => (done === null ? onClose() : onDone()))
  }
  const because = (why: string): void => {
    if (action === 'transfer') setReason(why)
    else run(why, '')
  }
  const submit = (): boolean => {
    if (reason !== null) {
      if (document.trim() !== '') run(reason, document.trim())
      return true
    }
    if (own === null) return false
    if (own.trim().length >= 2) because(own.trim())
    return true
  }
  useKeys({ level: 22, modal: false, keys: { Enter: submit } })
  return (
    <Dialog
      title={t(`ledger.do-${action}`)}
      width={520}
      onClose={onClose}
      testid="pack-action"
      footer={
        <>
          <KeyButton name="Enter" label={t(`ledger.do-${action}`)} next onPress={submit} />
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      <p className="dim">{t(`ledger.lead-${action}`)}</p>
      {reason !== null ? (
        <Field label={t('ledger.document')} value={document} onChange={setDocument} autoFocus maxLength={60} hint={t('ledger.document-hint')} testid="transfer-document" />
      ) : own !== null ? (
        <Field label={t('reason.own')} value={own} onChange={setOwn} autoFocus maxLength={200} hint={t('reason.own-hint')} testid="reason-own" />
      ) : (
        <Choices
          level={21}
          testid="reason"
          choices={[...REASONS[action].map((id) => ({ id, label: t(`ledger.reason-${id}`) })), { id: 'own', label: t('reason.own') }]}
          onChoose={(id) => {
            const known = REASONS[action].find((other) => other === id)
            if (known === undefined) setOwn('')
            else because(t(`ledger.reason-${known}`))
          }}
        />
      )}
    </Dialog>
  )
}
