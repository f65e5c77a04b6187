import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { misfit, ruleAt, ruleFor } from '../../../electron/domain/recognition/gs1-identifiers.ts'
import { recognise } from '../../../electron/domain/recognition/recognise.ts'
import type { Recognised } from '../../../electron/domain/recognition/recognised.ts'
import { GS } from './made-up-codes.ts'

const GTIN = '0106999000000018'
const read = (elements: string): Recognised => recognise({ raw: `]d2${GTIN}${elements}` })
const others = (elements: string): unknown => {
  const code = read(elements)
  return code.kind === 'gs1' ? code.others : code
}

describe('the table of identifiers', () => {
  const known = [2, 3, 4].flatMap((width) => Array.from({ length: 10 ** width }, (_, n) => String(n).padStart(width, '0'))).filter((ai) => ruleFor(ai) !== null)

  test('holds more than 500 identifiers, and none begins another', () => {
    expect(known.length).toBeGreaterThan(500)
    const set = new Set(known)
    for (const ai of known) for (let length = 2; length < ai.length; length += 1) expect(set.has(ai.slice(0, length))).toBe(false)
  })
  test('finds each by its digits, whatever follows, and nothing where none stands', () => {
    for (const ai of known) expect(ruleAt(`${ai}0000`, 0)).toBe(ruleFor(ai))
    fc.assert(
      fc.property(fc.stringMatching(/^\d{4}$/), (digits) => {
        const expected = [2, 3, 4].map((length) => digits.slice(0, length)).find((ai) => known.includes(ai))
        expect(ruleAt(digits, 0)?.ai).toBe(expected)
      }),
    )
    for (const text of ['', '1', 'A1', '1A', '2', '(01)', '批号']) expect(ruleAt(text, 0)).toBeNull()
  })
  test('a value fits by length and characters, as the format says', () => {
    const fits = (ai: string, value: string): string | null => {
      const rule = ruleFor(ai)
      return rule === null ? 'no rule' : misfit(rule, value, 0, value.length)
    }
    expect(fits('01', '06999000000018')).toBeNull()
    expect(fits('01', '6999000000018')).toBe('ai01-length')
    expect(fits('21', '')).toBe('ai21-length')
    expect(fits('21', 'a'.repeat(20))).toBeNull()
    expect(fits('21', 'a'.repeat(21))).toBe('ai21-length')
    expect(fits('10', 'A B')).toBe('ai10-format')
    expect(fits('10', '批')).toBe('ai10-format')
    expect(fits('30', '12345678')).toBeNull()
    expect(fits('30', '123456789')).toBe('ai30-length')
    expect(fits('30', '1A')).toBe('ai30-format')
    expect(fits('253', '1234567890123ABC')).toBeNull()
    expect(fits('253', '123456789012ABCD')).toBe('ai253-format')
    expect(fits('99', 'x'.repeat(90))).toBeNull()
  })
})

describe('identifiers beside GTIN, lot, serial and dates', () => {
  test.each([
    ['30', '12'],
    ['37', '100'],
    ['20', '01'],
    ['22', 'CPV1'],
    ['240', 'REF-1'],
    ['241', 'PART/2'],
    ['242', '123456'],
    ['250', 'SECOND'],
    ['251', 'SOURCE'],
    ['400', 'ORDER'],
    ['410', '6999000000018'],
    ['422', '156'],
    ['3103', '000250'],
    ['3922', '1250'],
    ['710', 'PZN'],
    ['7001', '1234567890123'],
    ['7023', 'GIAI'],
    ['7031', '156AB'],
    ['8005', '001250'],
    ['8012', 'V2'],
    ['90', 'INTERNAL'],
    ['99', 'a_b'],
  ])('AI %s is read and kept as it stands', (ai, value) => {
    expect(others(`${ai}${value}${GS}10L`)).toEqual([{ ai, value }])
    expect(recognise({ raw: `(01)06999000000018(${ai})${value}(21)S` })).toMatchObject({ kind: 'gs1', serial: 'S', others: [{ ai, value }] })
  })
  test('an expiry with its hour counts where there is no plain one', () => {
    expect(read(`7003281231${'2359'}${GS}21S`)).toMatchObject({ kind: 'gs1', expiresOn: '2028-12-31', serial: 'S' })
    expect(read(`7003281231${'2359'}${GS}17270630`)).toMatchObject({ kind: 'gs1', expiresOn: '2027-06-30' })
    expect(read(`7003281331${'2359'}${GS}21S`)).toMatchObject({ kind: 'invalid', error: 'ai7003-date' })
  })
  test('a production date with its hour counts likewise', () => {
    expect(read(`8008260618${'12'}${GS}21S`)).toMatchObject({ kind: 'gs1', producedOn: '2026-06-18' })
    expect(read(`8008260631${'12'}${GS}21S`)).toMatchObject({ kind: 'invalid', error: 'ai8008-date' })
  })
  test('best-before and packing dates are checked and are no expiry', () => {
    expect(read(`15281231${GS}21S`)).toMatchObject({ kind: 'gs1', expiresOn: null, others: [{ ai: '15', value: '281231' }] })
    expect(read(`13260230${GS}21S`)).toMatchObject({ kind: 'invalid', error: 'ai13-date' })
  })
  test('what is said twice must be the same', () => {
    expect(others(`30${'12'}${GS}30${'12'}`)).toEqual([{ ai: '30', value: '12' }])
    expect(read(`30${'12'}${GS}30${'13'}`)).toMatchObject({ kind: 'invalid', error: 'ai30-repeated' })
    expect(read(`${GTIN}21S`)).toMatchObject({ kind: 'gs1', serial: 'S' })
    expect(read('0116999000000015')).toMatchObject({ kind: 'invalid', error: 'ai01-repeated' })
    expect(read('1728123117281230')).toMatchObject({ kind: 'invalid', error: 'ai17-repeated' })
  })
})
