import { hibcVerifies } from './check-digits.ts'
import type { Found, Udi } from './recognised.ts'
import { julianDate, shortDate, shortMonth } from './short-dates.ts'

const PRIMARY = /^\+([A-Z][0-9A-Z]{3}[0-9A-Z]{1,18})(\d)/
const ALPHABET = /^\+[0-9A-Z\-. $/+%]+$/

interface Secondary {
  readonly lot: string | null
  readonly serial: string | null
  readonly expiresOn: string | null
  readonly producedOn: string | null
}
const NOTHING: Secondary = { lot: null, serial: null, expiresOn: null, producedOn: null }

/** After `$$`: an optional quantity (8nn, 9nnnnn), then a digit that says how the expiry is written, the expiry, the lot or serial. */
const dated = (text: string, thisYear: number): { expiresOn: string | null; rest: string } => {
  const afterQuantity = text.replace(/^(?:8\d{2}|9\d{5})/, '')
  const flag = afterQuantity.charAt(0)
  const take = (length: number): string => afterQuantity.slice(1, 1 + length)
  const after = (length: number): string => afterQuantity.slice(1 + length)
  switch (flag) {
    case '0':
    case '1':
      return { expiresOn: shortMonth(afterQuantity.slice(0, 4), thisYear), rest: afterQuantity.slice(4) }
    case '2':
      return { expiresOn: shortDate(take(6).slice(4) + take(6).slice(0, 4), thisYear, 'last-day'), rest: after(6) }
    case '3':
      return { expiresOn: shortDate(take(6), thisYear, 'last-day'), rest: after(6) }
    case '4':
      return { expiresOn: shortDate(take(6), thisYear, 'last-day'), rest: after(8) }
    case '5':
      return { expiresOn: julianDate(take(5), thisYear), rest: after(5) }
    case '6':
      return { expiresOn: julianDate(take(5), thisYear), rest: after(7) }
    case '7':
      return { expiresOn: null, rest: after(0) }
    default:
      return { expiresOn: null, rest: afterQuantity }
  }
}

const orNull = (text: string): string | null => (text === '' ? null : text)
const longDate = (yyyymmdd: string, thisYear: number): string | null => (/^\d{8}$/.test(yyyymmdd) ? shortDate(yyyymmdd.slice(2), thisYear, 'last-day') : null)

const secondaryOf = (text: string, thisYear: number): Secondary =>
  text.split('/').reduce((found: Secondary, part) => {
    if (part.startsWith('$$+')) {
      const { expiresOn, rest } = dated(part.slice(3), thisYear)
      return { ...found, expiresOn, serial: orNull(rest) }
    }
    if (part.startsWith('$$')) {
      const { expiresOn, rest } = dated(part.slice(2), thisYear)
      return { ...found, expiresOn, lot: orNull(rest) }
    }
    if (part.startsWith('$+')) return { ...found, serial: orNull(part.slice(2)) }
    if (part.startsWith('$')) return { ...found, lot: orNull(part.slice(1)) }
    if (part.startsWith('16D')) return { ...found, producedOn: longDate(part.slice(3), thisYear) }
    if (part.startsWith('14D')) return { ...found, expiresOn: longDate(part.slice(3), thisYear) }
    if (part.startsWith('S')) return { ...found, serial: orNull(part.slice(1)) }
    if (/^\d{5}/.test(part)) return { ...found, expiresOn: julianDate(part.slice(0, 5), thisYear), lot: orNull(part.slice(5)) }
    return found
  }, NOTHING)

/** HIBC, on foreign goods (trace-codes.md §1.5). The last character is the mod 43 check; a mismatch is a warning. Null: not HIBC. */
export const findHibc = (text: string, thisYear: number): Found | null => {
  const code = text.startsWith('*+') && text.endsWith('*') ? text.slice(1, -1) : text
  if (!ALPHABET.test(code) || code.length < 6) return null
  const hibcCheck = hibcVerifies(code)
  const body = code.slice(0, -1)
  const slash = body.indexOf('/')
  const head = slash === -1 ? body : body.slice(0, slash)
  const primary = PRIMARY.exec(head)
  const whole = primary !== null && primary[0] === head
  const secondaryAlone = /^\+\$/.test(body) && hibcCheck
  if (!whole && !secondaryAlone) return null
  // A bare `+` and digits may be a telephone number: without the slash only a right check character convinces.
  if (whole && slash === -1 && !hibcCheck) return null
  const secondary = secondaryOf(whole ? body.slice(head.length + 1) : body.slice(1), thisYear)
  const finding: Udi = {
    kind: 'udi',
    issuer: 'HIBC',
    drugIdentifier: primary?.[1] ?? null,
    level: primary === null ? null : Number(primary[2]),
    ...secondary,
    sterilisationLot: null,
    validUntil: null,
    diCheck: null,
    piCheck: null,
    hibcCheck,
    plain: true,
  }
  return { finding, because: ['HIBC', ...(hibcCheck ? [] : ['the check character does not verify: a warning only'])], text: code }
}

/** 阿里健康 AHM: syntax not published; kept as it is. */
export const findAhm = (text: string): Found | null =>
  /^MF[0-9A-Za-z]{6,}(?:\*[^\s]*)?$/.test(text) && /\d{4}/.test(text)
    ? {
        finding: {
          kind: 'udi',
          issuer: 'AHM',
          drugIdentifier: null,
          serial: null,
          lot: null,
          expiresOn: null,
          producedOn: null,
          sterilisationLot: null,
          validUntil: null,
          level: null,
          diCheck: null,
          piCheck: null,
          hibcCheck: null,
          plain: true,
        },
        because: ['begins like an AHM code, whose syntax is not published'],
      }
    : null
