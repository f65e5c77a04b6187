import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TraceCode } from '../../../electron/contract/codes.ts'
import { candidateTrace } from '../../../electron/domain/recognition/candidate-trace.ts'
import { recognise } from '../../../electron/domain/recognition/recognise.ts'
import { filterByStep } from '../../../electron/domain/recognition/step-filter.ts'
import { traceOf } from '../../../electron/domain/recognition/trace-of.ts'
import { gs1Symbol, idNumber, msfx, ofAPerson, telephone, voucher, wechat } from './made-up-codes.ts'

const candidate = (raw: string): ReturnType<typeof candidateTrace> => candidateTrace(recognise({ raw, step: 'drug' }))

test('20 digits of nobody we know could be a pack’s: kept under the first seven', () => {
  expect(candidate('71234567890123456789')).toEqual({
    code: '71234567890123456789',
    issuer: 'UNKNOWN',
    packKey: '71234567890123456789',
    symbol: '71234567890123456789',
    identifier: 'UNKNOWN/7123456',
    serial: '7890123456789',
    lot: null,
    expiry: null,
    production: null,
    level: null,
  })
})

test('capitals and digits of another length could be: only that one pack is learnt', () => {
  expect(candidate('YP2026-0012345678')).toMatchObject({ code: 'YP2026-0012345678', identifier: 'UNKNOWN/YP2026-0012345678' })
  expect(candidate('ABCDEF12345678901234')).toMatchObject({ identifier: 'UNKNOWN/ABCDEF1', serial: '2345678901234' })
})

test('a code that is a pack’s by a known scheme is no candidate', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        msfx,
        gs1Symbol.map(({ text }) => `]d2${text}`),
      ),
      (raw) => {
        expect(candidate(raw)).toBeNull()
      },
    ),
  )
})

test('nothing that people pay, sign or call with passes: not whole, not in any step, not hyphenated', () => {
  fc.assert(
    fc.property(ofAPerson, fc.constantFrom('drug', 'person', 'payment', undefined), (raw, step) => {
      expect(candidateTrace(recognise({ raw, step }))).toBeNull()
      expect(candidate(raw.replace(/(.{4})/g, '$1-'))).toBeNull()
      expect(candidate(`A${raw}`)).toBeNull()
    }),
    { numRuns: 20_000 },
  )
})

test('a payment code, a voucher or a telephone number with something typed before or behind it does not pass between letters either', () => {
  const typed = fc.stringMatching(/^[0-9A-Z]{0,8}$/)
  fc.assert(
    fc.property(fc.oneof(wechat, voucher, idNumber), typed, typed, (secret, before, after) => {
      const found = candidate(before + secret + after)
      // All digits: only a text of exactly 20 can pass, and then it does not begin like one.
      if (found !== null) expect(found.code).toMatch(/^(?!1[0-5]|2[5-9]|30|62|424|00|8)\d{20}$/)
    }),
    { numRuns: 5_000 },
  )
  fc.assert(
    fc.property(telephone, fc.stringMatching(/^[A-Z]{1,9}$/), fc.stringMatching(/^[A-Z]{0,9}$/), (number, before, after) => {
      expect(candidate(before + number + after)).toBeNull()
    }),
  )
})

test('what was cut off a voucher or an ID number does not pass', () => {
  fc.assert(
    fc.property(fc.oneof(voucher, idNumber), fc.nat(28), (secret, length) => {
      expect(candidate(secret.slice(0, length))).toBeNull()
    }),
    { numRuns: 3_000 },
  )
})

test.each([
  ['a link without its scheme', 'EXAMPLE.COM/T/12345678901'],
  ['a domain', 'A12345678901.COM'],
  ['a link with a token', 'https://example.com/12345678901234567890'],
  ['an invoice', '01,04,032001900104,12345678,100.00,20260101,ABCD'],
  ['an e-health card', 'ABCDEF0123456789:1:0123456789'],
  ['a key in hexadecimal', '0123456789ABCDEF0123456789ABCDEF'],
  ['small letters', 'abcdef12345678901234'],
  ['a social card', 'A12345678'],
  ['a foreigner’s residence card', 'CHN110000123456'],
  ['an old ID number', '110105491231002'],
  ['an old ID number between letters', 'AB110105491231002X'],
  ['an ID number between letters', 'SFZ110105194912310021X'],
  ['a GTIN inside', 'X0106999000000018ABC'],
  ['a code of 码上放心 with a letter', '8901234567890123456A'],
  ['20 digits that hold an ID number', '45999999199001011238'],
  ['20 digits that hold a GTIN', '45010699900000001899'],
  ['20 digits that begin like an e-voucher', '42436695090840408960'],
  ['20 digits that begin like a WeChat code', '13456789012345678901'],
  ['20 digits that begin like a bank card', '62300012345678901234'],
  ['two scans glued', '8901234567890123456771234567890123456789'],
  ['a MA code without dots', 'MA156M010035001004YA10017'],
  ['eleven characters', 'AB123456789'],
  ['a word', 'PARACETAMOLTABLETS'],
  ['blanks', 'AB1234 5678 9012'],
  ['Chinese', '批号12345678901234'],
])('%s does not pass', (_, raw) => {
  expect(candidate(raw)).toBeNull()
})

test('what passes is asked about in the drug step, and is a code the contract takes', () => {
  fc.assert(
    fc.property(fc.oneof(fc.stringMatching(/^\d{20}$/), fc.stringMatching(/^[0-9A-Z.-]{8,45}$/)), (raw) => {
      const code = recognise({ raw, step: 'drug' })
      const found = candidateTrace(code)
      if (found === null) return
      expect(traceOf(code)).toBeNull()
      expect(filterByStep(code, 'drug')).toEqual({ outcome: 'ask', reason: 'unknown-code' })
      expect(TraceCode.safeParse(found.code).success).toBe(true)
      expect(found.identifier.length).toBeLessThanOrEqual(60)
    }),
    { numRuns: 5_000 },
  )
})
