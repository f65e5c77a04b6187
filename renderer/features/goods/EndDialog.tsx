import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Delivery } from '../../../electron/contract/index.ts'
import { attempt } from '../../till/till.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useTill } from '../../ui/tools.ts'

/** No more is expected. With packs missing somebody says why. */
export const EndDialog = ({ delivery, onClose }: { readonly delivery: Delivery; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [note, setNote] = useState('')
  const missing = delivery.expected - delivery.received
  const can = missing === 0 || note.trim() !== ''
  const submit = (): void => {
    if (can) void attempt(till, () => till.core.command('goods.endDelivery', { deliveryId: delivery.deliveryId, note: note.trim() })).then(onClose)
  }
  return (
    <Dialog
      title={t('goods.end')}
      width={620}
      onClose={onClose}
      keys={{ Enter: submit }}
      testid="end-delivery"
      footer={
        <>
          <KeyButton name="Enter" label={t('goods.end')} next={can} disabled={!can} onPress={submit} testid="end-submit" />
          <KeyButton name="Escape" label={t('common.back')} onPress={onClose} />
        </>
      }
    >
      <p className={missing === 0 ? 'balanced' : 'balanced is-off'}>{missing === 0 ? t('goods.all-came') : t('goods.some-missing', { count: missing })}</p>
      <Field label={t('goods.end-note')} value={note} onChange={setNote} autoFocus maxLength={200} hint={t('goods.end-hint')} testid="end-note" />
    </Dialog>
  )
}
