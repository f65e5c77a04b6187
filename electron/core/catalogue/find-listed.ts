import type { BusinessDate } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

/** What the province's insurance list says of a code on a day: 1312, 1318 and 1319, reached through 1316. */
export interface ListedFact {
  readonly listCode: string
  readonly area: string
  readonly kind: string
  readonly way: string
  readonly amount: number | null
  readonly valid: boolean
  readonly validFrom: string
  readonly validUntil: string
  readonly updated: string
}
type Stored = Omit<ListedFact, 'valid'> & { readonly valid: number }

const SHOWN = `list_code as listCode, area, kind, way, amount, valid, valid_from as validFrom, valid_until as validUntil, updated`
const HOLDS = `valid = 1 and valid_from <= @on and (valid_until = '' or valid_until >= @on)`

const statements = perDatabase((db) => ({
  codes: db.prepare(`select distinct list_code from listed where code = @code and list = 1316 and ${HOLDS}`).pluck(),
  everyCode: db.prepare(`select distinct list_code from listed where code = @code and list = 1316`).pluck(),
  facts: db.prepare(`select ${SHOWN} from listed where list = @list and list_code = @listCode order by valid desc, valid_from desc, updated desc, row_id desc limit 200`),
}))

/** Codes of the insurance list under which a national code stands on that day; itself where nothing is said (1316). */
export const listCodesOf = (db: ReadableDb, nationalCode: string, on: BusinessDate): readonly string[] => {
  const codes = statements(db).codes.all({ code: nationalCode, on }) as string[]
  return codes.length > 0 ? codes : [nationalCode]
}

/** Under which it ever stood. */
export const everyListCodeOf = (db: ReadableDb, nationalCode: string): readonly string[] => {
  const codes = statements(db).everyCode.all({ code: nationalCode }) as string[]
  return codes.length > 0 ? codes : [nationalCode]
}

/** Every row of these list codes, whatever the area and the day. */
export const listedFacts = (db: ReadableDb, list: 1312 | 1318 | 1319, listCodes: readonly string[]): readonly ListedFact[] =>
  listCodes.flatMap((listCode) => statements(db).facts.all({ list, listCode }) as Stored[]).map(({ valid, ...fact }) => ({ ...fact, valid: valid === 1 }))

/** 431199 is in 431100, in 430000, in 100000 (the country); a row without an area holds everywhere. -1: it is about others. */
const nearness = (area: string, ours: string): number =>
  area === ours ? 4 : area === `${ours.slice(0, 4)}00` ? 3 : area === `${ours.slice(0, 2)}0000` ? 2 : area === '100000' ? 1 : area === '' ? 0 : -1

/** What holds here on that day: the nearest area's rows, one for each kind, the latest begun. */
export const factsHere = (facts: readonly ListedFact[], area: string, on: BusinessDate): readonly ListedFact[] => {
  const holding = facts.filter((fact) => fact.valid && fact.validFrom <= on && (fact.validUntil === '' || fact.validUntil >= on) && nearness(fact.area, area) >= 0)
  const nearest = Math.max(-1, ...holding.map((fact) => nearness(fact.area, area)))
  const byKind = new Map<string, ListedFact>()
  for (const fact of holding) {
    const name = `${fact.listCode}\t${fact.kind}\t${fact.way}`
    if (nearness(fact.area, area) !== nearest) continue
    const known = byKind.get(name)
    if (known === undefined || fact.validFrom > known.validFrom) byKind.set(name, fact)
  }
  return [...byKind.values()]
}

/** 10⁻⁶ yuan a unit; null: no limit is known. Several kinds of limit: the lowest. */
export const limitPriceOn = (db: ReadableDb, nationalCode: string, area: string, on: BusinessDate): ListedFact | null =>
  factsHere(listedFacts(db, 1318, listCodesOf(db, nationalCode, on)), area, on).toSorted((a, b) => (a.amount ?? 0) - (b.amount ?? 0))[0] ?? null
/** First self-pay shares in 10⁻⁴, one for each kind of person and share. */
export const selfPaySharesOn = (db: ReadableDb, nationalCode: string, area: string, on: BusinessDate): readonly ListedFact[] =>
  factsHere(listedFacts(db, 1319, listCodesOf(db, nationalCode, on)), area, on)
/** The entry of the insurance list (甲乙丙 in `kind`); null: not on it that day, or the list was not fetched. */
export const listEntryOn = (db: ReadableDb, nationalCode: string, area: string, on: BusinessDate): ListedFact | null =>
  factsHere(listedFacts(db, 1312, listCodesOf(db, nationalCode, on)), area, on)[0] ?? null
