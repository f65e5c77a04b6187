import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskCode, maskId, maskName, maskText } from '../../electron/domain/masking.ts'

const digits = (min: number, max = min): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^\\d{${min},${max}}$`))

test('of a name only the first character is shown', () => {
  expect(maskName('张三')).toBe('张*')
  expect(maskName('欧阳锋')).toBe('欧**')
  expect(maskName('阿卜杜拉·买买提')).toBe('阿**')
  expect(maskName('𬭎一')).toBe('𬭎*')
  expect(maskName('张')).toBe('*')
  expect(maskName('  ')).toBe('')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(Array.from(maskName(name)).length).toBeLessThanOrEqual(3)
      expect(maskName(maskName(name)) === '*' || maskName(maskName(name)) === maskName(name)).toBe(true)
    }),
  )
})

test('of an ID number the first three and last four are shown', () => {
  expect(maskId('999999199001011234')).toBe('999***********1234')
  expect(maskId('A1234567')).toBe('A*****67')
  expect(maskId('123')).toBe('***')
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (id) => {
      const masked = maskId(id)
      expect(masked.length).toBe(id.trim().length)
      expect(masked.replace(/\*+/, '').length).toBeLessThanOrEqual(7)
    }),
  )
})

test('of a bearer code only its family is shown', () => {
  expect(maskCode('4243669509084040896099330000')).toBe(`424${'*'.repeat(25)}`)
  expect(maskCode('12345')).toBe('*****')
})

describe('text for a log', () => {
  test.each<[string, string]>([
    ['id 999999199001011234 read', 'id 999***********1234 read'],
    ['99999919900101123X,', '999***********123X,'],
    ['999999 19900101 1234', '999*************1234'],
    ['{"qr":"4243669509084040896099330000"}', `{"qr":"424${'*'.repeat(25)}"}`],
    [']Q14243669509084040896099330000', `]Q1424${'*'.repeat(25)}`],
    ['opc3669509084040896099330000', `opc${'*'.repeat(25)}`],
    ['paid by 134567890123456789', `paid by 134${'*'.repeat(15)}`],
    ['28763443825664394', `287${'*'.repeat(14)}`],
    ['6230001234567890123', `623${'*'.repeat(16)}`],
    ['９９９９９９１９９００１０１１２３４', '999***********1234'],
    ['tel 13800138000', 'tel 138****8000'],
  ])('masks %j', (text, masked) => {
    expect(maskText(text)).toBe(masked)
  })
  test.each([
    'trace 89012345678901234567',
    'msgid H43010200001202611211405040001',
    'XA01ABD075A002010100483',
    '6901234567892',
    'receipt 20261121-0031',
    '2026-11-21 14:05:04',
    '20261121140504123',
    '1763704800000',
    'amount 1234.50',
  ])('leaves %j readable', (text) => {
    expect(maskText(text)).toBe(text)
  })
  test('no 18-digit ID, 28-digit voucher or payment code survives, whatever stands around it', () => {
    const secret = fc.oneof(
      digits(18),
      digits(28),
      digits(17).map((d) => `${d}X`),
      digits(16).map((d) => `13${d}`),
      fc.tuple(fc.constantFrom('25', '26', '27', '28', '29', '30'), digits(14, 22)).map(([p, d]) => p + d),
      digits(17).map((d) => `62${d}`),
    )
    const around = fc.constantFrom('', ' ', '"', 'id=', ']C0', ']Q1', '身份证', '\n', ':', 'x')
    fc.assert(
      fc.property(
        secret,
        around,
        around.filter((a) => !/^\d/.test(a)),
        (code, before, after) => {
          const masked = maskText(before + code + after)
          expect(masked).not.toContain(code)
          expect(masked).not.toContain(code.slice(3, -4))
        },
      ),
    )
  })
  test('is stable and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), digits(0, 60)), (text) => {
        expect(maskText(maskText(text))).toBe(maskText(text))
      }),
    )
  })
})
