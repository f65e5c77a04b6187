import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LineId, Quantity } from '../../../electron/contract/index.ts'
import { wholeUnits } from '../../../electron/contract/index.ts'
import { formatUnitPrice, splitUnitPrice } from '../../../electron/domain/amounts.ts'
import { setSellUnit } from '../../till/current-sale.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill, useTillState } from '../../ui/tools.ts'

/** F11: from whole packs to smallest units and back. */
export const SplitDialog = ({ lineId }: { readonly lineId: LineId }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const line = useTillState((state) => state.sale)?.lines.find((other) => other.lineId === lineId)
  const { data } = useCoreQuery('drug.getDrug', { drugId: line?.drugId ?? ('x' as never) }, { enabled: line !== undefined })
  const [text, setText] = useState('')
  const close = (): void => till.store.set({ overlay: null })
  if (line === undefined) return null
  const toUnits = line.sellUnit === 'pack'
  const drug = data?.drug
  const count = /^\d{1,4}$/.test(text) ? Number(text) : null
  const quantity: Quantity | null = toUnits ? (count === null || count === 0 ? null : wholeUnits(count)) : wholeUnits(1)
  const submit = (): void => {
    if (quantity !== null) void setSellUnit(till, lineId, toUnits ? 'unit' : 'pack', quantity)
  }
  return (
    <Dialog
      title={toUnits ? t('split.title') : t('split.title-back')}
      onClose={close}
      keys={{ Enter: submit, F11: () => line.codeRequirement === 'scan' && till.store.set({ overlay: { kind: 'take-uncoded', lineId } }) }}
      testid="split-dialog"
      footer={
        <>
          <KeyButton name="Enter" label={t('split.submit')} next={quantity !== null} disabled={quantity === null} onPress={submit} testid="split-submit" />
          {line.codeRequirement === 'scan' ? (
            <KeyButton name="F11" label={t('split.uncoded')} onPress={() => till.store.set({ overlay: { kind: 'take-uncoded', lineId } })} testid="split-uncoded" />
          ) : null}
          <KeyButton name="Escape" label={t('common.back')} onPress={close} />
        </>
      }
    >
      <p className="dialog-lead">
        <b>{line.name}</b> {line.spec}
      </p>
      {drug === undefined ? null : (
        <p>
          {t('split.contents', {
            count: drug.unitsPerPack,
            unit: drug.smallestUnit,
            pack: drug.packUnit,
            price: formatUnitPrice(splitUnitPrice(drug.packPrice, drug.unitsPerPack)),
          })}
        </p>
      )}
      {toUnits ? (
        <Field
          label={t('split.quantity', { unit: drug?.smallestUnit ?? '' })}
          value={text}
          onChange={setText}
          numeric
          autoFocus
          maxLength={4}
          hint={t('split.hint')}
          testid="split-quantity"
        />
      ) : (
        <p>{t('split.back-lead')}</p>
      )}
    </Dialog>
  )
}
