import fc from 'fast-check'

/** Arbitrary codes of every scheme, all made up: identifiers 89…, GTIN prefix 6999, people of region 999999 or of none. */
export const GS = '\u001d'

const mod10 = (body: string): string => {
  const sum = Array.from(body)
    .toReversed()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}
export const withMod10 = (body: string): string => body + mod10(body)

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
export const withIdCheck = (body: string): string =>
  body + '10X98765432'.charAt(Array.from(body).reduce((sum, digit, at) => sum + Number(digit) * (ID_WEIGHTS[at] ?? 0), 0) % 11)

export const digits = (count: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^\\d{${count}}$`))
const two = (n: number): string => String(n).padStart(2, '0')
export const yymmdd = fc
  .tuple(fc.integer({ min: 0, max: 75 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, day]) => `${two(year)}${two(month)}${two(day)}`)

/** 20 digits of 码上放心, the serial not of zeros. */
export const msfx = fc.tuple(digits(5), digits(12), fc.integer({ min: 1, max: 9 })).map(([identifier, serial, last]) => `89${identifier}${serial}${last}`)
export const gtin = digits(8).map((body) => withMod10(`06999${body}`))
/** GS1's character set 82. */
export const text82 = fc.stringMatching(/^[!"%-?A-Z_a-z]{1,20}$/)
const lotText = fc.stringMatching(/^[A-Z0-9]{1,12}$/)

interface Symbol {
  readonly text: string
  readonly gtin: string
  readonly serial: string
  readonly lot: string
}
/** A full symbol, its elements in any order, a GS behind each variable value that is not last. */
export const gs1Symbol = fc
  .tuple(gtin, lotText, text82, yymmdd, yymmdd, fc.shuffledSubarray(['01', '10', '11', '17', '21'], { minLength: 5 }))
  .map(([code, lot, serial, made, expires, order]): Symbol => {
    const values: Readonly<Record<string, string>> = { '01': code, '10': lot, '21': serial, '11': made, '17': expires }
    const text = order.map((ai, at) => `${ai}${values[ai]}${(ai === '10' || ai === '21') && at < 4 ? GS : ''}`).join('')
    return { text, gtin: code, serial, lot }
  })

export const wechat = fc.tuple(fc.integer({ min: 10, max: 15 }), digits(16)).map(([head, rest]) => `${head}${rest}`)
export const alipay = fc
  .tuple(fc.constantFrom('25', '26', '27', '28', '29', '30'), fc.integer({ min: 14, max: 22 }).chain(digits))
  .map((parts) => parts.join(''))
export const unionpay = digits(17).map((rest) => `62${rest}`)
export const voucher = fc
  .tuple(fc.constantFrom('424', 'opc'), digits(19), fc.constantFrom('11', '33', '43', '65'))
  .map(([head, middle, province]) => `${head}${middle}${province}0000`)
export const idNumber = fc
  .tuple(
    fc.constantFrom('999999', '110105', '430123', '119999'),
    fc.integer({ min: 1930, max: 2020 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    digits(3),
  )
  .map(([region, year, month, day, order]) => withIdCheck(`${region}${year}${two(month)}${two(day)}${order}`))
export const telephone = fc.tuple(fc.integer({ min: 13, max: 19 }), digits(9)).map(([head, rest]) => `${head}${rest}`)
export const link = fc
  .tuple(
    fc.constantFrom('https://', 'http://', 'HTTPS://', 'www.', 'WWW.', 'wxp://', ''),
    fc.constantFrom('example.com', 'EXAMPLE.COM', 'qr.example.cn'),
    fc.stringMatching(/^[/?][A-Za-z0-9=&]{8,30}$/),
  )
  .map((parts) => parts.join(''))
/** Whoever reads one of these can pay with it, or knows who somebody is. */
export const ofAPerson = fc.oneof(wechat, alipay, unionpay, voucher, idNumber, telephone, link)
