import { expect, test } from 'vitest'
import { z } from 'zod'
import { contract } from '../../electron/contract/index.ts'
import { withDefaults } from '../../electron/contract/defaults.ts'
import { surelyFits } from '../../electron/contract/quick-check.ts'

const schema = z.strictObject({ a: z.string(), b: z.int().default(3), c: z.array(z.string()).default([]), d: z.string().nullable().default(null) })

test('what a caller left out is as the schema would fill it in, and nothing else changes', () => {
  for (const input of [{ a: 'x' }, { a: 'x', b: 5 }, { a: 'x', c: ['y'], d: 'z' }]) expect(withDefaults(schema, input)).toEqual(schema.parse(input))
  // Wrong values stay wrong, too many stay too many: the check is core's.
  expect(withDefaults(schema, { a: 1, more: true })).toEqual({ a: 1, more: true, b: 3, c: [], d: null })
  for (const odd of [null, 'text', 7, [1]]) expect(withDefaults(schema, odd)).toBe(odd)
  const input = { a: 'x' }
  withDefaults(schema, input)
  expect(input).toEqual({ a: 'x' })
})

test('then a scan is checked without zod', () => {
  const scan = { saleId: crypto.randomUUID(), raw: '89002131010214000001', step: 'drug', via: 'hid' }
  const { input } = contract['sale.scanCode']
  expect(surelyFits(input, scan)).toBe(false)
  expect(surelyFits(input, withDefaults(input, scan))).toBe(true)
  expect(input.parse(scan)).toEqual(withDefaults(input, scan))
})
