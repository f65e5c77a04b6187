import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LineId } from '../../../electron/contract/index.ts'
import { voidLine, voidSale } from '../../till/current-sale.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useTill, useTillState } from '../../ui/tools.ts'
import { ReasonForm } from './ReasonForm.tsx'

/** Del on a line with scanned codes; Del once more means the whole sale. Nothing goes before a reason is given. */
export const VoidDialog = ({ lineId }: { readonly lineId: LineId }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const sale = useTillState((state) => state.sale)
  const [whole, setWhole] = useState(false)
  const line = sale?.lines.find((other) => other.lineId === lineId)
  const close = (): void => till.store.set({ overlay: null })
  if (sale === null || line === undefined) return null
  return (
    <Dialog
      title={whole ? t('void.title-sale', { receipt: sale.receiptNumber.slice(-4), count: sale.lines.length }) : t('void.title-line')}
      onClose={close}
      keys={{ Delete: () => setWhole(!whole) }}
      testid="void-dialog"
      footer={
        <>
          <KeyButton name="Delete" label={whole ? t('void.only-line') : t('void.whole-sale')} onPress={() => setWhole(!whole)} testid="void-whole" />
          <KeyButton name="Escape" label={t('common.back')} onPress={close} />
        </>
      }
    >
      <p className="dialog-lead">
        {whole ? (
          t('void.lead-sale')
        ) : (
          <>
            <b>{line.name}</b> {line.spec} · {t('void.lead-line', { count: line.packs.length })}
          </>
        )}
      </p>
      <ReasonForm
        level={20}
        reasons={['wrong-drug', 'not-wanted', 'other-lot']}
        onReason={(reason) => {
          void (whole ? voidSale(till, reason) : voidLine(till, lineId, reason))
        }}
      />
    </Dialog>
  )
}
