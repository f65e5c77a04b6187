import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeCode } from '../../../electron/domain/recognition/describe.ts'
import { recognise } from '../../../electron/domain/recognition/recognise.ts'
import type { RecogniseInput } from '../../../electron/domain/recognition/recognise.ts'
import type { KnownCodes } from '../../../electron/domain/recognition/known-codes.ts'
import { traceOf } from '../../../electron/domain/recognition/trace-of.ts'

const said = (raw: string, more: Partial<RecogniseInput> = {}): ReturnType<typeof describeCode> => describeCode(recognise({ raw, ...more }))
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const withCheck = (body: string): string =>
  body + '10X98765432'.charAt([...body].reduce((sum, digit, index) => sum + Number(digit) * (WEIGHTS[index] ?? 0), 0) % 11)
const wrongCheck = (body: string): string => body + (withCheck(body).endsWith('1') ? '2' : '1')

describe('the twenty digits', () => {
  const code = '89012345678901234567'
  test.each([
    ['as scanned', code],
    ['CR LF', `${code}\r\n`],
    ['STX ETX', `\u0002${code}\u0003`],
    ['tab', `\t${code}\t`],
    ['AIM of Code 128', `]C0${code}`],
    ['AIM of a plain DataMatrix', `]d1${code}`],
    ['a blank', '8901234 5678901234567'],
    ['a hyphen', '8901234-5678901234567'],
    ['an en dash', '8901234–5678901234567'],
    ['groups of four', '8901 2345 6789 0123 4567'],
    ['full width', '８９０１２３４５６７８９０１２３４５６７'],
    ['full width with a wide blank', '８９０１２３４　５６７８９０１２３４５６７'],
    ['a GS1 symbology set by mistake', `]C1${code}`],
    ['its printed label', '药品标识码：8901234 序列号：5678901234567'],
    ['its printed label in two lines', '药品标识码\n8901234\n序列号\n5678901234567'],
    ['a word before', '追溯码：89012345678901234567'],
    ['zero-width marks', `\ufeff${code}\u200b`],
  ])('are the same pack with %s', (_, raw) => {
    expect(said(raw)).toMatchObject({ kind: 'drug-trace', issuer: 'MSFX', drugIdentifier: '8901234', serial: '5678901234567' })
    expect(traceOf(recognise({ raw }))?.code).toBe(code)
  })
  test('19, 21 and 40 of them are refused with their length, never cut', () => {
    for (const raw of [code.slice(1).replace(/^./, '8'), `${code}1`, code + code])
      expect(said(raw)).toMatchObject({ kind: 'invalid', error: 'length', serial: null })
    fc.assert(
      fc.property(
        fc.stringMatching(/^8\d{14,60}$/).filter((text) => text.length !== 20),
        (raw) => {
          expect(traceOf(recognise({ raw }))).toBeNull()
          expect(['drug-trace', 'partial', 'unknown']).not.toContain(said(raw).kind)
        },
      ),
    )
  })
  test('their level comes from the table that is handed over', () => {
    expect(said('80217619000000001003').level).toBe(3)
    expect(said('82062339000000001003').level).toBe(1)
    expect(said('80217619000000001003', { known: { levels: {}, baseCodes: {} } }).level).toBeNull()
    expect(said('89012345678901234567', { known: { levels: { '8901234': 2 }, baseCodes: {} } }).level).toBe(2)
  })
  test('fillers are no packs', () => {
    for (const raw of ['9'.repeat(20), '8'.repeat(20), `${'0'.repeat(19)}1`, `${'0'.repeat(16)}0001`, `8901234${'0'.repeat(13)}`, '0'.repeat(13)])
      expect(said(raw).kind).toBe('placeholder')
  })
  test('the other codes of twenty characters are told apart', () => {
    expect(said('00106141412345678908')).toMatchObject({ kind: 'sscc', check: true })
    expect(said('25123456789012345678').kind).toBe('alipay-pay')
    expect(said('30123456789012345678').kind).toBe('alipay-pay')
    expect(said('C0101010011303807555').kind).toBe('nhsa-consumable')
    expect(said('ZA04CAT0019010100705').kind).toBe('nhsa-tcm-patent')
    expect(said('91234567890123456789').kind).toBe('unknown')
    expect(said('A1234567890123456789').kind).toBe('unknown')
  })
})

describe('eighteen characters', () => {
  const beijing = '11010519491231001'
  const test999999 = '99999919900101123'
  test('a real date and the right check character make an ID, in either case and with blanks', () => {
    expect(said(withCheck(test999999)).kind).toBe('id-card')
    expect(said('11010519491231002x').kind).toBe('id-card')
    expect(said('110105 19491231 002X').kind).toBe('id-card')
    expect(recognise({ raw: '11010519491231002x' }).normalised).toBe('11010519491231002X')
  })
  test('the step decides what the digits cannot', () => {
    expect(said(withCheck(beijing)).kind).toBe('id-card')
    expect(said(withCheck(beijing), { step: 'person' }).kind).toBe('id-card')
    expect(said(withCheck(beijing), { step: 'payment' }).kind).toBe('wechat-pay')
    expect(said(withCheck(test999999), { step: 'payment' }).kind).toBe('id-card')
  })
  test('a mistyped ID is never a payment code where an ID was awaited', () => {
    expect(said(wrongCheck(beijing), { step: 'person' })).toMatchObject({ kind: 'invalid', error: 'id-check' })
    expect(said('110105194902301234', { step: 'person' })).toMatchObject({ kind: 'invalid', error: 'id-date' })
    expect(said(wrongCheck(beijing), { step: 'payment' }).kind).toBe('wechat-pay')
    fc.assert(
      fc.property(fc.stringMatching(/^1[0-5]\d{16}$/), (raw) => {
        expect(['id-card', 'invalid', 'placeholder']).toContain(said(raw, { step: 'person' }).kind)
        expect(['wechat-pay', 'placeholder']).toContain(said(raw, { step: 'payment' }).kind)
      }),
    )
  })
  test('a region that is none is no ID number: 10 belongs to WeChat, 25 to 30 to Alipay', () => {
    expect(said(withCheck('10010519491231002')).kind).toBe('wechat-pay')
    expect(said(withCheck('28010519491231009')).kind).toBe('alipay-pay')
  })
  test('nobody was born after this year', () => {
    const unborn = withCheck('11010520991231003')
    expect(said(unborn, { thisYear: 2026 }).kind).toBe('wechat-pay')
    expect(said(unborn, { thisYear: 2100 }).kind).toBe('id-card')
  })
  test('an ID number of no possible day is named, where no payment code begins so', () => {
    expect(said(withCheck('43012319900230123'))).toMatchObject({ kind: 'invalid', error: 'id-date' })
    expect(said(wrongCheck('43012319900230123'))).toMatchObject({ kind: 'invalid', error: 'id-check' })
  })
  test('30 February is no birth date', () => {
    expect(said(withCheck('43012319900230123')).kind).not.toBe('id-card')
  })
  test('a WeChat code with a plausible date stays one', () => {
    expect(said(wrongCheck('13010119900101123')).kind).toBe('wechat-pay')
  })
})

test.each<[string, string, object]>([
  ['4243669509084040896099430000', 'insurance-ecert', { province: '43' }],
  [']Q14243669509084040896099430000\r', 'insurance-ecert', { province: '43' }],
  ['opc3669509084040896099430000', 'insurance-openplatform', { province: '43' }],
  ['134567890123456789', 'wechat-pay', {}],
  ['2812345678901234', 'alipay-pay', {}],
  ['281234567890123456789012', 'alipay-pay', {}],
  ['6230001234567890123', 'unionpay', {}],
  ['281234567890123', 'unknown', {}],
  ['5243669509084040896099430000', 'unknown', {}],
])('%s is %s', (raw, kind, fields) => {
  expect(said(raw)).toMatchObject({ kind, ...fields })
})

describe('a prescription’s code', () => {
  const rx = '89012345678901234567'
  test('is one only in a prescription’s field, and says so', () => {
    expect(said(rx).kind).toBe('drug-trace')
    expect(said(rx, { field: 'prescription' }).kind).toBe('rx-trace')
    expect(said('RX26a012345678901234', { field: 'prescription' }).kind).toBe('rx-trace')
    expect(recognise({ raw: rx, field: 'prescription' }).because).toEqual(['a drug’s form, but a prescription’s field was scanned into'])
    expect(traceOf(recognise({ raw: rx, field: 'prescription' }))).toBeNull()
  })
  test.each([
    ['an Alipay code', '25123456789012345678', 'alipay-pay'],
    ['a filler', '9'.repeat(20), 'placeholder'],
    ['a national code', 'ZA04CAT0019010100705', 'nhsa-tcm-patent'],
    ['a consumable’s code', 'C0101010011303807555', 'nhsa-consumable'],
    ['a GS1 symbol', ']C100106141412345678908', 'sscc'],
    ['an ID number', '11010519491231002X', 'id-card'],
    ['a code of another length', '8901234567890123456', 'invalid'],
  ])('%s stays what it is there', (_, raw, kind) => {
    expect(said(raw, { field: 'prescription' }).kind).toBe(kind)
  })
})

describe('14 digits from 869', () => {
  const both = '86900483000019'
  const known = (more: Partial<KnownCodes>): { known: KnownCodes } => ({ known: { levels: {}, baseCodes: {}, ...more } })
  const yes = (): boolean => true
  test('are a base code, unless the symbology or the shop’s own map says outer pack', () => {
    expect(said(both).kind).toBe('nmpa-base-code')
    expect(said(both, known({ isGtin: (gtin) => gtin === both }))).toMatchObject({ kind: 'gtin', drugIdentifier: both, level: 8, gtinCheck: true })
    expect(said(both, known({ isBaseCode: yes })).kind).toBe('nmpa-base-code')
    expect(said(both, known({ isBaseCode: yes, isGtin: yes })).kind).toBe('nmpa-base-code')
    expect(said(`]I1${both}`, known({ isBaseCode: yes })).kind).toBe('gtin')
    expect(said(`(01)${both}`, known({ isBaseCode: yes })).kind).toBe('gs1')
  })
  test('say what decided', () => {
    const because = (raw: string, more: Partial<KnownCodes>): string => recognise({ raw, ...known(more) }).because.join('; ')
    expect(because(both, {})).toContain('not from an ITF symbol')
    expect(because(both, { isGtin: yes })).toContain('the shop knows the outer pack')
    expect(because(both, { isBaseCode: yes })).toContain('the shop knows this base code')
    expect(because(both, { isBaseCode: yes, isGtin: yes })).toContain('as a base code and as an outer pack')
    expect(because(`]I1${both}`, { isBaseCode: yes })).toContain('an ITF symbol is on an outer pack')
  })
  test('with a wrong check digit are no outer pack, whoever knows them', () => {
    expect(said('86900483000018', known({ isGtin: yes }))).toMatchObject({ kind: 'nmpa-base-code', check: false })
  })
})

test('20 digits from 00 are a shipping label, with the symbology or without; AI 00 in brackets too', () => {
  for (const raw of ['00106141412345678908', ']C100106141412345678908', '(00)106141412345678908', ']C000106141412345678908'])
    expect(said(raw)).toMatchObject({ kind: 'sscc', check: true })
  expect(said('00106141412345678907')).toMatchObject({ kind: 'sscc', check: false })
})

test('a trace code under a GS1 symbology is one, and says that something is set wrongly', () => {
  expect(recognise({ raw: ']d289012345678901234567' }).because.at(-1)).toContain('the symbology says GS1')
  expect(recognise({ raw: ']d189012345678901234567' }).because.join()).not.toContain('GS1')
})

describe('product and catalogue codes', () => {
  test.each<[string, string, object]>([
    ['6999000000018', 'gtin', { drugIdentifier: '06999000000018', gtinCheck: true, level: 0 }],
    ['6999000000017', 'gtin', { gtinCheck: false }],
    [']E06999000000018', 'gtin', { gtinCheck: true }],
    [']e06999000000018', 'gtin', { gtinCheck: true }],
    ['96385074', 'gtin', { drugIdentifier: '00000096385074' }],
    ['012345678905', 'gtin', { drugIdentifier: '00012345678905' }],
    ['16999000000015', 'gtin', { level: 1 }],
    ['2912345678905', 'unknown', {}],
    ['1234567890123', 'unknown', {}],
    ['86900483000019', 'nmpa-base-code', { enterprise: '00483', check: true }],
    ['86900483000018', 'nmpa-base-code', { check: false }],
    [']I186900483000019', 'gtin', { level: 8, gtinCheck: true }],
    ['国药准字 Z20026571', 'approval-number', {}],
    ['国药准字HJ20170355', 'approval-number', {}],
    ['国药准字S2002', 'unknown', {}],
    ['t001700368', 'nhsa-herb', {}],
    ['C01010100113038075551234567', 'nhsa-consumable', { enterprise: '07555' }],
    ['XA01ABD075A002010100999', 'nhsa-drug', { enterprise: '00999', baseCode: null }],
    ['XB1QQ22334455667788990', 'nhsa-drug', {}],
  ])('%s is %s', (raw, kind, fields) => {
    expect(said(raw)).toMatchObject({ kind, ...fields })
  })
})

describe('UDI', () => {
  test('a MA code with a serial identifies one piece; its last good day is .V', () => {
    const trace = traceOf(recognise({ raw: 'MA.156.M0.100350.01004YA10017.SLMSAGAAAC.M210628.LAY21062803.E220628.V220627.C3' }))
    expect(trace).toMatchObject({
      identifier: 'MA.156.M0.100350.01004YA10017',
      serial: 'LMSAGAAAC',
      lot: 'AY21062803',
      expiry: '2022-06-27',
      production: '2021-06-28',
    })
    expect(trace?.code).toBe('MA.156.M0.100350.01004YA10017.SLMSAGAAAC.M210628.LAY21062803.E220628.V220627.C3')
  })
  test('wrong and undecidable check characters warn and refuse nothing', () => {
    expect(said('MA.156.M0.100350.01004YA10018.S1')).toMatchObject({ kind: 'udi', diCheck: false })
    expect(said('MA.156.M0.100350.01004YA10017.S1.C9')).toMatchObject({ kind: 'udi', diCheck: true, piCheck: false })
    expect(said('MA.156.M0.190350.01004YA10017.S9.C3')).toMatchObject({ kind: 'udi', diCheck: null, piCheck: null })
  })
  test('the code inside a link is cut out as it stands', () => {
    expect(recognise({ raw: 'https://example.invalid/q?c=MA.156.M0.100204.13351764.S1&x=2' })).toMatchObject({
      kind: 'udi',
      normalised: 'MA.156.M0.100204.13351764.S1',
      diCheck: true,
    })
  })
  test('lost dots are named; dots of a Chinese input method are dots', () => {
    expect(said('MA156M010035001004YA10017SLMSAGAAAC')).toMatchObject({ kind: 'invalid', issuer: 'MA', error: 'ma-syntax' })
    expect(said('ＭＡ。１５６。Ｍ０。１００３５０。０１００４ＹＡ１００１７')).toMatchObject({ kind: 'udi', drugIdentifier: 'MA.156.M0.100350.01004YA10017' })
    expect(said('MA.156.M0.100350')).toMatchObject({ kind: 'invalid', error: 'ma-syntax' })
  })
  test('the XML form is read but is not a code to send', () => {
    const raw = '<UDI IAC="MA"><DI>MA.156.M0.100350.01004YA10017</DI><SN>S1</SN><MFG>210628</MFG><LOT>AY</LOT><EXP>220628</EXP><VAL/></UDI>'
    expect(said(raw)).toMatchObject({ kind: 'udi', issuer: 'MA', serial: 'S1', batch: 'AY', expiry: '2022-06-28', production: '2021-06-28', diCheck: true })
    expect(traceOf(recognise({ raw }))).toBeNull()
  })
  test.each<[string, object]>([
    ['+EORONB4509F6010/$$10282521960E', { batch: '2521960', expiry: '2028-10', hibcCheck: true, level: 0 }],
    ['+EORONB4509F6010/$$10282521960F', { batch: '2521960', hibcCheck: false }],
    ['+A123BJC5D6E71G', { drugIdentifier: 'A123BJC5D6E7', level: 1, hibcCheck: true }],
    ['*+A123BJC5D6E71G*', { drugIdentifier: 'A123BJC5D6E7' }],
    [
      '+A99912345/$$52001510X3/16D20111231/14D20200131/S77DEFG45W',
      { expiry: '2020-01-31', production: '2011-12-31', batch: '10X3', serial: '77DEFG45', hibcCheck: true },
    ],
  ])('HIBC %s', (raw, fields) => {
    expect(said(raw)).toMatchObject({ kind: 'udi', issuer: 'HIBC', ...fields })
  })
  test('a telephone number is no HIBC', () => {
    expect(said('+8613800138000').kind).toBe('unknown')
  })
  test('a primary HIBC without its secondary is one by its check character only', () => {
    expect(said('+EORONB4509F6010').kind).toBe('unknown')
  })
  test('AHM is kept as it is', () => {
    expect(said('MF12345678BA123')).toMatchObject({ kind: 'udi', issuer: 'AHM', drugIdentifier: null })
  })
})

describe('links', () => {
  test.each<[string, object]>([
    [
      'https://id.gs1.org/01/06999000000018/10/LOT1/21/S%2F1?17=281231',
      { kind: 'gs1-url', drugIdentifier: '06999000000018', batch: 'LOT1', serial: 'S/1', expiry: '2028-12-31', gtinCheck: true },
    ],
    ['http://example.invalid/shop/gtin/6999000000018/ser/A1', { kind: 'gs1-url', drugIdentifier: '06999000000018', serial: 'A1' }],
    ['https://example.invalid/g/6999000000018', { kind: 'gs1-url', serial: null }],
    ['https://example.invalid/g/6999000000018/LOT/SER', { kind: 'gs1-url', batch: 'LOT', serial: 'SER' }],
    ['https://example.invalid/01/06999000000017', { kind: 'gs1-url', gtinCheck: false }],
    ['https://example.invalid/q?code=89012345678901234567', { kind: 'unknown' }],
    ['https://example.invalid/%E0%A4%A', { kind: 'unknown' }],
  ])('%s', (raw, fields) => {
    expect(said(raw)).toMatchObject(fields)
    expect(traceOf(recognise({ raw }))).toBeNull()
  })
})
