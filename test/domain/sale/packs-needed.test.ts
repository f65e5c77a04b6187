import { describe, expect, test } from 'vitest'
import { quantity, wholeUnits } from '../../../electron/contract/index.ts'
import type { CodedLine } from '../../../electron/domain/sale/packs-needed.ts'
import { fetchesMissing, packsMissing, packsNeeded, scansMissing } from '../../../electron/domain/sale/packs-needed.ts'

const scanned = { quantity: wholeUnits(24) }
const fetched = { quantity: wholeUnits(24), virtual: true }
const line = (change: Partial<CodedLine>): CodedLine => ({ codeRequirement: 'scan', sellUnit: 'pack', quantity: wholeUnits(3), packs: [], ...change })
const counts = (change: Partial<CodedLine>) => [scansMissing(line(change)), fetchesMissing(line(change)), packsNeeded(line(change))]

describe('a line of scanned packs', () => {
  test('wants a scan for every pack', () => {
    expect(counts({})).toEqual([3, 0, 3])
    expect(counts({ packs: [scanned] })).toEqual([2, 0, 3])
    expect(counts({ packs: [scanned, scanned, scanned] })).toEqual([0, 0, 3])
  })
  test('wants no scan for packs from the uncoded list, but a fetched code for each', () => {
    expect(counts({ uncodedPacks: 1 })).toEqual([2, 1, 3])
    expect(counts({ uncodedPacks: 1, packs: [fetched] })).toEqual([2, 0, 3])
    expect(counts({ uncodedPacks: 1, packs: [scanned, scanned, fetched] })).toEqual([0, 0, 3])
  })
  test('a fetched code never stands for a scan, nor a scan for a fetched code', () => {
    expect(counts({ packs: [fetched, fetched, fetched] })).toEqual([3, 0, 3])
    expect(counts({ uncodedPacks: 1, packs: [scanned, scanned] })).toEqual([0, 1, 3])
  })
  test('where the province settles them without a code nothing is fetched', () => {
    expect(counts({ uncodedPacks: 1, uncodedFetched: false })).toEqual([2, 0, 2])
    expect(counts({ uncodedPacks: 3, uncodedFetched: false })).toEqual([0, 0, 0])
  })
})

test('loose units want codes until their units are covered; the uncoded list gives whole packs only', () => {
  expect(counts({ sellUnit: 'unit', quantity: wholeUnits(30), uncodedPacks: 2 })).toEqual([1, 0, 1])
  expect(counts({ sellUnit: 'unit', quantity: wholeUnits(30), packs: [scanned] })).toEqual([1, 0, 2])
  expect(counts({ sellUnit: 'unit', quantity: wholeUnits(24), packs: [scanned] })).toEqual([0, 0, 1])
})

test('a drug without codes gets them fetched, pieces get none', () => {
  expect(counts({ codeRequirement: 'virtual', packs: [fetched] })).toEqual([0, 2, 3])
  expect(counts({ codeRequirement: 'none', quantity: quantity(125_000) })).toEqual([0, 0, 0])
  expect(packsMissing(line({ codeRequirement: 'virtual' }))).toBe(3)
})
