import type { CodeRequirement, Quantity, SellUnit } from '../../contract/index.ts'
import { QUANTITY_ONE } from '../../contract/index.ts'

export interface CodedLine {
  readonly codeRequirement: CodeRequirement
  readonly sellUnit: SellUnit
  readonly quantity: Quantity
  /** Codes on the line with the smallest units each gives, 10⁻⁴; `virtual`: fetched (3592B), not scanned. */
  readonly packs: readonly { readonly quantity: Quantity; readonly virtual?: boolean | 0 | 1 }[]
  /** Whole packs of the line from the uncoded list 无码库: there is nothing on them to scan. */
  readonly uncodedPacks?: number
  /** They are settled with a code fetched for each (3592B); false: without any (region profile). */
  readonly uncodedFetched?: boolean
}

/** Smallest units that the scanned packs of a split line give, 10⁻⁴. */
export const unitsCovered = (line: CodedLine): number => line.packs.reduce((sum, pack) => sum + pack.quantity, 0)

const uncodedOf = (line: CodedLine): number => (line.codeRequirement === 'scan' && line.sellUnit === 'pack' ? (line.uncodedPacks ?? 0) : 0)
const virtualOf = (line: CodedLine): number => line.packs.filter((pack) => pack.virtual === true || pack.virtual === 1).length

/** Codes that somebody still has to scan. */
export const scansMissing = (line: CodedLine): number => {
  if (line.codeRequirement !== 'scan') return 0
  if (line.sellUnit === 'unit') return unitsCovered(line) >= line.quantity ? 0 : 1
  return Math.max(0, Math.ceil(line.quantity / QUANTITY_ONE) - uncodedOf(line) - (line.packs.length - virtualOf(line)))
}

/** Codes that are still to be fetched (3592B): of a drug that has none, and of packs from the uncoded list. */
export const fetchesMissing = (line: CodedLine): number => {
  switch (line.codeRequirement) {
    case 'none':
      return 0
    case 'virtual':
      if (line.sellUnit === 'unit') return unitsCovered(line) >= line.quantity ? 0 : 1
      return Math.max(0, Math.ceil(line.quantity / QUANTITY_ONE) - line.packs.length)
    case 'scan':
      return line.uncodedFetched === false ? 0 : Math.max(0, uncodedOf(line) - virtualOf(line))
  }
}

export const packsMissing = (line: CodedLine): number => scansMissing(line) + fetchesMissing(line)

/**
 * How many codes a line needs: one a pack; a split line as many as give its units together (rules.md §1.4), at least one.
 * Drugs that are not collected (饮片) need none.
 */
export const packsNeeded = (line: CodedLine): number => {
  if (line.codeRequirement === 'none') return 0
  if (line.sellUnit === 'unit') return line.packs.length + packsMissing(line)
  return Math.ceil(line.quantity / QUANTITY_ONE) - (line.uncodedFetched === false ? uncodedOf(line) : 0)
}
