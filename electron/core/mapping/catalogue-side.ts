import type { BusinessDate, MappingSide } from '../../contract/index.ts'
import { findCatalogueDrug, holdsOn } from '../catalogue/find-item.ts'
import type { DrugFacts } from '../drug/drug-store.ts'
import type { House } from '../house.ts'

/** What the national catalogue says of our code. */
export type CatalogueSide =
  /** No catalogue is here, or not of such goods. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly valid: boolean; readonly side: MappingSide }

/** The list 1301 is of western and Chinese patent drugs; pieces stand in another. */
export const catalogueSide = (house: House, { kind, nationalCode }: Pick<DrugFacts, 'kind' | 'nationalCode'>, on: BusinessDate): CatalogueSide => {
  if (kind === 'pieces') return { kind: 'none' }
  const read = house.catalogue.read((db) => ({ drug: findCatalogueDrug(db, nationalCode, on) }))
  if (read === null) return { kind: 'none' }
  const { drug } = read
  if (drug === null) return { kind: 'unknown' }
  return {
    kind: 'known', valid: holdsOn(drug, on),
    side: { code: drug.code, name: drug.registeredName || drug.name, spec: drug.spec || drug.registeredSpec, packSpec: drug.packSpec, unit: drug.packUnit, maker: drug.maker || drug.licenceHolder, approvalNumber: drug.approvalNumber },
  }
}
