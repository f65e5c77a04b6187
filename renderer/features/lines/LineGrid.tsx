import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useTill, useTillState } from '../../ui/tools.ts'
import { lineNotes } from '../../view/line-notes.ts'
import { ClaimRow } from '../claim/ClaimRow.tsx'
import { LineRow } from './LineRow.tsx'

/** What is in this sale? Ours: a row says in place what it still wants. */
export const LineGrid = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const sale = useTillState((state) => state.sale)
  const selected = useTillState((state) => state.selected)
  const digits = useTillState((state) => state.digits)
  const flash = useTillState((state) => state.flash)
  const figures = sale?.settled ?? sale?.quote ?? null
  return (
    <section className="lines" data-testid="lines">
      <div className="line-head" aria-hidden="true">
        <span>#</span>
        <span>{t('line.head-drug')}</span>
        <span>{t('line.head-lot')}</span>
        <span>{t('line.head-codes')}</span>
        <span className="right">{t('line.head-quantity')}</span>
        <span className="right">{t('line.head-price')}</span>
        <span className="right">{t('line.head-amount')}</span>
        <span className="center">{t('line.head-class')}</span>
      </div>
      <div className="line-list" data-testid="line-list">
        {sale === null || sale.lines.length === 0 ? (
          <p className="lines-empty">{t('line.empty')}</p>
        ) : (
          sale.lines.map((line, index) => (
            <LineRow
              key={line.lineId}
              line={line}
              position={index + 1}
              selected={line.lineId === selected}
              digits={digits}
              flash={flash?.lineId === line.lineId ? flash.count : 0}
              notes={lineNotes(line, sale.blockers, figures?.lines.find((other) => other.lineId === line.lineId) ?? null, sale.claimCheck.violations)}
              onSelect={() => till.store.set({ selected: line.lineId, digits: '' })}
            />
          ))
        )}
      </div>
      <ClaimRow />
    </section>
  )
}
