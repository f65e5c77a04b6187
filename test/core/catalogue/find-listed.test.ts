import { expect, it } from 'vitest'
import type { BusinessDate } from '../../../electron/contract/index.ts'
import { factsHere } from '../../../electron/core/catalogue/find-listed.ts'
import type { ListedFact } from '../../../electron/core/catalogue/find-listed.ts'

const TODAY = '2026-11-21' as BusinessDate
const limit = (area: string, amount: number, more: Partial<ListedFact> = {}): ListedFact => ({ listCode: 'H1', area, kind: '1', way: '1', amount, valid: true, validFrom: '2025-01-01', validUntil: '', updated: '2025-01-01', ...more })
const here = (...facts: ListedFact[]): unknown => factsHere(facts, '431199', TODAY).map(({ amount }) => amount)

it('the nearest area speaks: the town, then the city, the province, the country; another area never', () => {
  const [country, province, city, town, everywhere] = [limit('100000', 1), limit('430000', 2), limit('431100', 3), limit('431199', 4), limit('', 5)]
  expect(here(country, province, city, town, everywhere)).toEqual([4])
  expect(here(everywhere, city, country, province)).toEqual([3])
  expect(here(province, country)).toEqual([2])
  expect(here(country, everywhere)).toEqual([1])
  expect(here(everywhere)).toEqual([5])
  expect(here(limit('440000', 9), limit('431200', 9), limit('431198', 9))).toEqual([])
})

it('what ended, has not begun or was withdrawn says nothing, on its first and last day it does', () => {
  expect(here(limit('431199', 1, { validUntil: '2026-11-20' }), limit('431199', 2, { validFrom: '2026-11-22' }), limit('431199', 3, { valid: false }))).toEqual([])
  expect(here(limit('431199', 1, { validUntil: '2026-11-21' }))).toEqual([1])
  expect(here(limit('431199', 1, { validFrom: '2026-11-21' }))).toEqual([1])
  // A nearer row that ended leaves the word to the farther one.
  expect(here(limit('431199', 1, { validUntil: '2026-11-20' }), limit('430000', 2))).toEqual([2])
})

it('of one kind the latest begun holds, different kinds stand beside each other', () => {
  expect(here(limit('431199', 1), limit('431199', 2, { validFrom: '2026-01-01' }), limit('431199', 3, { kind: '2' }))).toEqual([2, 3])
})
