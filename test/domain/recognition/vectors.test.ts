import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { SCAN_KINDS } from '../../../electron/contract/scan.ts'
import { describeCode } from '../../../electron/domain/recognition/describe.ts'
import { recognise } from '../../../electron/domain/recognition/recognise.ts'

interface Vector {
  readonly raw: string
  readonly expect: Readonly<Record<string, unknown>>
}
const vectors = JSON.parse(readFileSync(new URL('../vectors/trace-vectors.json', import.meta.url), 'utf8')) as readonly Vector[]

test('there are 52 public vectors', () => {
  expect(vectors.length).toBe(52)
})

test.each(vectors.map((vector, index) => [index + 1, vector] as const))('public vector %i is recognised as published', (_, vector) => {
  const description: Readonly<Record<string, unknown>> = { ...describeCode(recognise({ raw: vector.raw })) }
  const asked = Object.fromEntries(Object.keys(vector.expect).map((field) => [field, description[field]]))
  expect(asked).toEqual(vector.expect)
})

describe('a description', () => {
  test('has the same fields for every code, null where the code has none', () => {
    const fields = new Set(vectors.map((vector) => Object.keys(describeCode(recognise({ raw: vector.raw }))).join()))
    expect(fields.size).toBe(1)
    expect([...fields][0]?.split(',')).toEqual(expect.arrayContaining([...new Set(vectors.flatMap((vector) => Object.keys(vector.expect)))]))
  })
  test('names only kinds of the contract, and the vectors meet every one but the prescription’s code, which only its field tells', () => {
    expect(new Set(vectors.map((vector) => vector.expect['kind']))).toEqual(new Set(SCAN_KINDS.filter((kind) => kind !== 'rx-trace')))
  })
})
