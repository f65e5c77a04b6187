import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SCAN_KINDS } from '../../../electron/contract/scan.ts'
import { TraceCode } from '../../../electron/contract/codes.ts'
import { maskText } from '../../../electron/domain/masking.ts'
import { describeCode } from '../../../electron/domain/recognition/describe.ts'
import { recognise } from '../../../electron/domain/recognition/recognise.ts'
import { filterByStep } from '../../../electron/domain/recognition/step-filter.ts'
import { traceOf } from '../../../electron/domain/recognition/trace-of.ts'

const vectors = JSON.parse(readFileSync(new URL('../vectors/trace-vectors.json', import.meta.url), 'utf8')) as readonly { readonly raw: string }[]
const aVector = fc.constantFrom(...vectors.map((vector) => vector.raw))
/** A vector with one character changed, dropped, doubled or put in; and texts made of what codes are made of. */
const nearVector = fc
  .tuple(aVector, fc.nat(100), fc.constantFrom('', '0', '8', 'A', '.', '(', ')', '\u001d', ' ', '批', '１', '-', '~'), fc.boolean())
  .map(([raw, at, put, replace]) => {
    const index = at % (raw.length + 1)
    return raw.slice(0, index) + put + raw.slice(index + (replace ? 1 : 0))
  })
const pieces = fc
  .array(
    fc.constantFrom(
      '01',
      '10',
      '21',
      '17',
      '11',
      '30',
      '06999000000018',
      '271231',
      'AB',
      '\u001d',
      '(01)',
      '(21)',
      '(10)',
      ']d2',
      ']C1',
      'MA.156.',
      'M0.',
      '.S1',
      '+',
      '/$$',
      'https://',
      '/01/',
      '8901234',
      '424',
      '药品标识码',
      '序列号',
      '追溯码',
      '\r\n',
      '{GS}',
      '[)>\u001e05\u001d',
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''))
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 600 }),
  fc.stringMatching(/^\d{0,45}$/),
  nearVector,
  pieces,
  aVector,
)
const step = fc.constantFrom('drug', 'person', 'payment', undefined)
const substitutes = fc.constantFrom<string[]>([], ['~'], ['{GS}', '']).map((list): readonly string[] => list)

test('every text gets exactly one known kind, a reason and a full description, and nothing throws', () => {
  fc.assert(
    fc.property(anything, fc.option(fc.string({ maxLength: 5 }), { nil: undefined }), step, substitutes, (raw, aim, at, list) => {
      const code = recognise({ raw, aim, step: at, substitutes: list })
      expect(SCAN_KINDS).toContain(code.kind)
      expect(code.raw).toBe(raw)
      expect(code.because.length).toBeGreaterThan(0)
      expect(Object.values(describeCode(code)).every((value) => value !== undefined)).toBe(true)
    }),
    { numRuns: 3000 },
  )
})

test('the same text gives the same answer', () => {
  fc.assert(
    fc.property(anything, step, (raw, at) => {
      expect(recognise({ raw, step: at })).toEqual(recognise({ raw, step: at }))
    }),
  )
})

test('recognising the normalised text again changes nothing', () => {
  fc.assert(
    fc.property(anything, step, substitutes, (raw, at, list) => {
      const first = recognise({ raw, step: at, substitutes: list })
      const again = recognise({ raw: first.normalised, aim: first.aim ?? undefined, step: at, substitutes: list })
      expect(again.normalised).toBe(first.normalised)
      expect(describeCode(again)).toEqual(describeCode(first))
    }),
    { numRuns: 3000 },
  )
})

test('what is put around a scan changes nothing', () => {
  fc.assert(
    fc.property(
      anything,
      fc.constantFrom('\r', '\r\n', '\t', ' ', '\u0003', '\u0000'),
      fc.constantFrom('', '\u0002', ' ', '\n', '\ufeff'),
      (raw, suffix, prefix) => {
        const plain = recognise({ raw })
        expect(describeCode(recognise({ raw: prefix + raw + suffix }))).toEqual(describeCode(plain))
      },
    ),
  )
})

test('a trace code is one the contract accepts, and recognising a code of digits gives it back', () => {
  fc.assert(
    fc.property(anything, (raw) => {
      const trace = traceOf(recognise({ raw }))
      if (trace === null) return
      expect(TraceCode.safeParse(trace.code).success).toBe(true)
      expect(trace.code).toContain(trace.serial)
      if (/^8\d{19}$/.test(trace.code)) expect(traceOf(recognise({ raw: trace.code }))).toEqual(trace)
    }),
    { numRuns: 2000 },
  )
})

test('no reason repeats what was scanned', () => {
  fc.assert(
    fc.property(fc.oneof(nearVector, aVector, fc.stringMatching(/^\d{12,40}$/)), (raw) => {
      expect(
        recognise({ raw })
          .because.flatMap((why) => why.match(/\d{5,}/g) ?? [])
          .filter((digits) => raw.includes(digits)),
      ).toEqual([])
    }),
  )
})

test('only packs, and what a person must confirm, pass the drug step', () => {
  fc.assert(
    fc.property(anything, (raw) => {
      const code = recognise({ raw, step: 'drug' })
      expect(filterByStep(code, 'drug').outcome === 'accept').toBe(traceOf(code) !== null || code.kind === 'drug-trace')
    }),
    { numRuns: 2000 },
  )
})

test('ID numbers, vouchers and payment codes pass only their own step, and are masked in text', () => {
  for (const { raw } of vectors) {
    const code = recognise({ raw })
    if (!['insurance-ecert', 'insurance-openplatform', 'wechat-pay', 'alipay-pay', 'unionpay', 'id-card'].includes(code.kind)) continue
    expect(filterByStep(code, 'drug').outcome).not.toBe('accept')
    const person = code.kind === 'id-card' || code.kind.startsWith('insurance')
    expect(filterByStep(code, 'person').outcome === 'accept').toBe(person)
    expect(filterByStep(code, 'payment').outcome === 'accept').toBe(!person)
    expect(maskText(raw)).not.toContain(code.normalised)
  }
})

test.each<[string, 'drug' | 'person' | 'payment', string]>([
  ['6999000000018', 'drug', 'product-barcode'],
  ['(01)06999000000018(10)A', 'drug', 'product-barcode'],
  ['(01)06999000000018(21)A', 'drug', 'accept'],
  ['8901234', 'drug', 'identifier-only'],
  ['00106141412345678908', 'drug', 'shipping-label'],
  ['4243669509084040896099430000', 'drug', 'ecert-in-drug-step'],
  ['134567890123456789', 'drug', 'payment-code'],
  ['11010519491231002X', 'drug', 'id-in-drug-step'],
  ['XA01ABD075A002010100483', 'drug', 'national-code'],
  ['+A123BJC5D6E71G', 'drug', 'device-code'],
  ['12345', 'drug', 'unknown-code'],
  ['9'.repeat(20), 'drug', 'placeholder'],
  [']d2010699900000001721A', 'drug', 'invalid'],
  ['89012345678901234567', 'person', 'drug-in-person-step'],
  ['A12345678', 'person', 'social-card-needs-reader'],
  ['134567890123456780', 'person', 'invalid'],
  ['2812345678901234', 'person', 'payment-code'],
  ['hello', 'person', 'not-a-person-code'],
  ['89012345678901234567', 'payment', 'drug-in-payment-step'],
  ['4243669509084040896099430000', 'payment', 'ecert-in-payment-step'],
  ['hello', 'payment', 'not-a-payment-code'],
  ['134567890123456789', 'payment', 'accept'],
])('%s in the %s step: %s', (raw, at, said) => {
  const decision = filterByStep(recognise({ raw, step: at }), at)
  expect(decision.outcome === 'accept' ? 'accept' : decision.reason).toBe(said)
})
