import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SaleLine } from '../../../electron/contract/index.ts'
import { formatQuantity, formatUnitPrice } from '../../../electron/domain/amounts.ts'
import { Money } from '../../ui/Money.tsx'
import { packDots } from '../../view/line-notes.ts'
import type { LineNote } from '../../view/line-notes.ts'
import { ClassMark } from './ClassMark.tsx'
import { LineNotes } from './LineNotes.tsx'

interface Props {
  readonly line: SaleLine
  readonly position: number
  readonly selected: boolean
  readonly digits: string
  /** Counts up with every scan that touched this line. */
  readonly flash: number
  readonly notes: readonly LineNote[]
  readonly onSelect: () => void
}

const Codes = ({ line }: { readonly line: SaleLine }): ReactNode => {
  const { t } = useTranslation()
  if (line.codeRequirement === 'none') return <span className="dim">{t('line.no-code')}</span>
  if (line.codeRequirement === 'virtual')
    return (
      <span className="dim">
        {t('line.virtual')}{' '}
        <span className="num">
          {line.packsScanned}/{line.packsNeeded}
        </span>
      </span>
    )
  const complete = line.packsScanned >= line.packsNeeded
  return (
    <span className={complete ? 'codes is-complete' : 'codes'}>
      <span className="dots">{packDots(line.packsScanned, line.packsNeeded)}</span>
      <span className="num">
        {line.packsScanned}/{line.packsNeeded}
      </span>
    </span>
  )
}

export const LineRow = ({ line, position, selected, digits, flash, notes, onSelect }: Props): ReactNode => {
  const { t } = useTranslation()
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: 'nearest' })
  }, [selected, line.packsScanned, notes.length])
  return (
    <div
      ref={row}
      className={`line${selected ? ' is-selected' : ''}`}
      data-testid="sale-line"
      data-line-id={line.lineId}
      data-drug-id={line.drugId}
      data-scanned={line.packsScanned}
      data-needed={line.packsNeeded}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onSelect}
    >
      <div className={`line-cells${flash > 0 ? ` flash-${flash % 2}` : ''}`}>
        <span className="num line-position">{position}</span>
        <span className="line-drug">
          <b>{line.name}</b>
          <span className="line-spec">{line.spec}</span>
          {line.prescriptionOnly ? <span className="tag">Rx</span> : null}
          {line.sellUnit === 'unit' ? <span className="tag is-solid">{t('line.split')}</span> : null}
          <span className="line-maker">{line.maker}</span>
        </span>
        <span className="line-lot">
          <span>{line.lotNumber}</span>
          <span className={`num${line.nearExpiry ? ' is-near' : ''}`}>
            {line.nearExpiry ? '▲' : ''}
            {line.expiresOn.slice(2, 7)}
          </span>
        </span>
        <Codes line={line} />
        <span className={`num line-quantity${selected && digits !== '' ? ' is-typing' : ''}`} data-testid="line-quantity">
          {selected && digits !== '' ? digits : formatQuantity(line.quantity)}
          <span className="unit">{line.unitName}</span>
        </span>
        <span className="num line-price">{formatUnitPrice(line.unitPrice)}</span>
        <Money fen={line.amountFen} className="line-amount" testid="line-amount" />
        <ClassMark value={line.insuranceClass} />
      </div>
      {notes.length === 0 ? null : <LineNotes notes={notes} unit={line.unitName} />}
    </div>
  )
}
