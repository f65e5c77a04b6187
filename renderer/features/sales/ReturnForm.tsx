import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { AppError } from '../../../electron/contract/index.ts'
import type { Sale } from '../../../electron/contract/index.ts'
import { useNames } from '../../i18n/sentences.ts'
import { attempt, speakScreen } from '../../till/till.ts'
import { Money } from '../../ui/Money.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useTill } from '../../ui/tools.ts'
import { duration } from '../../view/ages.ts'
import { ReasonForm } from '../sale-dialogs/ReasonForm.tsx'

const Asking = ({ since }: { readonly since: number }): ReactNode => {
  const { t } = useTranslation()
  return (
    <p className="totals-wait" data-testid="return-wait">
      <span className="num">{duration(useNow(200) - since)}</span> {t('sales.returning')}
    </p>
  )
}

/** Everything back: money as it came, stock and codes to the shelf, the insurance cancelled first. */
export const ReturnForm = ({ sale, onDone }: { readonly sale: Sale; readonly onDone: () => void }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const nameOf = useNames()
  const [since, setSince] = useState<number | null>(null)
  const submit = (reason: string): void => {
    if (since !== null) return
    setSince(till.now())
    void attempt(till, async () => {
      const after = await till.core.command('sale.returnSale', { saleId: sale.saleId, reason })
      const values = { receipt: after.receiptNumber }
      if (after.status === 'returned') speakScreen(till, 'notice', 'returned', values)
      else if (after.status === 'returning') speakScreen(till, 'notice', 'return-unconfirmed', values)
      else if (after.refusal !== null) throw new AppError(after.refusal.code, 'the return was refused', after.refusal.detail)
      return null
    }).then(onDone)
  }
  return (
    <div data-testid="return-form">
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
      {since === null ? (
        <>
          <p className="dialog-lead">{t('sales.return-why')}</p>
          <ReasonForm level={20} reasons={['bought-twice', 'wrong-drug', 'quality', 'wrong-person']} onReason={submit} />
        </>
      ) : (
        <Asking since={since} />
      )}
    </div>
  )
}
