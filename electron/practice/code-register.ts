import { PRACTICE_IDENTIFIERS } from './catalogue.ts'
import type { BookStore } from './book-store.ts'
import type { CodeRecord } from './book-records.ts'

export type CodeSale = CodeRecord['sales'][number]

export const ELSEWHERE = 'P99999900002'
const ELSEWHERE_SINCE = Date.UTC(2024, 0, 15)

/** By rule, not by list: serials 9999999000001 to …009 of every practice identifier were sold by another shop. */
const soldElsewhere = (code: string): readonly CodeSale[] => {
  const match = /^(\d{7})999999900000([1-9])$/.exec(code)
  const identifier = Number(match?.[1])
  if (match === null || identifier < PRACTICE_IDENTIFIERS.first || identifier > PRACTICE_IDENTIFIERS.last) return []
  return [{ holder: 'elsewhere', institution: ELSEWHERE, nationalCode: '', split: false, at: ELSEWHERE_SINCE }]
}

/** By the identifier of a drug: the first pack anybody named since the lesson began. Beside the books, for a refused message writes nothing into them. */
const firstPacks = new WeakMap<BookStore, Map<string, string>>()

/** A lesson (scenario-pack.ts): of every drug the first pack that is named was sold by the neighbour, every other one was not. */
export const sellFirstPacksElsewhere = (store: BookStore, on: boolean): void => {
  if (on) firstPacks.set(store, new Map())
  else firstPacks.delete(store)
}

const firstOfItsDrug = (store: BookStore, code: string): readonly CodeSale[] => {
  const first = firstPacks.get(store)
  if (first === undefined || !/^8\d{19}$/.test(code) || store.shelves.codes.get(code)?.sales.length) return []
  const identifier = code.slice(0, 7)
  if (!first.has(identifier)) first.set(identifier, code)
  return first.get(identifier) === code ? [{ holder: 'elsewhere', institution: ELSEWHERE, nationalCode: '', split: false, at: ELSEWHERE_SINCE }] : []
}

/** Every sale of this pack the country knows, whole or split. */
export const salesOfCode = (store: BookStore, code: string): readonly CodeSale[] => [
  ...soldElsewhere(code), ...firstOfItsDrug(store, code), ...(store.shelves.codes.get(code)?.sales ?? []),
]

export const registerCode = (store: BookStore, code: string, sale: CodeSale): void =>
  store.put('codes', code, { code, sales: [...(store.shelves.codes.get(code)?.sales ?? []), sale] })

/** Takes back what one holder (a settlement, a self-paid upload) registered. */
export const releaseCode = (store: BookStore, code: string, holder: string): void => {
  const sales = store.shelves.codes.get(code)?.sales ?? []
  store.put('codes', code, { code, sales: sales.filter((sale) => sale.holder !== holder) })
}

export const settlementHolder = (setlId: string): string => `settlement:${setlId}`
export const saleHolder = (institution: string, rowKey: string): string => `sale:${institution}:${rowKey}`

/** For texts: codes are shown by their end only. */
export const codeTail = (code: string): string => `…${code.slice(-6)}`
