import { expect, test } from 'vitest'
import { z } from 'zod'
import { contractHash } from '../../electron/contract/contract-hash.ts'
import { contract } from '../../electron/contract/index.ts'
import { withDefaults } from '../../electron/contract/defaults.ts'
import { surelyFits } from '../../electron/contract/quick-check.ts'
import { createCoreClient } from '../../renderer/core-client/core-client.ts'

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

test('the client sends its calls whole', () => {
  const sent: string[] = []
  let hear: (text: string) => void = () => {}
  const client = createCoreClient({
    connect: () => ({ send: (text) => void sent.push(text), onMessage: (listener) => void (hear = listener), onClose: () => {}, close: () => {} }),
  })
  hear(JSON.stringify({ t: 'welcome', contractHash: contractHash(contract), appVersion: '1' }))
  void client.query('trace.checkCode', { raw: '89002131010214000001', step: 'drug' }).catch(() => null)
  expect(sent.map((text) => JSON.parse(text) as { readonly input?: unknown }).at(-1)?.input).toEqual({ raw: '89002131010214000001', step: 'drug', saleId: null, scanner: null })
  client.close()
})

test('then a scan is checked without zod', () => {
  const scan = { saleId: crypto.randomUUID(), raw: '89002131010214000001', step: 'drug', via: 'hid' }
  const { input } = contract['sale.scanCode']
  expect(surelyFits(input, scan)).toBe(false)
  expect(surelyFits(input, withDefaults(input, scan))).toBe(true)
  expect(input.parse(scan)).toEqual(withDefaults(input, scan))
})
