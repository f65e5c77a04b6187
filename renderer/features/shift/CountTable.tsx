import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Shift, TenderMethod } from '../../../electron/contract/index.ts'
import { fen } from '../../../electron/contract/index.ts'
import { useNames } from '../../i18n/sentences.ts'
import { Money } from '../../ui/Money.tsx'
import { useKeys } from '../../ui/tools.ts'
import { countedFen } from '../../view/counts.ts'
import type { Counts } from '../../view/counts.ts'
import { Difference } from './Difference.tsx'

interface Props {
  readonly shift: Shift
  readonly counts: Counts
  readonly onChange: (counts: Counts) => void
}

/** Counted against expected; the difference shows as it is typed. Enter goes to the next method. */
export const CountTable = ({ shift, counts, onChange }: Props): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const table = useRef<HTMLTableElement>(null)
  const inputs = (): readonly HTMLInputElement[] => [...(table.current?.querySelectorAll('input') ?? [])]
  useEffect(() => {
    inputs()[0]?.focus()
  }, [])
  const next = (by: number): void => {
    const all = inputs()
    const at = all.findIndex((input) => input === document.activeElement)
    all[Math.min(all.length - 1, Math.max(0, at + by))]?.focus()
  }
  useKeys({ level: 1, modal: false, keys: { Enter: () => next(1), ArrowDown: () => next(1), ArrowUp: () => next(-1) } })
  return (
    <table className="count-table" ref={table}>
      <thead>
        <tr>
          <th>{t('shift.method')}</th>
          <th className="right">{t('shift.taken')}</th>
          <th className="right">{t('shift.refunded')}</th>
          <th className="right">{t('shift.expected')}</th>
          <th className="right">{t('shift.counted')}</th>
          <th className="right">{t('shift.difference')}</th>
        </tr>
      </thead>
      <tbody>
        {shift.totals.map(({ method, salesFen, refundsFen, expectedFen }) => {
          const text = counts[method] ?? ''
          const counted = countedFen(text)
          const difference = text.trim() === '' || counted === null ? null : fen(counted - expectedFen)
          return (
            <tr key={method} data-testid={`count-${method}`}>
              <th scope="row">
                {nameOf('tenderMethod', method)}
                {method === 'cash' ? <span className="dim"> {t('shift.with-float')}</span> : null}
              </th>
              <td className="right">
                <Money fen={salesFen} />
              </td>
              <td className="right">
                <Money fen={refundsFen} />
              </td>
              <td className="right">
                <Money fen={expectedFen} />
              </td>
              <td className="right">
                <input
                  className="is-numeric"
                  inputMode="decimal"
                  autoComplete="off"
                  maxLength={12}
                  data-testid={`counted-${method}`}
                  aria-label={nameOf('tenderMethod', method)}
                  value={text}
                  onChange={(event) => onChange({ ...counts, [method satisfies TenderMethod]: event.target.value })}
                />
              </td>
              <td className="right">
                {counted === null ? (
                  <span className="is-off">✕</span>
                ) : difference === null ? (
                  <span className="dim">—</span>
                ) : (
                  <Difference value={difference} />
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
