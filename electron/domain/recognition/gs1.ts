import { mod10Verifies, mod10VerifiesAt } from './check-digits.ts'
import { GS, readBracketed, readScanned } from './gs1-elements.ts'
import type { ElementString } from './gs1-elements.ts'
import type { Found, Gs1, Gs1Ambiguous, Gs1Partial, Recognised, ShippingLabel } from './recognised.ts'
import { shortDateAt } from './short-dates.ts'
import type { UsualAim } from './usual-aim.ts'

/** GS1-128, GS1 DataMatrix, GS1 QR, GS1 DotCode, DataBar. */
const GS1_SYMBOLOGY = /^\](?:C1|d2|Q3|J1|e[0-9])$/
const FORMAT_05 = /^\[\)>\u001e05\u001d([\s\S]*?)\u001e?\u0004?$/

export interface Gs1Reading {
  readonly text: string
  readonly aim: string | null
  readonly substitutes: readonly string[]
  readonly keepsSeparators: boolean
  readonly thisYear: number
}

export const gtinFields = (gtin: string): { gtin: string; gtinCheck: boolean; level: number } => ({
  gtin,
  gtinCheck: mod10Verifies(gtin),
  level: gtin.charCodeAt(0) - 48,
})

/** Date and hour (7003 expiry, 8008 production) where the plain date is missing. */
const dated = (read: ElementString, ai: '7003' | '8008', thisYear: number): string | null => {
  const value = read.others.find((element) => element.ai === ai)?.value
  return value === undefined ? null : shortDateAt(value, 0, thisYear, ai === '7003' ? 'last-day' : 'month')
}

const fieldsOf = (read: ElementString, elementString: string, bracketed: boolean, thisYear: number): Omit<Gs1Partial, 'kind'> => ({
  issuer: 'GS1',
  serial: read.serial,
  lot: read.lot,
  expiresOn: read.expiresOn ?? dated(read, '7003', thisYear),
  producedOn: read.producedOn ?? dated(read, '8008', thisYear),
  others: read.others,
  elementString,
  bracketed,
})

const findingOf = (read: ElementString, elementString: string, bracketed: boolean, thisYear: number): Gs1 | Gs1Partial | Gs1Ambiguous | ShippingLabel => {
  const { gtin, sscc, doubt } = read
  if (doubt === null && gtin === null && sscc !== null) return { kind: 'sscc', issuer: 'GS1', check: mod10Verifies(sscc) }
  const fields = fieldsOf(read, elementString, bracketed, thisYear)
  if (doubt !== null) return { kind: 'gs1-ambiguous', ...fields, ...(gtin === null ? { gtin: null, gtinCheck: null, level: null } : gtinFields(gtin)) }
  return gtin === null ? { kind: 'gs1-partial', ...fields } : { kind: 'gs1', ...fields, ...gtinFields(gtin) }
}

const isReadable = (text: string, thisYear: number): boolean => readScanned(text, 0, text.length, thisYear, true).error === null

/** A GTIN printed with 13 digits where 14 belong shifts everything behind it: name that instead of the nonsense that follows. */
const shiftedByOne = (text: string, thisYear: number): boolean => /^01\d{13}/.test(text) && isReadable(`010${text.slice(2)}`, thisYear)

const findBracketed = (text: string, thisYear: number): Found => {
  const compact = text.replace(/\s/g, '')
  const { read, elementString } = readBracketed(compact, thisYear)
  return read.error === null
    ? { finding: findingOf(read, elementString, true, thisYear), because: ['bracketed elements'], text: compact }
    : { finding: { kind: 'invalid', error: read.error, issuer: 'GS1' }, because: [`bracketed elements: ${read.error}`], text: compact }
}

/** `]e0` with an EAN's digits is `]E0` whose Shift was missed. */
export const isGs1Symbology = (aim: string | null, text: string): boolean =>
  aim !== null && GS1_SYMBOLOGY.test(aim) && !(aim.startsWith(']e') && /^(?:\d{8}|\d{12,13})$/.test(text))

/** GS1 element strings, scanned or bracketed (trace-codes.md §1.3). Null: not GS1. */
export const findGs1 = ({ text, aim, substitutes, keepsSeparators, thisYear }: Gs1Reading): Found | null => {
  if (/^\((?:0\d|\d{2,4})\)/.test(text)) return findBracketed(text, thisYear)
  const because: string[] = []
  const enveloped = FORMAT_05.exec(text)
  const marked = enveloped !== null || isGs1Symbology(aim, text)
  let whole = enveloped?.[1] ?? text
  for (const substitute of substitutes) {
    if (substitute === '' || !whole.includes(substitute)) continue
    const replaced = whole.replaceAll(substitute, GS)
    if (!marked && !/^\u001d?\d{2}/.test(replaced)) continue
    whole = replaced
    because.push('the separator this scanner sends was turned into GS')
  }
  const separated = whole.includes(GS)
  const normalised = enveloped === null ? whole : text
  if (!marked && !separated && !/^01\d{14}/.test(whole)) return null
  const elementString = whole.replace(/^\u001d+|\u001d+$/g, '')
  const read = readScanned(elementString, 0, elementString.length, thisYear, keepsSeparators)
  because.push(marked ? 'a GS1 symbology' : separated ? WITH_GS : WITHOUT_GS)
  if (read.error !== null) {
    const bare = !marked && !separated
    if (shiftedByOne(elementString, thisYear) && (!bare || mod10VerifiesAt(elementString, 2, 15))) return shifted(normalised)
    // Digits that merely begin with 01 are somebody else's code.
    if (bare && !mod10VerifiesAt(elementString, 2, 16)) return null
    return { finding: { kind: 'invalid', error: read.error, issuer: 'GS1' }, because: [...because, read.error], text: normalised }
  }
  if (elementString === '') return { finding: { kind: 'invalid', error: 'empty', issuer: 'GS1' }, because: [...because, 'nothing follows'], text: normalised }
  const finding = findingOf(read, elementString, false, thisYear)
  if (read.doubt !== null) because.push(read.doubt)
  if (finding.kind === 'gs1' && !finding.gtinCheck) because.push('the GTIN check digit does not verify')
  if (finding.kind === 'gs1-partial') because.push('no GTIN: one half of a two-symbol label')
  return { finding, because, text: normalised }
}

const shifted = (text: string): Found => ({
  finding: { kind: 'invalid', error: 'ai01-length', issuer: 'GS1' },
  because: ['13 digits where AI 01 has 14'],
  text,
})

const WITH_GS = 'it holds a GS separator'
const WITHOUT_GS = 'it begins with AI 01 and 14 digits'
const SEPARATED: readonly string[] = [WITH_GS]
const UNSEPARATED: readonly string[] = [WITHOUT_GS]

/**
 * The usual symbol, as a scanner delivers it: all of `raw` from `start` to `end` is GS1's characters, the GTIN verifies, nothing is doubtful.
 * The same answer as the long way (at-once.test.ts) in a tenth of its time. Null: ask the long way.
 */
export const gs1AtOnce = (raw: string, start: number, end: number, aim: UsualAim | null, thisYear: number, keepsSeparators: boolean): Recognised | null => {
  if (aim === null && !raw.startsWith('01', start)) return null
  let from = start
  let to = end
  while (from < to && raw.charCodeAt(from) === 29) from += 1
  while (to > from && raw.charCodeAt(to - 1) === 29) to -= 1
  const read = readScanned(raw, from, to, thisYear, keepsSeparators)
  if (read.error !== null || read.doubt !== null || read.gtin === null || !read.gtinCheck) return null
  const elementString = from === 0 && to === raw.length ? raw : raw.slice(from, to)
  const normalised = from === start && to === end ? elementString : raw.slice(start, end)
  return {
    kind: 'gs1',
    issuer: 'GS1',
    serial: read.serial,
    lot: read.lot,
    expiresOn: read.expiresOn ?? dated(read, '7003', thisYear),
    producedOn: read.producedOn ?? dated(read, '8008', thisYear),
    others: read.others,
    elementString,
    bracketed: false,
    gtin: read.gtin,
    gtinCheck: true,
    level: read.gtin.charCodeAt(0) - 48,
    raw,
    normalised,
    aim: aim === null ? null : aim.aim,
    because: aim !== null ? aim.because : normalised.includes(GS) ? SEPARATED : UNSEPARATED,
  }
}
