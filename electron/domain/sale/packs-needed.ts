import type { CodeRequirement, Quantity, SellUnit } from '../../contract/index.ts'
import { QUANTITY_ONE } from '../../contract/index.ts'

export interface CodedLine {
  readonly codeRequirement: CodeRequirement
  readonly sellUnit: SellUnit
  readonly quantity: Quantity
  /** Codes on the line with the smallest units each gives, 10⁻⁴. */
  readonly packs: readonly { readonly quantity: Quantity }[]
}

/**
 * How many codes a line needs: one a pack; a split line as many as give its units together (rules.md §1.4), at least one.
 * Drugs that are not collected (饮片) need none.
 */
export const packsNeeded = (line: CodedLine): number => {
  if (line.codeRequirement === 'none') return 0
  if (line.sellUnit === 'pack') return Math.ceil(line.quantity / QUANTITY_ONE)
  return unitsCovered(line) >= line.quantity ? line.packs.length : line.packs.length + 1
}

/** Smallest units that the scanned packs of a split line give, 10⁻⁴. */
export const unitsCovered = (line: CodedLine): number => line.packs.reduce((sum, pack) => sum + pack.quantity, 0)

export const packsMissing = (line: CodedLine): number => Math.max(0, packsNeeded(line) - line.packs.length)
