import type { BusinessDate, MappingSide } from '../../contract/index.ts'
import { findCatalogueDrug, holdsOn } from '../catalogue/find-item.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { DrugFacts } from '../drug/drug-store.ts'
import type { House } from '../house.ts'

/** What the national catalogue says of our code. */
export type CatalogueSide =
  /** No catalogue is here, or not of such goods. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly valid: boolean; readonly side: MappingSide }

const statements = perDatabase((db) => ({ anyDrug: db.prepare(`select 1 from item where list = 1301 limit 1`).pluck() }))
/** A catalogue may have come without this list; a generation of it never changes. */
const withDrugs = new WeakMap<ReadableDb, boolean>()
const hasDrugs = (db: ReadableDb): boolean => {
  const known = withDrugs.get(db)
  if (known !== undefined) return known
  const has = statements(db).anyDrug.get() === 1
  withDrugs.set(db, has)
  return has
}

/** The list 1301 is of western and Chinese patent drugs; pieces stand in another. */
export const catalogueSide = (house: Pick<House, 'catalogue'>, { kind, nationalCode }: Pick<DrugFacts, 'kind' | 'nationalCode'>, on: BusinessDate): CatalogueSide => {
  if (kind === 'pieces') return { kind: 'none' }
  const read = house.catalogue.read((db) => (hasDrugs(db) ? { drug: findCatalogueDrug(db, nationalCode, on) } : null))
  if (read === null) return { kind: 'none' }
  const { drug } = read
  if (drug === null) return { kind: 'unknown' }
  return {
    kind: 'known', valid: holdsOn(drug, on),
    side: { code: drug.code, name: drug.registeredName || drug.name, spec: drug.spec || drug.registeredSpec, packSpec: drug.packSpec, unit: drug.packUnit, maker: drug.maker || drug.licenceHolder, approvalNumber: drug.approvalNumber },
  }
}
