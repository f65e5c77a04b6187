import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Drug, UncodedReason, UncodedRoom } from '../../../electron/contract/index.ts'
import { UNCODED_REASONS } from '../../../electron/contract/index.ts'
import { useNames } from '../../i18n/sentences.ts'
import { attempt, speakScreen } from '../../till/till.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill } from '../../ui/tools.ts'
import { DrugPicker } from '../find/DrugPicker.tsx'

const LotChoice = ({ drug, onLot }: { readonly drug: Drug; readonly onLot: (lot: UncodedRoom) => void }): ReactNode => {
  const { t } = useTranslation()
  const { data } = useCoreQuery('uncoded.getRoom', { drugId: drug.drugId }, { live: true })
  if (data === undefined) return null
  if (drug.codeRequirement !== 'scan') return <p className="empty">{t('uncoded.not-needed')}</p>
  if (data.length === 0) return <p className="empty">{t('uncoded.no-stock')}</p>
  return (
    <Choices
      level={21}
      testid="uncoded-lot"
      choices={data.map((lot) => ({
        id: lot.lotId,
        label: (
          <span className="num">
            {lot.lotNumber} · {lot.expiresOn}
          </span>
        ),
        aside: t('uncoded.room', { onHand: lot.onHandPacks, coded: lot.codedPacks, listed: lot.listedPacks, room: lot.room }),
        disabled: lot.room === 0 || lot.recalled,
      }))}
      onChoose={(id) => {
        const lot = data.find((one) => one.lotId === id)
        if (lot !== undefined) onLot(lot)
      }}
    />
  )
}

/** Which drug, which lot, why, how many, and what proves it: one question after the other, Esc goes one back. */
export const AddUncodedDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const nameOf = useNames()
  const [drug, setDrug] = useState<Drug | null>(null)
  const [lot, setLot] = useState<UncodedRoom | null>(null)
  const [reason, setReason] = useState<UncodedReason | null>(null)
  const [count, setCount] = useState('')
  const [evidence, setEvidence] = useState('')
  const packs = /^[1-9]\d{0,5}$/.test(count.trim()) ? Number(count.trim()) : null
  const ready = drug !== null && lot !== null && reason !== null && packs !== null && packs <= lot.room && evidence.trim().length >= 4
  const submit = (): boolean => {
    if (drug === null || lot === null || reason === null || packs === null || !ready) return false
    void attempt(till, async () => {
      const entry = await till.core.command('uncoded.add', { drugId: drug.drugId, lotId: lot.lotId, reason, quantity: packs, evidence: evidence.trim() })
      speakScreen(till, 'notice', 'uncoded-added', { drug: entry.drugName, count: entry.packsLeft })
      onClose()
      return null
    })
    return true
  }
  const back = (): void => {
    if (reason !== null) setReason(null)
    else if (lot !== null) setLot(null)
    else if (drug !== null) setDrug(null)
    else onClose()
  }
  const asking = drug === null ? 'drug' : lot === null ? 'lot' : reason === null ? 'reason' : 'count'
  return (
    <Dialog
      title={t('uncoded.add-title')}
      width={820}
      onClose={back}
      keys={{ Enter: submit }}
      testid="uncoded-add-dialog"
      footer={
        <>
          {asking === 'count' ? <KeyButton name="Enter" label={t('uncoded.add-submit')} next={ready} disabled={!ready} onPress={submit} testid="uncoded-add-submit" /> : null}
          <KeyButton name="Escape" label={t('common.back')} onPress={back} />
        </>
      }
    >
      {drug === null ? null : (
        <p className="dialog-lead">
          <b>{drug.genericName}</b> {drug.packSpec || drug.spec} <span className="dim">{drug.maker}</span>
          {lot === null ? '' : ` · ${lot.lotNumber}`}
          {reason === null ? '' : ` · ${nameOf('uncodedReason', reason)}`}
        </p>
      )}
      {asking === 'drug' ? <DrugPicker label={t('uncoded.which-drug')} hint={t('uncoded.which-hint')} level={21} onPick={setDrug} /> : null}
      {drug !== null && asking === 'lot' ? <LotChoice drug={drug} onLot={setLot} /> : null}
      {asking === 'reason' ? (
        <Choices
          level={21}
          testid="uncoded-reason"
          choices={UNCODED_REASONS.map((id) => ({ id, label: nameOf('uncodedReason', id), aside: t(`uncoded-why.${id}`) }))}
          onChoose={(id) => setReason(UNCODED_REASONS.find((known) => known === id) ?? null)}
        />
      ) : null}
      {asking === 'count' && lot !== null ? (
        <>
          <Field label={t('uncoded.count')} value={count} onChange={setCount} numeric autoFocus maxLength={6} hint={t('uncoded.count-hint', { count: lot.room })} testid="uncoded-count" />
          <Field label={t('uncoded.evidence')} value={evidence} onChange={setEvidence} maxLength={500} hint={t('uncoded.evidence-hint')} testid="uncoded-evidence" />
        </>
      ) : null}
    </Dialog>
  )
}
