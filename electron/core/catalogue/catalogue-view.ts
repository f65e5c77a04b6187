import { AppError } from '../../contract/index.ts'
import type { BusinessDate, CatalogueDetail, CatalogueHit, CatalogueListState, CatalogueState, UnitPrice } from '../../contract/index.ts'
import { maskText } from '../../domain/masking.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { House } from '../house.ts'
import { today } from '../now.ts'
import type { CatalogueItem } from './find-item.ts'
import { holdsOn, itemsOfCode, searchItems } from './find-item.ts'
import type { ListedFact } from './find-listed.ts'
import { everyListCodeOf, factsHere, listedFacts } from './find-listed.ts'
import { currentGeneration, lastAsked, newestChanges } from './generation-store.ts'
import { catalogueProgress } from './update-catalogue.ts'

const statements = perDatabase((db) => ({ lists: db.prepare(`select list, version, rows, valid_rows as validRows from list`) }))

type ViewingHouse = Pick<House, 'db' | 'catalogue' | 'profile' | 'clock'>

/** Which version of what is here, how old, and what the last updates brought. */
export const catalogueState = (house: ViewingHouse, changes: number): CatalogueState => {
  const { db, catalogue, profile } = house
  const asked = lastAsked(db)
  const here = new Map((catalogue.read((file) => statements(file).lists.all() as Omit<CatalogueListState, 'askedAt'>[]) ?? []).map((list) => [list.list, list]))
  const generation = catalogue.read((_file, used) => used) ?? null
  return {
    generation: generation?.generation ?? null,
    madeAt: generation?.madeAt ?? null,
    lists: profile.files.catalogues.map((list) => ({ ...(here.get(list) ?? { list, version: '', rows: 0, validRows: 0 }), askedAt: asked.get(list) ?? null })),
    updating: catalogueProgress(house),
    changes: newestChanges(db, changes).map(({ staffId: _who, generation: _which, ...change }) => change),
  }
}

const inUse = <T>(house: ViewingHouse, use: (db: ReadableDb) => T): T => {
  const found = house.catalogue.read((db) => ({ found: use(db) }))
  if (found === null) throw new AppError('catalogue.none', currentGeneration(house.db) === null ? 'no catalogue is here' : 'the catalogue cannot be read')
  return found.found
}

/** Columns of a short line in a list of hits. */
const SPEC: Readonly<Record<string, number>> = { '1301': 14, '1320': 6, '1306': 8 }
const MAKER: Readonly<Record<string, number>> = { '1301': 54, '1320': 9, '1306': 60 }
const cell = ({ list, cells }: CatalogueItem, columns: Readonly<Record<string, number>>): string => cells[(columns[list] ?? 0) - 1] ?? ''

export const searchCatalogue = (house: ViewingHouse, text: string, limit: number): CatalogueHit[] =>
  inUse(house, (db) => (text.trim() === '' ? [] : searchItems(db, text.trim(), limit)).map((item) => ({
    list: item.list, rowId: item.rowId, code: item.code, name: item.name, spec: cell(item, SPEC), maker: cell(item, MAKER), holds: holdsOn(item, today(house)),
  })))

const filled = (cells: CatalogueItem['cells']): { column: number; text: string }[] =>
  cells.flatMap((text, index) => (text === null || text.trim() === '' ? [] : [{ column: index + 1, text }]))

/** Errors catalogue.none, catalogue.item-not-found. */
export const catalogueDetail = (house: ViewingHouse, code: string, on: BusinessDate): CatalogueDetail => inUse(house, (db) => {
  const [first, ...more] = itemsOfCode(db, code, on)
  // What was typed may be anything that a scanner reads.
  if (first === undefined) throw new AppError('catalogue.item-not-found', 'not in the catalogue', { code: maskText(code) })
  const { admvs } = house.profile.envelope
  const listCodes = everyListCodeOf(db, code)
  const shown = (list: 1312 | 1318 | 1319): (ListedFact & { readonly holds: boolean })[] => {
    const facts = listedFacts(db, list, listCodes)
    const here = new Set(factsHere(facts, admvs, on))
    return facts.map((fact) => ({ ...fact, holds: here.has(fact) })).toSorted((a, b) => Number(b.holds) - Number(a.holds))
  }
  return {
    code, on,
    name: first.name,
    records: [first, ...more].map((item) => ({
      list: item.list, rowId: item.rowId, version: item.version, valid: item.valid, validFrom: item.validFrom, validUntil: item.validUntil, holds: holdsOn(item, on), cells: filled(item.cells),
    })),
    entries: shown(1312).map(({ amount: _amount, ...fact }) => fact),
    limitPrices: shown(1318).map(({ amount, ...fact }) => ({ ...fact, price: (amount ?? 0) as UnitPrice })),
    selfPayShares: shown(1319).map(({ amount, ...fact }) => ({ ...fact, share: amount ?? 0 })),
  }
})
