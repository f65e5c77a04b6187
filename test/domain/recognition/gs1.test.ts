import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeCode } from '../../../electron/domain/recognition/describe.ts'
import { recognise } from '../../../electron/domain/recognition/recognise.ts'
import type { RecogniseInput } from '../../../electron/domain/recognition/recognise.ts'
import { traceOf } from '../../../electron/domain/recognition/trace-of.ts'

const GS = '\u001d'
const said = (raw: string, more: Partial<RecogniseInput> = {}): ReturnType<typeof describeCode> => describeCode(recognise({ raw, ...more }))

/** Made-up GTINs, prefix 6999, with a right check digit. */
const gtin = fc.stringMatching(/^\d{8}$/).map((digits) => {
  const body = `06999${digits}`
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return `${body}${(10 - (sum % 10)) % 10}`
})
const text82 = fc.stringMatching(/^[!"%-?A-Z_a-z]{1,20}$/)
const anyDate = fc
  .tuple(fc.integer({ min: 0, max: 75 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(''))

describe('a complete symbol', () => {
  test('is read the same in every order of its elements', () => {
    fc.assert(
      fc.property(
        gtin,
        text82,
        text82,
        anyDate,
        anyDate,
        fc.shuffledSubarray(['01', '10', '21', '11', '17'], { minLength: 5 }),
        (code, lot, serial, made, expires, order) => {
          const values: Readonly<Record<string, string>> = { '01': code, '10': lot, '21': serial, '11': made, '17': expires }
          const raw = order.map((ai, index) => `${ai}${values[ai]}${(ai === '10' || ai === '21') && index < 4 ? GS : ''}`).join('')
          const found = said(raw, { aim: ']d2' })
          if (!raw.includes(GS)) return
          expect(found).toMatchObject({
            kind: 'gs1',
            drugIdentifier: code,
            batch: lot,
            serial,
            expiry: `20${expires.slice(0, 2)}-${expires.slice(2, 4)}-${expires.slice(4)}`,
            gtinCheck: true,
          })
        },
      ),
    )
  })
  test('sends its own data as code: no AIM, no separators, nothing joined anew', () => {
    const raw = `]d210LOT${GS}0106999000000018${GS}21SER${GS}17271231`
    expect(traceOf(recognise({ raw }))).toEqual({
      code: '10LOT010699900000001821SER17271231',
      issuer: 'GS1',
      packKey: '010699900000001821SER',
      symbol: `10LOT${GS}0106999000000018${GS}21SER${GS}17271231`,
      identifier: '06999000000018',
      serial: 'SER',
      lot: 'LOT',
      expiry: '2027-12-31',
      production: null,
      level: 1,
    })
  })
  test('bracketed and scanned give one code', () => {
    const scanned = traceOf(recognise({ raw: `]d2010699900000001821SER1${GS}10LOT${GS}17271231` }))
    const typed = traceOf(recognise({ raw: '(01) 06999000000018 (21) SER1 (10) LOT (17) 271231' }))
    expect(typed).toEqual(scanned)
    expect(typed).not.toBeNull()
  })
  test('keeps the case of lot and serial, whatever the case of the AIM', () => {
    expect(said(`]D2010699900000001810aBc${GS}21xYz`)).toMatchObject({ batch: 'aBc', serial: 'xYz' })
    expect(said(`]c1010699900000001810aBc${GS}21xYz`)).toMatchObject({ batch: 'aBc', serial: 'xYz' })
  })
  test.each([
    ['leading FNC1', `${GS}010699900000001810A${GS}21B`],
    ['separators also behind fixed values', `0106999000000018${GS}17271231${GS}10A${GS}21B`],
    ['a closing separator', `010699900000001810A${GS}21B${GS}`],
    ['ISO 15434 format 05', `[)>\u001e05${GS}010699900000001810A${GS}21B\u001e\u0004`],
    ['AIM apart from the text', `010699900000001810A${GS}21B`],
  ])('%s changes nothing', (_, raw) => {
    expect(said(raw)).toMatchObject({ kind: 'gs1', drugIdentifier: '06999000000018', batch: 'A', serial: 'B' })
  })
  test('the indicator digit says the level', () => {
    expect(said('(01)16999000000015(21)1').level).toBe(1)
    expect(traceOf(recognise({ raw: '(01)16999000000015(21)1' }))?.level).toBe(2)
    expect(traceOf(recognise({ raw: '(01)96999000000011(21)1' }))?.level).toBeNull()
  })
})

describe('separators', () => {
  const kept = `0106999000000018112606181727101710QF26G022${GS}2122222FPDUA`
  test('a lost one before another element is doubt, not a guess', () => {
    expect(said(kept.replace(GS, ''))).toMatchObject({
      kind: 'gs1-ambiguous',
      batch: null,
      serial: null,
      drugIdentifier: '06999000000018',
      expiry: '2027-10-17',
      production: '2026-06-18',
    })
    expect(traceOf(recognise({ raw: kept.replace(GS, '') }))).toBeNull()
  })
  test('serial before lot, date behind lot, GTIN behind lot: each is doubt without a separator', () => {
    for (const raw of [
      '010699900000001821SN1210LOT01',
      '010699900000001810LOT0117281231',
      '10LOT0106999000000018',
      '01069990000000183051 10LOT'.replace(' ', ''),
    ])
      expect(said(raw, { aim: ']d2' }).kind).toBe('gs1-ambiguous')
  })
  test('one value that no other element can hide in is certain without separators', () => {
    expect(said(']C1010699900000001817271231' + '10F26043056')).toMatchObject({ kind: 'gs1', batch: 'F26043056' })
    expect(said(']d2010699900000001821SERIAL')).toMatchObject({ kind: 'gs1', serial: 'SERIAL' })
  })
  test('a scanner known to deliver them leaves no doubt when there is none', () => {
    const raw = ']d201069990000000182112341056'
    expect(said(raw).kind).toBe('gs1-ambiguous')
    expect(said(raw, { keepsSeparators: true })).toMatchObject({ kind: 'gs1', serial: '12341056' })
  })
  test.each(['{GS}', '<GS>', '^]', '\\u001d', '~', '\u2194'])('%s is one only where the profile of the scanner says so', (substitute) => {
    const raw = kept.replace(GS, substitute)
    expect(said(raw, { substitutes: [substitute] })).toMatchObject({ kind: 'gs1', batch: 'QF26G022', serial: '22222FPDUA' })
    expect(said(raw)).toMatchObject({ kind: 'gs1-ambiguous', batch: null, serial: null })
  })
  test('a substitute that could be data is replaced too, where the profile says so', () => {
    const raw = '010699900000001810A%21B'
    expect(said(raw, { substitutes: ['%'], keepsSeparators: true })).toMatchObject({ batch: 'A', serial: 'B' })
    expect(said(raw, { keepsSeparators: true })).toMatchObject({ batch: 'A%21B', serial: null })
  })
  test('a substitute does not touch codes that are not GS1', () => {
    expect(recognise({ raw: 'https://example.invalid/~a', substitutes: ['~'] })).toMatchObject({ kind: 'unknown', normalised: 'https://example.invalid/~a' })
  })
  test('dropping every separator never yields another serial', () => {
    fc.assert(
      fc.property(gtin, text82, text82, (code, lot, serial) => {
        const raw = `01${code}10${lot}${GS}21${serial}`
        const lost = said(raw.replace(GS, ''), { aim: ']d2' })
        expect(lost.serial).toBeNull()
        expect(['gs1-ambiguous', 'invalid']).toContain(lost.kind)
      }),
    )
  })
  test('AI 30 without a separator is doubt, not a count of thirteen digits', () => {
    expect(said(']C1010699900000001817280625301102506230962')).toMatchObject({ kind: 'gs1-ambiguous', batch: null })
  })
})

describe('what does not fit is refused by name', () => {
  test.each<[string, string]>([
    [']d201069990000000', 'ai01-length'],
    ['(01)6999000000018(21)1', 'ai01-length'],
    [']d2016999000000018' + '1728123121A', 'ai01-length'],
    ['(01)0699900000001X(21)1', 'ai01-format'],
    [']d20106999000A0001821S', 'ai01-format'],
    [']d200106141412345A78908', 'ai00-format'],
    ['(01)06999000000018(17)260231', 'ai17-date'],
    [']d2010699900000001817260231', 'ai17-date'],
    [']d2010699900000001817261301', 'ai17-date'],
    [']d20106999000000018172612', 'ai17-length'],
    [`]d2010699900000001810${'A'.repeat(21)}${GS}21B`, 'ai10-length'],
    [`]d2010699900000001810A${GS}10B`, 'ai10-repeated'],
    [`]d2010699900000001821A${GS}21B`, 'ai21-repeated'],
    ['(01)06999000000018(21)A(21)B', 'ai21-repeated'],
    [`]d2010699900000001810批${GS}21B`, 'ai10-format'],
    [`ABC${GS}DEF`, 'ai-unknown'],
    [']d2', 'empty'],
    ['(29)123', 'ai-unknown'],
  ])('%j → %s', (raw, error) => {
    expect(said(raw)).toMatchObject({ kind: 'invalid', error, serial: null, drugIdentifier: null })
  })
  test('a wrong GTIN check digit: a misread when scanned, a warning when typed', () => {
    expect(said(']d2010699900000001721A').gtinCheck).toBe(false)
    expect(traceOf(recognise({ raw: ']d2010699900000001721A' }))).toBeNull()
    expect(traceOf(recognise({ raw: '(01)06999000000017(21)A' }))?.serial).toBe('A')
  })
  test('digits that merely begin with 01 are somebody else’s code', () => {
    expect(said('01234567890123456789').kind).toBe('unknown')
  })
})

describe('dates', () => {
  test.each<[string, number, string]>([
    ['760101', 2026, '2076-01-01'],
    ['770101', 2026, '1977-01-01'],
    ['500101', 2026, '2050-01-01'],
    ['260228', 2026, '2026-02-28'],
    ['990101', 2051, '2099-01-01'],
    ['010101', 2051, '2101-01-01'],
    ['020101', 2051, '2002-01-01'],
  ])('%s read in %i is %s', (value, thisYear, date) => {
    expect(said(`]d2010699900000001817${value}`, { thisYear }).expiry).toBe(date)
  })
  test('day 00 is the last of the month for an expiry, also in a leap year; of a production date the month is known', () => {
    expect(said(']d2010699900000001817280200').expiry).toBe('2028-02-29')
    expect(said(']d2010699900000001817270200').expiry).toBe('2027-02-28')
    expect(said(']d2010699900000001811270200').production).toBe('2027-02')
    expect(traceOf(recognise({ raw: '(01)06999000000018(21)A(11)270200' }))?.production).toBeNull()
  })
})

test('a pack needs GTIN and serial: lot and GTIN mark a batch only', () => {
  expect(said('(01)06999000000018(10)A').kind).toBe('gs1')
  expect(traceOf(recognise({ raw: '(01)06999000000018(10)A' }))).toBeNull()
  expect(said(']d221ABC')).toMatchObject({ kind: 'gs1-partial', serial: 'ABC', drugIdentifier: null, level: null })
})

test('a code longer than the field it is sent in is no trace code', () => {
  expect(traceOf(recognise({ raw: `(01)06999000000018(21)A(240)${'B'.repeat(30)}(250)${'C'.repeat(30)}(251)${'D'.repeat(30)}` }))).toBeNull()
})
