import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Drug, Output } from '../../../electron/contract/index.ts'
import { formatUnitPrice } from '../../../electron/domain/amounts.ts'
import { ClassMark } from '../lines/ClassMark.tsx'

interface Props {
  readonly groups: Output<'drug.searchDrugs'>['groups']
  readonly selected: string | null
  readonly searched: string
  readonly nearest: readonly string[]
  readonly onPick: (drug: Drug) => void
  readonly onNearest: (name: string) => void
}

/** Grouped by generic name: the other strengths of the same drug stand next to it. */
export const FoundDrugs = ({ groups, selected, searched, nearest, onPick, onNearest }: Props): ReactNode => {
  const { t } = useTranslation()
  const chosen = useRef<HTMLLIElement>(null)
  useEffect(() => {
    // Returns a promise in newer Chromium, which is no clean-up.
    chosen.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  if (groups.length === 0) {
    return (
      <div className="found is-empty" data-testid="find-nothing">
        <p>{t('find.nothing', { searched })}</p>
        {nearest.length === 0 ? null : (
          <p>
            {t('find.nearest')}{' '}
            {nearest.map((name) => (
              <button type="button" tabIndex={-1} key={name} className="link" onMouseDown={(e) => e.preventDefault()} onClick={() => onNearest(name)}>
                {name}
              </button>
            ))}
          </p>
        )}
      </div>
    )
  }
  return (
    <div className="found" data-testid="find-results">
      {groups.map((group) => (
        <section key={group.genericName}>
          <h3>{group.genericName}</h3>
          <ul role="listbox">
            {group.drugs.map((drug) => (
              <li
                key={drug.drugId}
                ref={drug.drugId === selected ? chosen : null}
                role="option"
                aria-selected={drug.drugId === selected}
                data-testid={`found-${drug.drugId}`}
                className={`found-row${drug.drugId === selected ? ' is-selected' : ''}${drug.packsOnHand === 0 ? ' is-out' : ''}`}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onPick(drug)}
              >
                <span className="found-spec">
                  {drug.packSpec || drug.spec}
                  {drug.tradeName === '' ? null : <span className="dim"> {drug.tradeName}</span>}
                </span>
                <span className="found-maker">{drug.maker}</span>
                <span className="found-rx">{drug.prescriptionOnly ? <span className="tag">Rx</span> : null}</span>
                <ClassMark value={drug.insuranceClass} />
                <span className="found-shelf">{drug.shelf}</span>
                <span className="found-stock num">
                  {drug.packsOnHand === 0 ? t('find.out-of-stock') : t('find.stock', { count: drug.packsOnHand, unit: drug.packUnit })}
                </span>
                <span className="found-price num">{formatUnitPrice(drug.packPrice)}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
