import { parseDate } from '../calendar.ts'
import { maCheckDigit } from './check-digits.ts'
import type { Found, Udi } from './recognised.ts'
import { shortDate } from './short-dates.ts'

const MA = /^MA\.156\.[A-Z0-9]{2}\.[^.]+\.[^.]+(?:\.[SMPLDEVCY][^.]+)*$/
/** Bare, or behind one `=` (or a path) of a link, up to the next separator; not inside a GS1 symbol. */
const IN_TEXT = /^(?![(\d])(?:[^\u001d]*?[=/])??(MA\.\d{3}\.[^&#?/\s]+)/
/** What each field may hold. Lengths as in a GS1 symbol: the next scan glued to a serial makes it longer. */
const TEXT = /^[0-9A-Za-z@$,*+%/#!^~_-]{1,20}$/
const DATE = /^\d{6}(?:\d{2})?$/
const FIELDS: ReadonlyMap<string, RegExp> = new Map([
  ['S', TEXT],
  ['L', TEXT],
  ['D', TEXT],
  ['M', DATE],
  ['P', DATE],
  ['E', DATE],
  ['V', DATE],
  ['C', /^\d$/],
  ['Y', /^[0-9A-Za-z]{1,40}$/],
])
const LOOKS_LIKE_MA = /^MA[.,]?156[.,]?M0/
const XML = /<UDI\b[^>]*\bIAC\s*=\s*["']MA["'][^>]*>/i

const EMPTY: Udi = {
  kind: 'udi',
  issuer: 'MA',
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
}

const verifies = (text: string, check: string): boolean | null => {
  const expected = maCheckDigit(text)
  return expected === null ? null : expected === check
}

const dateIn = (value: string | undefined, thisYear: number): string | null =>
  value === undefined ? null : value.length === 8 ? parseDate(value) : shortDate(value, thisYear, 'last-day')

const identifierFields = (di: string): Pick<Udi, 'drugIdentifier' | 'level' | 'diCheck'> => {
  const level = di.split('.')[4]?.charAt(0) ?? ''
  return { drugIdentifier: di, level: /^\d$/.test(level) ? Number(level) : null, diCheck: verifies(di.slice(0, -1), di.slice(-1)) }
}

const warnings = (udi: Udi): string[] => [
  ...(udi.diCheck === false ? ['the DI check character does not verify: a warning only'] : []),
  ...(udi.piCheck === false ? ['the PI check character does not verify: a warning only'] : []),
]

/** Each field once, and holding what it may. */
const fieldsFit = (code: string): boolean => {
  const parts = code.split('.').slice(5)
  return new Set(parts.map((part) => part.charAt(0))).size === parts.length && parts.every((part) => FIELDS.get(part.charAt(0))?.test(part.slice(1)) === true)
}

const parse = (text: string, thisYear: number): Udi => {
  const parts = text.split('.')
  const di = parts.slice(0, 5).join('.')
  const fields = new Map(parts.slice(5).map((part) => [part.charAt(0), part.slice(1)]))
  const check = fields.get('C')
  const checked = text.slice(di.length, text.lastIndexOf('.C'))
  return {
    ...EMPTY,
    ...identifierFields(di),
    serial: fields.get('S') ?? null,
    lot: fields.get('L') ?? null,
    sterilisationLot: fields.get('D') ?? null,
    expiresOn: dateIn(fields.get('E') ?? fields.get('V'), thisYear),
    validUntil: dateIn(fields.get('V'), thisYear),
    producedOn: dateIn(fields.get('M') ?? fields.get('P'), thisYear),
    piCheck: check === undefined ? null : verifies(checked, check),
  }
}

const parseXml = (text: string, thisYear: number): Udi => {
  const tag = (name: string): string | undefined => new RegExp(`<${name}\\s*>([^<]+)</${name}\\s*>`, 'i').exec(text)?.[1]?.trim()
  const di = tag('DI')
  const date = (value: string | undefined): string | null => dateIn(value?.replaceAll('-', '').slice(-6), thisYear)
  return {
    ...EMPTY,
    ...(di === undefined ? {} : identifierFields(di)),
    plain: false,
    serial: tag('SN') ?? null,
    lot: tag('LOT') ?? null,
    expiresOn: date(tag('EXP') ?? tag('VAL')),
    validUntil: date(tag('VAL')),
    producedOn: date(tag('MFG')),
  }
}

/** MA / IDcode (trace-codes.md §1.4), also inside a link or as XML. Check characters only warn. Null: not MA. */
export const findMa = (text: string, thisYear: number): Found | null => {
  if (XML.test(text)) {
    const udi = parseXml(text, thisYear)
    return { finding: udi, because: ['MA in its XML form', ...warnings(udi)] }
  }
  const code = IN_TEXT.exec(text)?.[1]
  if (code === undefined) return LOOKS_LIKE_MA.test(text) ? syntaxError(text) : null
  // A bare code is the whole scan; only a link may go on behind it.
  if (!MA.test(code) || !fieldsFit(code) || (text.startsWith('MA.') && code !== text)) return syntaxError(text.startsWith('MA.') ? text : code)
  const udi = parse(code, thisYear)
  return { finding: udi, because: [code === text ? 'MA code' : 'MA code inside a link', ...warnings(udi)], text: code }
}

const syntaxError = (text: string): Found => ({
  finding: { kind: 'invalid', error: 'ma-syntax', issuer: 'MA' },
  because: ['begins like an MA code but its dotted parts do not fit: dots lost by an input method, or another scan glued to it'],
  text,
})
