import type { BusinessDate } from '../../contract/index.ts'
import type { DrugIndex } from '../../domain/drug-search/drug-index.ts'
import { buildDrugIndex } from '../../domain/drug-search/drug-index.ts'
import { searchDrugs } from '../../domain/drug-search/search-drugs.ts'
import type { Output } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { DrugFacts } from './drug-store.ts'
import { listDrugFacts, packsOnHandByDrug } from './drug-store.ts'
import { spell } from './spell.ts'

const statements = perDatabase((db) => ({
  changes: db.prepare(`select total_changes()`).pluck(),
  drugs: db.prepare(`select count(*) || '/' || coalesce(max(rowid), 0) from drug`).pluck(),
}))

export interface DrugSearch {
  readonly search: (text: string, limit: number, today: BusinessDate) => Output<'drug.searchDrugs'>
}

/**
 * The search over this shop's drugs, in memory: built at the first search or by `search('')`, and again when drugs were added.
 * Stock is asked for anew only after something was written on this connection (`total_changes`), so that a keystroke costs no table.
 */
export const createDrugSearch = (db: ReadableDb): DrugSearch => {
  let built: { readonly index: DrugIndex<DrugFacts>; readonly drugs: string } | null = null
  let stock: { readonly packs: ReadonlyMap<string, number>; readonly changes: number; readonly today: BusinessDate } | null = null

  const stockOn = (today: BusinessDate): ReadonlyMap<string, number> => {
    const changes = statements(db).changes.get() as number
    if (stock === null || stock.changes !== changes || stock.today !== today) {
      stock = { packs: packsOnHandByDrug(db, today), changes, today }
      const drugs = statements(db).drugs.get() as string
      if (built?.drugs !== drugs) built = { index: buildDrugIndex(listDrugFacts(db), spell), drugs }
    }
    return stock.packs
  }

  return {
    search: (text, limit, today) => {
      const packs = stockOn(today)
      if (built === null) throw new Error('the index is built with the stock')
      const found = searchDrugs(built.index, text, limit, (drug) => packs.has(drug.drugId))
      return {
        groups: found.groups.map(({ genericName, drugs }) => ({
          genericName,
          drugs: drugs.map((drug) => ({ ...drug, packsOnHand: packs.get(drug.drugId) ?? 0 })),
        })),
        nearest: [...found.nearest],
        searched: found.searched,
      }
    },
  }
}

/** The one search over this database's drugs: building it takes a second at six thousand. */
export const drugSearchOf = perDatabase(createDrugSearch)
