import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sale } from '../../../electron/contract/index.ts'
import { copyToNew } from '../../till/holding.ts'
import { printReceipt } from '../../till/printing.ts'
import { attempt } from '../../till/till.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useStore } from '../../ui/store.ts'
import { useTill, useTillState, useTools } from '../../ui/tools.ts'
import { saleActions } from '../../view/sale-actions.ts'
import type { SaleAction } from '../../view/sale-actions.ts'
import { DecideForm } from './DecideForm.tsx'
import { ReceiptView } from './ReceiptView.tsx'
import { ReturnForm } from './ReturnForm.tsx'

/** What can be done with this sale now, each on a digit. */
export const SaleActions = ({ sale, onClose }: { readonly sale: Sale; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const { settings } = useTools()
  const paper = useStore(settings, (state) => state.paper)
  const role = useTillState((state) => state.staff?.role)
  const [doing, setDoing] = useState<SaleAction | null>(null)
  const actions = saleActions(sale, role === 'manager')
  const choose = (action: SaleAction): void => {
    switch (action) {
      case 'return':
      case 'decide':
      case 'show-receipt':
        return setDoing(action)
      case 'reprint':
      case 'print-return':
        void printReceipt(till, sale.saleId, paper, action === 'reprint' ? 'sale' : 'return', action === 'reprint')
        return onClose()
      case 'copy':
        void copyToNew(till, sale.saleId)
        return onClose()
      case 'resolve':
        void attempt(till, () => till.core.command('sale.resolveNow', { saleId: sale.saleId }))
        return onClose()
    }
  }
  const back = (): void => (doing === null ? onClose() : setDoing(null))
  return (
    <Dialog
      title={
        <>
          {doing === null ? t('sales.act') : t(`sale-action.${doing}`)} <span className="num dim">{sale.receiptNumber}</span>
        </>
      }
      width={doing === 'return' ? 780 : doing === 'show-receipt' ? 620 : 560}
      onClose={back}
      testid="sale-actions"
      footer={<KeyButton name="Escape" label={t('common.back')} onPress={back} />}
    >
      {doing === null ? (
        actions.length === 0 ? (
          <p className="empty">{t('sales.nothing-to-do')}</p>
        ) : (
          <Choices
            level={21}
            testid="sale-action"
            choices={actions.map((action) => ({ id: action, label: t(`sale-action.${action}`) }))}
            onChoose={(id) => choose(id as SaleAction)}
          />
        )
      ) : doing === 'return' ? (
        <ReturnForm sale={sale} onDone={onClose} />
      ) : doing === 'decide' ? (
        <DecideForm sale={sale} onDone={onClose} />
      ) : (
        <ReceiptView sale={sale} paper={paper} />
      )}
    </Dialog>
  )
}
