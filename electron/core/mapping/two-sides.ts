import type { MappingSide } from '../../contract/index.ts'
import type { DrugFacts } from '../drug/drug-store.ts'
import type { StoredMapping } from './mapping-store.ts'

export const ourSide = (drug: DrugFacts): MappingSide =>
  ({ code: drug.nationalCode.trim(), name: drug.genericName, spec: drug.spec, packSpec: drug.packSpec, unit: drug.packUnit, maker: drug.maker, approvalNumber: drug.approvalNumber })

/** What they say of the goods behind our code: the national catalogue where it is here, else what they hold of our mapping, as it was sent or read back. Null: they have said nothing. */
export const theirSide = (catalogue: MappingSide | null, rows: readonly StoredMapping[]): MappingSide | null =>
  catalogue ?? rows.find((row) => row.state === 'held')?.held ?? null
