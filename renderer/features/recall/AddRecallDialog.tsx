import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Drug } from '../../../electron/contract/index.ts'
import { attempt, speakScreen } from '../../till/till.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill } from '../../ui/tools.ts'
import { DrugPicker } from '../find/DrugPicker.tsx'

/** Which drug, which lot (none: every lot), why and who says so. It holds from the moment of Enter. */
export const AddRecallDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const [drug, setDrug] = useState<Drug | null>(null)
  const [lotNumber, setLotNumber] = useState('')
  const [reason, setReason] = useState('')
  const [source, setSource] = useState('')
  const { data } = useCoreQuery('drug.getDrug', { drugId: drug?.drugId ?? ('x' as never) }, { enabled: drug !== null })
  const ready = drug !== null && reason.trim().length >= 2 && source.trim().length >= 2
  const submit = (): boolean => {
    if (drug === null || !ready) return false
    void attempt(till, async () => {
      const recall = await till.core.command('recall.add', { drugId: drug.drugId, lotNumber: lotNumber.trim() === '' ? null : lotNumber.trim(), reason: reason.trim(), source: source.trim() })
      speakScreen(till, 'notice', 'recall-added', { drug: recall.drugName, lot: recall.lotNumber ?? t('recalls.every-lot') })
      onClose()
      return null
    })
    return true
  }
  const back = (): void => (drug === null ? onClose() : setDrug(null))
  return (
    <Dialog
      title={t('recalls.add-title')}
      width={820}
      onClose={back}
      keys={{ Enter: submit }}
      testid="recall-add-dialog"
      footer={
        <>
          {drug === null ? null : <KeyButton name="Enter" label={t('recalls.add-submit')} next={ready} disabled={!ready} onPress={submit} testid="recall-add-submit" />}
          <KeyButton name="Escape" label={t('common.back')} onPress={back} />
        </>
      }
    >
      {drug === null ? (
        <DrugPicker label={t('uncoded.which-drug')} hint={t('uncoded.which-hint')} level={21} onPick={setDrug} />
      ) : (
        <>
          <p className="dialog-lead">
            <b>{drug.genericName}</b> {drug.packSpec || drug.spec} <span className="dim">{drug.maker}</span>
          </p>
          <p className="dim num">{data === undefined || data.lots.length === 0 ? '' : `${t('recalls.known-lots')} ${data.lots.map((lot) => lot.lotNumber).join('  ')}`}</p>
          <Field label={t('recalls.lot')} value={lotNumber} onChange={setLotNumber} autoFocus maxLength={30} hint={t('recalls.lot-hint')} testid="recall-lot" />
          <Field label={t('recalls.reason')} value={reason} onChange={setReason} maxLength={500} hint={t('recalls.reason-hint')} testid="recall-reason" />
          <Field label={t('recalls.source')} value={source} onChange={setSource} maxLength={200} hint={t('recalls.source-hint')} testid="recall-source" />
        </>
      )}
    </Dialog>
  )
}
