import { expect, test } from 'vitest'
import type { BusinessDate } from '../../../electron/contract/index.ts'
import { updateCatalogue } from '../../../electron/core/catalogue/update-catalogue.ts'
import { demoProducts } from '../../../electron/core/demo-shop/demo-data.ts'
import { catalogueSide } from '../../../electron/core/mapping/catalogue-side.ts'
import { differencesOf } from '../../../electron/domain/mapping/mapping-status.ts'
import { operator, withPractice } from '../catalogue/catalogue-house.ts'

const TODAY = '2026-11-21' as BusinessDate

test('what the national catalogue says of a code stands beside ours; without a catalogue, or for pieces, it says nothing', async () => {
  const { house } = await withPractice()
  const [product] = demoProducts()
  const ask = (nationalCode: string, kind: 'western' | 'pieces' = 'western') => catalogueSide(house, { kind, nationalCode }, TODAY)
  expect(ask(product!.nationalCode)).toEqual({ kind: 'none' })
  await updateCatalogue(house, 'M1', operator, { lists: ['1320'] })
  expect(ask(product!.nationalCode)).toEqual({ kind: 'none' })
  await updateCatalogue(house, 'M1', operator, { lists: ['1301'] })
  expect(ask(product!.nationalCode)).toMatchObject({ kind: 'known', side: { code: product!.nationalCode, approvalNumber: product!.approvalNumber } })
  expect(ask('XZ99ZZZ999A999999999999')).toEqual({ kind: 'unknown' })
  expect(ask('T000000001', 'pieces')).toEqual({ kind: 'none' })
})

test('hundreds of goods entered as the catalogue has them do not differ from it', async () => {
  const { house } = await withPractice()
  await updateCatalogue(house, 'M1', operator, { lists: ['1301'] })
  const differing = demoProducts().flatMap((product) => {
    const asked = catalogueSide(house, { kind: product.kind, nationalCode: product.nationalCode }, TODAY)
    if (asked.kind !== 'known') return [`${product.row} ${asked.kind}`]
    const ours = { code: product.nationalCode, name: product.genericName, spec: product.spec, packSpec: product.packSpec, unit: product.packUnit, maker: product.maker, approvalNumber: product.approvalNumber }
    const differences = differencesOf(ours, asked.side)
    return differences.length === 0 ? [] : [`${product.row} ${differences.join(' ')}`]
  })
  // A handful whose pack is written without its unit.
  expect(differing.length).toBeLessThan(20)
  expect(differing.filter((text) => !/^\d+ unit$/.test(text))).toEqual([])
})
