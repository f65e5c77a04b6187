import type { DrugId } from '../../contract/index.ts'
import { scansMissing } from '../sale/packs-needed.ts'
import type { CandidateLine, VerdictFacts } from './facts.ts'

type OnSale = Pick<VerdictFacts, 'lines' | 'selectedLineId'>

const wantsCode = (line: CandidateLine): boolean => scansMissing(line) > 0

/**
 * The line a pack of this drug would go to: the selected one if it is of the drug and lacks codes, else the first whole-pack line that lacks codes, else the first split one; null: none lacks a code.
 */
export const targetLine = (facts: OnSale, drugId: DrugId): CandidateLine | null => {
  if (facts.lines.length === 0) return null
  const lacking = facts.lines.filter((line) => line.drugId === drugId && wantsCode(line))
  return lacking.find((line) => line.lineId === facts.selectedLineId) ?? lacking.find((line) => line.sellUnit === 'pack') ?? lacking[0] ?? null
}

/** The selected line lacks codes and is of another drug: something else is in the cashier's hand than on the screen. Asked where the counter is strict, and where the line's quantity was set by hand. */
export const contradictedLine = (facts: OnSale & Pick<VerdictFacts, 'policy'>, drugId: DrugId): CandidateLine | null => {
  const selected = facts.lines.find((line) => line.lineId === facts.selectedLineId)
  if (selected === undefined || selected.drugId === drugId || !wantsCode(selected)) return null
  return facts.policy.strict || selected.quantitySet ? selected : null
}

/** All lines of the drug have their codes, and one of them has a quantity that was set by hand: this pack is one more than was said. */
export const fullLine = (facts: OnSale, drugId: DrugId): CandidateLine | null => {
  if (targetLine(facts, drugId) !== null) return null
  const fixed = facts.lines.filter((line) => line.drugId === drugId && line.sellUnit === 'pack' && line.quantitySet)
  return fixed.find((line) => line.lineId === facts.selectedLineId) ?? fixed[0] ?? null
}
