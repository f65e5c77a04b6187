import type { CodedLine } from '../../domain/sale/packs-needed.ts'
import type { House } from '../house.ts'
import type { LineDetails } from './line-details.ts'
import type { LinePackRow } from './sale-store.ts'

/** A line as the rules about its codes see it; `packs` of this line only. */
export const codedLine = (house: Pick<House, 'profile'>, line: LineDetails, packs: readonly LinePackRow[]): CodedLine => ({
  codeRequirement: line.code_requirement,
  sellUnit: line.sell_unit,
  quantity: line.quantity,
  packs,
  uncodedPacks: line.uncoded_packs,
  uncodedFetched: house.profile.trace.uncoded === 'virtual-code',
})
