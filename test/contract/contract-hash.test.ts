import { expect, test } from 'vitest'
import { z } from 'zod'
import { contractHash, hashContract } from '../../electron/contract/contract-hash.ts'
import { contract } from '../../electron/contract/index.ts'
import { command, query } from '../../electron/contract/procedure.ts'

const a = { 'area.getThing': query({ input: z.strictObject({ id: z.string().max(5) }), output: z.strictObject({ n: z.int() }) }) }
const variants = {
  'another limit': { 'area.getThing': query({ input: z.strictObject({ id: z.string().max(6) }), output: z.strictObject({ n: z.int() }) }) },
  'another output': { 'area.getThing': query({ input: z.strictObject({ id: z.string().max(5) }), output: z.strictObject({ n: z.int(), m: z.int() }) }) },
  'another kind': { 'area.getThing': command({ input: z.strictObject({ id: z.string().max(5) }), output: z.strictObject({ n: z.int() }) }) },
  'another permission': { 'area.getThing': query({ permission: 'manager', input: z.strictObject({ id: z.string().max(5) }), output: z.strictObject({ n: z.int() }) }) },
  'another name': { 'area.getOther': a['area.getThing'] },
}

test('two builds of one contract agree, whatever the order of procedures', () => {
  expect(hashContract(a)).toBe(hashContract({ ...a }))
  const both = { ...a, ...variants['another name'] }
  expect(hashContract(both)).toBe(hashContract({ ...variants['another name'], ...a }))
})
test.each(Object.entries(variants))('%s is another contract', (_name, other) => {
  expect(hashContract(other)).not.toBe(hashContract(a))
})
test('the whole contract can be described', () => {
  expect(contractHash(contract)).toMatch(/^[0-9a-f]{16}$/)
  expect(contractHash(contract)).toBe(hashContract(contract))
})
test('every procedure has a name of its area and a verb', () => {
  for (const name of Object.keys(contract)) expect(name).toMatch(/^[a-z]+\.[a-z]+[A-Za-z]*$/)
})
