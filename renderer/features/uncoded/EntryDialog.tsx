import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { UncodedEntry } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { attempt } from '../../till/till.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useTill } from '../../ui/tools.ts'

/** One entry whole: why there is no code, what proves it, who entered it. Closing it takes a reason. */
export const EntryDialog = ({ entry, mayClose, onClose }: { readonly entry: UncodedEntry; readonly mayClose: boolean; readonly onClose: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const nameOf = useNames()
  const [reason, setReason] = useState<string | null>(null)
  const open = entry.closedAt === null
  const can = reason !== null && reason.trim().length >= 2
  const submit = (): void => {
    if (can) void attempt(till, () => till.core.command('uncoded.close', { uncodedId: entry.uncodedId, reason: reason.trim() })).then(onClose)
  }
  const back = (): void => (reason === null ? onClose() : setReason(null))
  return (
    <Dialog
      title={
        <>
          {t('uncoded.entry')} <span className="dim">{entry.drugName}</span>
        </>
      }
      width={640}
      onClose={back}
      keys={{ Enter: submit, F8: () => open && mayClose && reason === null && setReason('') }}
      testid="uncoded-entry"
      footer={
        <>
          {reason === null ? null : <KeyButton name="Enter" label={t('uncoded.close-submit')} next={can} disabled={!can} onPress={submit} testid="uncoded-close-submit" />}
          {reason === null && open ? <KeyButton name="F8" label={t('uncoded.close')} disabled={!mayClose} onPress={() => setReason('')} testid="uncoded-close" /> : null}
          <KeyButton name="Escape" label={t('common.back')} onPress={back} />
        </>
      }
    >
      <dl className="facts">
        <dt>{t('uncoded.drug')}</dt>
        <dd>
          <b>{entry.drugName}</b> {entry.spec} {entry.maker}
        </dd>
        <dt>{t('line.head-lot')}</dt>
        <dd className="num">
          {entry.lotNumber} · {entry.expiresOn} · {entry.shelf}
          {entry.sellable ? '' : ` · ${t('uncoded.not-sellable')}`}
        </dd>
        <dt>{t('uncoded.left')}</dt>
        <dd className="num">
          {t('uncoded.left-of', { left: entry.packsLeft, quantity: entry.quantity, unit: entry.packUnit })}
          {entry.packsInSales === 0 ? '' : ` · ${t('uncoded.in-sales')} ${entry.packsInSales}`}
        </dd>
        <dt>{t('uncoded.reason')}</dt>
        <dd>{nameOf('uncodedReason', entry.reason)}</dd>
        <dt>{t('uncoded.evidence')}</dt>
        <dd>{entry.evidence}</dd>
        <dt>{t('uncoded.told')}</dt>
        <dd>
          <span className="num">{instantToLocal(entry.toldAt)}</span> {entry.toldByName}
        </dd>
        {entry.closedAt === null ? null : (
          <>
            <dt>{t('uncoded.closed')}</dt>
            <dd>
              <span className="num">{instantToLocal(entry.closedAt)}</span> {entry.closedByName} · {entry.closedReason}
            </dd>
          </>
        )}
      </dl>
      {reason === null ? null : <Field label={t('uncoded.close-why')} value={reason} onChange={setReason} autoFocus maxLength={200} hint={t('uncoded.close-hint')} testid="uncoded-close-reason" />}
    </Dialog>
  )
}
