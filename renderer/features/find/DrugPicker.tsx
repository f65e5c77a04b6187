import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { Drug } from '../../../electron/contract/index.ts'
import { Field } from '../../ui/Field.tsx'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { useKeys } from '../../ui/tools.ts'
import { FoundDrugs } from './FoundDrugs.tsx'

interface Props {
  readonly label: string
  readonly hint: string
  /** One above the dialog it stands in. */
  readonly level: number
  readonly onPick: (drug: Drug) => void
}

/** Finds one drug inside a dialog: type, arrows, Enter. Enter on a list that is older than the text takes nothing. */
export const DrugPicker = ({ label, hint, level, onPick }: Props): ReactNode => {
  const [text, setText] = useState('')
  const [index, setIndex] = useState(0)
  const wanted = text.trim()
  const { data } = useCoreQuery('drug.searchDrugs', { text: wanted, limit: 30 }, { enabled: wanted !== '', keep: true })
  const found = wanted === '' ? [] : (data?.groups.flatMap((group) => group.drugs) ?? [])
  const at = Math.min(index, Math.max(0, found.length - 1))
  useEffect(() => setIndex(0), [wanted])
  const pick = (drug: Drug | undefined): void => {
    if (drug !== undefined && data?.searched.trim() === wanted) onPick(drug)
  }
  const move = (by: number): void => setIndex(Math.min(Math.max(0, at + by), Math.max(0, found.length - 1)))
  useKeys({
    level,
    modal: false,
    keys: { Enter: () => pick(found[at]), ArrowDown: () => move(1), ArrowUp: () => move(-1), PageDown: () => move(8), PageUp: () => move(-8) },
  })
  return (
    <div className="drug-picker" data-testid="drug-picker">
      <Field label={label} value={text} onChange={setText} hint={hint} autoFocus maxLength={80} testid="drug-picker-text" />
      {wanted === '' || data === undefined ? null : (
        <FoundDrugs groups={data.groups} selected={found[at]?.drugId ?? null} searched={data.searched} nearest={data.nearest} onPick={pick} onNearest={setText} />
      )}
    </div>
  )
}
