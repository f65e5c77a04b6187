import { mod10Verifies } from './check-digits.ts'
import { GS, joinElements, readBracketed, readScanned } from './gs1-elements.ts'
import type { Elements } from './gs1-elements.ts'
import { ruleFor } from './gs1-identifiers.ts'
import type { Element, Finding, Found } from './recognised.ts'
import { shortDate } from './short-dates.ts'

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

const valueOf = (elements: readonly Element[], ai: string): string | null => elements.find((element) => element.ai === ai)?.value ?? null

const dateOf = (elements: readonly Element[], ai: string, thisYear: number): string | null => {
  const value = valueOf(elements, ai)
  const dayless = ruleFor(ai)?.date ?? null
  return value === null || dayless === null ? null : shortDate(value, thisYear, dayless)
}

export const gtinFields = (gtin: string): { gtin: string; gtinCheck: boolean; level: number } => ({
  gtin,
  gtinCheck: mod10Verifies(gtin),
  level: Number(gtin.charAt(0)),
})

const findingOf = (read: Elements, elementString: string, bracketed: boolean, thisYear: number): Finding => {
  const { elements } = read
  const fields = {
    issuer: 'GS1' as const,
    elements,
    elementString,
    bracketed,
    serial: valueOf(elements, '21'),
    lot: valueOf(elements, '10'),
    expiresOn: dateOf(elements, '17', thisYear),
    producedOn: dateOf(elements, '11', thisYear),
  }
  const gtin = valueOf(elements, '01')
  const sscc = valueOf(elements, '00')
  if (read.doubt !== null) return { kind: 'gs1-ambiguous', ...fields, ...(gtin === null ? { gtin: null, gtinCheck: null, level: null } : gtinFields(gtin)) }
  if (gtin !== null) return { kind: 'gs1', ...fields, ...gtinFields(gtin) }
  if (sscc !== null) return { kind: 'sscc', issuer: 'GS1', check: mod10Verifies(sscc) }
  return { kind: 'gs1-partial', ...fields }
}

/** A GTIN printed with 13 digits where 14 belong shifts everything behind it: name that instead of the nonsense that follows. */
const shiftedByOne = (text: string, thisYear: number): boolean => /^01\d{13}/.test(text) && readScanned(`010${text.slice(2)}`, thisYear, true).error === null

/** GS1 element strings, scanned or bracketed (trace-codes.md §1.3). Null: not GS1. */
export const findGs1 = ({ text, aim, substitutes, keepsSeparators, thisYear }: Gs1Reading): Found | null => {
  const because: string[] = []
  if (/^\((?:0\d|\d{2,4})\)/.test(text)) {
    const compact = text.replace(/\s/g, '')
    const read = readBracketed(compact, thisYear)
    if (read.error !== null)
      return { finding: { kind: 'invalid', error: read.error, issuer: 'GS1' }, because: [`bracketed elements: ${read.error}`], text: compact }
    return { finding: findingOf(read, joinElements(read.elements), true, thisYear), because: ['bracketed elements'], text: compact }
  }
  const enveloped = FORMAT_05.exec(text)
  // `]e0` with an EAN's digits is `]E0` whose Shift was missed.
  const marked = enveloped !== null || (aim !== null && GS1_SYMBOLOGY.test(aim) && !(aim.startsWith(']e') && /^(?:\d{8}|\d{12,13})$/.test(text)))
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
  const leading = /^01\d{14}/.test(whole)
  if (!marked && !separated && !leading) return null
  const elementString = whole.replace(/^\u001d+|\u001d+$/g, '')
  const read = readScanned(elementString, thisYear, keepsSeparators)
  because.push(marked ? 'a GS1 symbology' : separated ? 'it holds a GS separator' : 'it begins with AI 01 and 14 digits')
  if (read.error !== null) {
    const bare = !marked && !separated
    if (shiftedByOne(elementString, thisYear) && (!bare || mod10Verifies(elementString.slice(2, 15)))) return shifted(normalised)
    // Digits that merely begin with 01 are somebody else's code.
    if (bare && !mod10Verifies(elementString.slice(2, 16))) return null
    return { finding: { kind: 'invalid', error: read.error, issuer: 'GS1' }, because: [...because, read.error], text: normalised }
  }
  if (read.elements.length === 0 && read.doubt === null)
    return { finding: { kind: 'invalid', error: 'empty', issuer: 'GS1' }, because: [...because, 'nothing follows'], text: normalised }
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
