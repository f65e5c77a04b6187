import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LineId } from '../../../electron/contract/index.ts'
import { scansMissing } from '../../../electron/domain/sale/packs-needed.ts'
import { useNames } from '../../i18n/sentences.ts'
import { takeUncoded } from '../../till/current-sale.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill, useTillState } from '../../ui/tools.ts'

/** F11 twice: so many packs of the selected line come from the uncoded list and are not scanned. */
export const TakeUncodedDialog = ({ lineId }: { readonly lineId: LineId }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const nameOf = useNames()
  const line = useTillState((state) => state.sale)?.lines.find((other) => other.lineId === lineId)
  const { data } = useCoreQuery('uncoded.list', { drugId: line?.drugId ?? null }, { live: true, enabled: line !== undefined })
  const [typed, setTyped] = useState<string | null>(null)
  const close = (): void => till.store.set({ overlay: null })
  if (line === undefined || data === undefined) return null
  const entries = data.filter((entry) => entry.packsLeft > 0 && entry.sellable)
  const left = entries.reduce((sum, entry) => sum + entry.packsLeft, 0)
  // What the line still lacks, as far as the list reaches.
  const text = typed ?? String(line.uncodedPacks + Math.min(left, Math.max(1, scansMissing(line))))
  const packs = /^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : null
  const can = packs !== null && packs <= left + line.uncodedPacks && (packs > 0 || line.uncodedPacks > 0)
  const submit = (): void => {
    if (can) void takeUncoded(till, lineId, packs)
  }
  return (
    <Dialog
      title={t('take-uncoded.title')}
      width={640}
      onClose={close}
      keys={{ Enter: submit, F11: () => till.store.set({ overlay: { kind: 'split', lineId } }) }}
      testid="take-uncoded"
      footer={
        <>
          <KeyButton name="Enter" label={t('take-uncoded.submit')} next={can} disabled={!can} onPress={submit} testid="take-uncoded-submit" />
          <KeyButton name="F11" label={t('take-uncoded.split')} onPress={() => till.store.set({ overlay: { kind: 'split', lineId } })} />
          <KeyButton name="Escape" label={t('common.back')} onPress={close} />
        </>
      }
    >
      <p className="dialog-lead">
        <b>{line.name}</b> {line.spec}
      </p>
      {entries.length === 0 && line.uncodedPacks === 0 ? (
        <p data-testid="take-uncoded-none">{t('take-uncoded.none')}</p>
      ) : (
        <>
          <ul className="uncoded-entries">
            {entries.map((entry) => (
              <li key={entry.uncodedId}>
                <span className="num">
                  {entry.lotNumber} · {entry.expiresOn}
                </span>
                <span>{nameOf('uncodedReason', entry.reason)}</span>
                <span className="dim clip">{entry.evidence}</span>
                <b className="num">{t('take-uncoded.left', { count: entry.packsLeft, unit: entry.packUnit })}</b>
              </li>
            ))}
          </ul>
          <Field label={t('take-uncoded.count', { unit: line.unitName })} value={text} onChange={setTyped} numeric autoFocus maxLength={4} hint={t('take-uncoded.hint')} testid="take-uncoded-count" />
        </>
      )}
    </Dialog>
  )
}
