import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { AppError } from '../../../electron/contract/index.ts'
import type { ReturnCheck, Sale } from '../../../electron/contract/index.ts'
import { useNames, useSentence } from '../../i18n/sentences.ts'
import { attempt, speakScreen } from '../../till/till.ts'
import { Money } from '../../ui/Money.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useNow } from '../../ui/use-now.ts'
import { useTill } from '../../ui/tools.ts'
import { duration } from '../../view/ages.ts'
import { broughtList } from '../../view/return-packs.ts'
import type { Brought } from '../../view/return-packs.ts'
import { ReasonForm } from '../sale-dialogs/ReasonForm.tsx'
import { ReturnPacks } from './ReturnPacks.tsx'

const Asking = ({ since }: { readonly since: number }): ReactNode => {
  const { t } = useTranslation()
  return (
    <p className="totals-wait" data-testid="return-wait">
      <span className="num">{duration(useNow(200) - since)}</span> {t('sales.returning')}
    </p>
  )
}

/** Everything that forbids it, before the patient hands over anything. */
const Refused = ({ reasons }: { readonly reasons: ReturnCheck['reasons'] }): ReactNode => {
  const sentence = useSentence()
  return (
    <ul className="return-refusals" data-testid="return-refused">
      {reasons.map(({ reason, detail }, index) => {
        const said = sentence('return', reason, detail)
        return (
          <li key={index} data-code={reason}>
            <b>{said.word}</b>
            {said.text} · {said.action}
          </li>
        )
      })}
    </ul>
  )
}

const Refunds = ({ sale }: { readonly sale: Sale }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <ul className="refunds">
      {sale.settled === null ? null : (
        <li>
          <span>{t('sales.refund-insurance')}</span>
          <Money fen={sale.settled.totalFen} />
        </li>
      )}
      {sale.tenders
        .filter((tender) => !tender.refund)
        .map((tender) => (
          <li key={tender.tenderId}>
            <span>
              {t('sales.refund')} {nameOf('tenderMethod', tender.method)}
              {tender.method === 'cash' ? '' : ` · ${t('sales.refund-by-hand')}`}
            </span>
            <Money fen={tender.amountFen} />
          </li>
        ))}
    </ul>
  )
}

interface Told {
  readonly brought: Brought
  readonly unscannableReason: string
}

/** Everything back: first whether it may be, then every pack under the scanner, then why. The insurance is cancelled first; money as it came, stock and codes to the shelf. */
export const ReturnForm = ({ sale, onDone }: { readonly sale: Sale; readonly onDone: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const { data: check } = useCoreQuery('sale.checkReturn', { saleId: sale.saleId }, { live: true })
  const [since, setSince] = useState<number | null>(null)
  const [told, setTold] = useState<Told | null>(null)
  const submit = (reason: string): void => {
    if (since !== null || told === null) return
    setSince(till.now())
    void attempt(till, async () => {
      const after = await till.core.command('sale.returnSale', { saleId: sale.saleId, reason, packs: broughtList(told.brought), unscannableReason: told.unscannableReason })
      const values = { receipt: after.receiptNumber }
      if (after.status === 'returned') speakScreen(till, 'notice', 'returned', values)
      else if (after.status === 'returning') speakScreen(till, 'notice', 'return-unconfirmed', values)
      else if (after.refusal !== null) throw new AppError(after.refusal.code, 'the return was refused', after.refusal.detail)
      return null
    }).then(onDone)
  }
  if (check === undefined) return null
  return (
    <div data-testid="return-form" data-allowed={check.allowed}>
      {check.allowed ? (
        <>
          <p className="return-note">
            {t('return.until', { sold: check.soldOn, until: check.until })} · {t('return.forever')}
          </p>
          <Refunds sale={sale} />
          {told === null ? (
            <ReturnPacks sale={sale} check={check} onDone={(brought, unscannableReason) => setTold({ brought, unscannableReason })} />
          ) : since === null ? (
            <>
              <p className="dialog-lead">{t('sales.return-why')}</p>
              <ReasonForm level={20} reasons={['bought-twice', 'wrong-drug', 'quality', 'wrong-person']} onReason={submit} />
            </>
          ) : (
            <Asking since={since} />
          )}
        </>
      ) : (
        <>
          <p className="dialog-lead">{t('return.refused')}</p>
          <Refused reasons={check.reasons} />
        </>
      )}
    </div>
  )
}
