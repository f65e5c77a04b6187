import type { MappingSide } from '../../contract/index.ts'
import type { House } from '../house.ts'

/** What the national catalogue says of a code; `unknown`: the catalogue is here and has no such code; null: no catalogue is here. */
export const catalogueSide = (_house: House, _nationalCode: string): MappingSide | 'unknown' | null => null
