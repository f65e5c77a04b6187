import type { BusinessDate } from '../../contract/index.ts'
import { addDays } from '../../domain/calendar.ts'
import type { WritableDb } from '../db/database.ts'
import { importDelivery } from '../goods/import-delivery.ts'
import { deliveredCode, outerPackCode, productId, soldElsewhereCode } from './demo-codes.ts'
import { DELIVERED_ROWS } from './demo-plan.ts'

const { cartons: CARTONS, loose: LOOSE } = DELIVERED_ROWS

/** Numbers of the made-up codes of this delivery: nothing else in the shop uses them. */
const FIRST = 101
export const DELIVERED = {
  cartons: [outerPackCode(CARTONS, 3, FIRST), outerPackCode(CARTONS, 3, FIRST + 1)],
  inners: [outerPackCode(CARTONS, 2, FIRST), outerPackCode(CARTONS, 2, FIRST + 1)],
  /** Ten of the first carton, ten of the second. */
  packs: Array.from({ length: 20 }, (_, n) => deliveredCode(CARTONS, FIRST + n)),
  loose: [deliveredCode(LOOSE, FIRST), deliveredCode(LOOSE, FIRST + 1), soldElsewhereCode(LOOSE, 3)],
} as const

interface Row {
  readonly code: string
  readonly parent: string | null
  readonly level: number
  readonly row: number
}

const rows = (): readonly Row[] => {
  const [first, second] = DELIVERED.cartons
  const [front, back] = DELIVERED.inners
  const parentOf = (n: number): string => (n < 5 ? front : n < 10 ? back : second)
  return [
    ...DELIVERED.cartons.map((code) => ({ code, parent: null, level: 3, row: CARTONS })),
    ...DELIVERED.inners.map((code) => ({ code, parent: first, level: 2, row: CARTONS })),
    ...DELIVERED.packs.map((code, n) => ({ code, parent: parentOf(n), level: 1, row: CARTONS })),
    ...DELIVERED.loose.map((code) => ({ code, parent: null, level: 1, row: LOOSE })),
  ]
}

/** The supplier's paper as a file would say it. */
export const demoPaper = (today: BusinessDate): string => {
  const expiresOn = addDays(today, 720)
  return JSON.stringify({
    documentNumber: `PD${today.replaceAll('-', '')}-01`,
    supplier: '练习医药公司',
    codes: rows().map(({ row, ...code }) => ({ ...code, drug: productId(row), lotNumber: `${today.slice(2, 4)}${today.slice(5, 7)}D${row}`, manufacturedOn: addDays(expiresOn, -1095), expiresOn })),
  })
}

/** A delivery that was told and waits to be scanned in. */
export const tellDelivery = (db: WritableDb, { clock, newId }: { readonly clock: () => number; readonly newId: () => string }, today: BusinessDate): void => {
  const { outcome } = importDelivery({ db, clock, newId, changed: () => {} }, { staffId: '2001', staffName: '', role: 'pharmacist' }, demoPaper(today))
  if (outcome !== 'imported') throw new Error('the practice shop refuses its own delivery')
}
