import type { DrugId } from '../../contract/index.ts'
import { packsMissing } from '../sale/packs-needed.ts'
import type { CandidateLine, VerdictFacts } from './facts.ts'

const wantsCode = (line: CandidateLine): boolean => packsMissing(line) > 0

/**
 * The line a pack of this drug would go to: the selected one if it is of the drug and lacks codes, else the first whole-pack line that lacks codes, else the first split one; null: a new line.
 */
export const targetLine = (facts: Pick<VerdictFacts, 'lines' | 'selectedLineId'>, drugId: DrugId): CandidateLine | null => {
  const lacking = facts.lines.filter((line) => line.drugId === drugId && wantsCode(line))
  return lacking.find((line) => line.lineId === facts.selectedLineId) ?? lacking.find((line) => line.sellUnit === 'pack') ?? lacking[0] ?? null
}

/** The selected line lacks codes and is of another drug: something else is in the cashier's hand than on the screen. */
export const contradictedLine = (facts: Pick<VerdictFacts, 'lines' | 'selectedLineId' | 'strict'>, drugId: DrugId): CandidateLine | null => {
  const selected = facts.strict ? facts.lines.find((line) => line.lineId === facts.selectedLineId) : undefined
  return selected !== undefined && selected.drugId !== drugId && wantsCode(selected) ? selected : null
}
