import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SaleSummary } from '../../../electron/contract/index.ts'
import { timeOfDay } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { recall } from '../../till/holding.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { Money } from '../../ui/Money.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useTill, useTillState } from '../../ui/tools.ts'

const ORDER = ['unconfirmed', 'due', 'held', 'open', 'settling', 'reversed'] as const
const orderOf = (sale: SaleSummary): number => {
  const index = (ORDER as readonly string[]).indexOf(sale.status)
  return index < 0 ? ORDER.length : index
}

/** F6: whatever is not finished. What needs the cashier most stands first. */
export const RecallDialog = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const nameOf = useNames()
  const current = useTillState((state) => state.sale?.saleId)
  const { data } = useCoreQuery('sale.listSales', { statuses: [...ORDER], limit: 100 }, { live: true })
  const [index, setIndex] = useState(0)
  const rows = (data ?? [])
    .filter((sale) => sale.saleId !== current && (sale.status !== 'open' || sale.lineCount > 0))
    .toSorted((a, b) => orderOf(a) - orderOf(b) || b.openedAt - a.openedAt)
  const at = Math.min(index, Math.max(0, rows.length - 1))
  const close = (): void => till.store.set({ overlay: null })
  const take = (row: SaleSummary | undefined): void => {
    if (row === undefined) return
    close()
    void recall(till, row)
  }
  const actionOf = (row: SaleSummary): string =>
    row.status === 'due'
      ? t('recall.take-money')
      : row.status === 'unconfirmed' || row.status === 'settling'
        ? t('recall.story')
        : row.status === 'reversed'
          ? t('recall.copy')
          : t('recall.take')
  const chosen = rows[at]
  return (
    <Dialog
      title={t('recall.title')}
      width={900}
      onClose={close}
      testid="recall-dialog"
      keys={{
        ArrowUp: () => setIndex(Math.max(0, at - 1)),
        ArrowDown: () => setIndex(Math.min(rows.length - 1, at + 1)),
        Enter: () => take(chosen),
        F6: close,
      }}
      footer={
        <>
          {chosen === undefined ? null : <KeyButton name="Enter" label={actionOf(chosen)} next onPress={() => take(chosen)} testid="recall-submit" />}
          <KeyButton name="Escape" label={t('common.back')} onPress={close} />
        </>
      }
    >
      {rows.length === 0 ? (
        <p className="empty">{t('recall.none')}</p>
      ) : (
        <ul className="recall-list">
          {rows.map((row, position) => (
            <li
              key={row.saleId}
              className={`recall-row${position === at ? ' is-selected' : ''}`}
              data-testid="recall-row"
              data-status={row.status}
              data-sale-id={row.saleId}
              onMouseDown={(e) => e.preventDefault()}
              onClick={() => take(row)}
            >
              <span className={`status is-${row.status}`}>{nameOf('saleStatus', row.status)}</span>
              <span className="num">{row.receiptNumber.slice(-4)}</span>
              <span className="num dim">{timeOfDay(row.openedAt)}</span>
              <span className="clip">
                {row.firstDrug}
                {row.lineCount > 1 ? t('recall.and-more', { count: row.lineCount }) : ''}
              </span>
              <span className="clip dim">{[row.personMasked, row.heldNote].filter(Boolean).join(' · ')}</span>
              <Money fen={row.totalFen} />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
