import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PaperWidth, Sale } from '../../../electron/contract/index.ts'
import { fen } from '../../../electron/contract/index.ts'
import { useNames } from '../../i18n/sentences.ts'
import { nextCustomer } from '../../till/current-sale.ts'
import { printReceipt } from '../../till/printing.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Money } from '../../ui/Money.tsx'
import { useStore } from '../../ui/store.ts'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill, useTools } from '../../ui/tools.ts'
import { SayLine } from '../../ui/SayLine.tsx'
import { ReceiptFrame } from './ReceiptFrame.tsx'

const OTHER: Readonly<Record<PaperWidth, PaperWidth>> = { 58: '80', 80: '58' }

/** Done: the change to hand over, and the receipt as it will print. */
export const Paid = ({ sale, title }: { readonly sale: Sale; readonly title: string }): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const nameOf = useNames()
  const { settings } = useTools()
  const width = useStore(settings, (state) => state.paper)
  const { data } = useCoreQuery('receipt.getReceipt', { saleId: sale.saleId, width, kind: 'sale' }, { keep: true })
  const tenders = sale.tenders.filter((tender) => !tender.refund)
  const change = fen(tenders.reduce((sum, tender) => sum + tender.changeFen, 0))
  const next = (): void => nextCustomer(till)
  const print = (): void => {
    void printReceipt(till, sale.saleId, width, 'sale', false)
  }
  const switchPaper = (): void => settings.set({ paper: OTHER[width] })
  const typed = (text: string): boolean => {
    if (text === '1') print()
    if (text === '2') switchPaper()
    return text === '1' || text === '2'
  }
  return (
    <Dialog
      title={
        <>
          {title} <span className="num dim">{sale.receiptNumber}</span>
        </>
      }
      width={980}
      onClose={next}
      keys={{ Enter: next }}
      typed={typed}
      testid="paid-dialog"
      footer={
        <>
          <KeyButton name="Enter" label={t('pay.next-customer')} next onPress={next} testid="next-customer" />
          <KeyButton name="1" label={t('pay.print')} onPress={print} testid="print" />
          <KeyButton name="2" label={t('pay.paper', { width: OTHER[width] })} onPress={switchPaper} testid="paper" />
        </>
      }
    >
      <SayLine />
      <div className="paid">
        <div className="paid-figures">
          <div className="paid-change">
            <span>{t('pay.change')}</span>
            <Money fen={change} testid="paid-change" />
          </div>
          {tenders.map((tender) => (
            <div key={tender.tenderId} className="total-row">
              <span>
                {nameOf('tenderMethod', tender.method)}
                {` · ${tender.method === 'cash' ? t('pay.given') : t('pay.recorded')}`}
              </span>
              <Money fen={tender.givenFen} />
            </div>
          ))}
          {sale.settled === null ? null : (
            <>
              <div className="total-row">
                <span>{t('totals.fund')}</span>
                <Money fen={sale.settled.fundFen} />
              </div>
              <div className="total-row">
                <span>{t('totals.account')}</span>
                <Money fen={sale.settled.accountFen} />
              </div>
            </>
          )}
          <div className="total-row is-strong">
            <span>{t('totals.total')}</span>
            <Money fen={sale.totalFen} />
          </div>
          <p className="paid-hint">{t('pay.scan-next')}</p>
        </div>
        <ReceiptFrame document={data} />
      </div>
    </Dialog>
  )
}
