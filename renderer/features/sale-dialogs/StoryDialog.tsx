import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SaleId } from '../../../electron/contract/index.ts'
import { attempt } from '../../till/till.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill } from '../../ui/tools.ts'
import { SaleHeader } from '../sales/SaleHeader.tsx'
import { SaleStory } from '../sales/SaleStory.tsx'

/** 待确认: what was asked, what came back, what happens by itself. Enter asks the platform now. */
export const StoryDialog = ({ saleId }: { readonly saleId: SaleId }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const { data: sale } = useCoreQuery('sale.getSale', { saleId }, { live: true })
  const close = (): void => till.store.set({ overlay: null })
  const open = sale?.status === 'unconfirmed' || sale?.status === 'returning'
  const resolve = (): void => {
    if (open) void attempt(till, () => till.core.command('sale.resolveNow', { saleId }))
  }
  return (
    <Dialog
      title={t('story.title')}
      width={820}
      onClose={close}
      keys={{ Enter: resolve }}
      testid="story-dialog"
      footer={
        <>
          {open ? <KeyButton name="Enter" label={t('story.ask-now')} next onPress={resolve} testid="story-resolve" /> : null}
          <KeyButton name="Escape" label={t('common.back')} onPress={close} />
        </>
      }
    >
      {sale === undefined ? null : <SaleHeader sale={sale} />}
      {open ? <p className="dialog-lead">{t('story.lead')}</p> : null}
      <SaleStory saleId={saleId} />
    </Dialog>
  )
}
