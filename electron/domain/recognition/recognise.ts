import type { CounterStep } from '../../contract/scan.ts'
import { findBaseCode, findCatalogueCode } from './catalogue-codes.ts'
import { mod10Verifies } from './check-digits.ts'
import { findCounterCode } from './counter-codes.ts'
import { findGs1 } from './gs1.ts'
import { findAhm, findHibc } from './hibc.ts'
import { PUBLIC_SAMPLES } from './known-codes.ts'
import type { KnownCodes } from './known-codes.ts'
import { findMa } from './ma.ts'
import { clean } from './normalise.ts'
import { findProductBarcode, isOuterPackSymbol } from './product-barcode.ts'
import type { Found, InvalidReason, Recognised } from './recognised.ts'
import { REFERENCE_YEAR } from './short-dates.ts'
import { findWebLink } from './web-link.ts'

export interface RecogniseInput {
  /** As the device delivered it, at most 512 characters once trimmed. */
  readonly raw: string
  /** Symbology identifier, when the driver has it apart from the text (HID POS). */
  readonly aim?: string | undefined
  /** What the counter waits for; decides between ID and payment code only. */
  readonly step?: CounterStep | undefined
  /** What this scanner sends instead of GS, from its profile; never a global list. */
  readonly substitutes?: readonly string[] | undefined
  /** This scanner was seen to deliver GS (acceptance screen): then a missing one means there is none. */
  readonly keepsSeparators?: boolean | undefined
  /** Year of the caller's clock, for two-digit years. */
  readonly thisYear?: number | undefined
  readonly known?: KnownCodes | undefined
}

const LONGEST = 512
/** Beyond this nothing is even trimmed: no scanner delivers it. */
const LONGEST_RAW = 2048
const MSFX = /^8\d{19}$/

const invalid = (error: InvalidReason, because: string): Found => ({ finding: { kind: 'invalid', error, issuer: null }, because: [because] })

/** Fillers that some systems send where a code is demanded (trace-codes.md §2.1). Never from a pack. */
const findPlaceholder = (text: string): Found | null => {
  if (/^(\d)\1{12,}$/.test(text) || /^0{7,}$/.test(text)) return { finding: { kind: 'placeholder' }, because: ['one digit repeated'] }
  if (/^0{12}\d{8}$/.test(text)) return { finding: { kind: 'placeholder' }, because: ['20 digits that are zeros and a counter'] }
  return /^8\d{6}0{13}$/.test(text) ? { finding: { kind: 'placeholder' }, because: ['an identifier with a serial of zeros'] } : null
}

const findMsfx = (text: string, known: KnownCodes): Found | null => {
  if (MSFX.test(text)) {
    const drugIdentifier = text.slice(0, 7)
    const level = Object.hasOwn(known.levels, drugIdentifier) ? (known.levels[drugIdentifier] ?? null) : null
    return {
      finding: { kind: 'drug-trace', issuer: 'MSFX', drugIdentifier, serial: text.slice(7), level },
      because: [
        '20 digits from 8: identifier and serial of 码上放心',
        level === null ? 'its package level cannot be read from the code' : `package level ${level} by the table of identifiers`,
      ],
    }
  }
  return /^8\d{6}$/.test(text)
    ? { finding: { kind: 'partial', drugIdentifier: text }, because: ['seven digits from 8: a drug identifier without its serial'] }
    : null
}

const findShippingLabel = (text: string): Found | null =>
  /^00\d{18}$/.test(text)
    ? { finding: { kind: 'sscc', issuer: 'GS1', check: mod10Verifies(text.slice(2)) }, because: ['20 digits from 00: a shipping label'] }
    : null

/** A trace code that lost or gained digits, or two glued together: refused with its length, never cut to fit. */
const findWrongLength = (text: string): Found | null =>
  /^8\d{14,}$/.test(text) ? invalid('length', `${text.length} digits from 8 where a trace code has 20`) : null

const nameUnknown = (text: string): string => {
  if (/^01,/.test(text)) return 'commas after 01: an invoice QR perhaps'
  if (/^[^:\s]{8,64}:\d/.test(text)) return 'parts between colons: an e-health card perhaps'
  if (/^\d+$/.test(text)) return `${text.length} digits of no known scheme`
  return `${text.length} characters of no known scheme`
}

/** The order is the decision: trace-codes.md §2.4. MA and HIBC stand before GS1 because their first character is never a GS1 identifier's. */
const find = (text: string, aim: string | null, input: RecogniseInput): Found => {
  const thisYear = input.thisYear ?? REFERENCE_YEAR
  const known = input.known ?? PUBLIC_SAMPLES
  if (text === '') return invalid('empty', 'nothing was delivered')
  if (text.length > LONGEST) return invalid('too-long', `more than ${LONGEST} characters`)
  return (
    findPlaceholder(text) ??
    findMsfx(text, known) ??
    findWebLink(text, thisYear) ??
    findMa(text, thisYear) ??
    findHibc(text, thisYear) ??
    findGs1({ text, aim, substitutes: input.substitutes ?? [], keepsSeparators: input.keepsSeparators ?? false, thisYear }) ??
    findAhm(text) ??
    findCounterCode(text, input.step) ??
    findShippingLabel(text) ??
    findCatalogueCode(text, known) ??
    (isOuterPackSymbol(text, aim) ? findProductBarcode(text, aim) : findBaseCode(text)) ??
    findProductBarcode(text, aim) ??
    findWrongLength(text) ?? { finding: { kind: 'unknown' }, because: [nameUnknown(text)] }
  )
}

/**
 * What is this code? Pure and total: every text gets an answer, an unknown one is named unknown and never dropped.
 * Nothing is looked up but the small tables handed over; whether the code may be used here and now is the step filter's and the ledger's.
 */
export const recognise = (input: RecogniseInput): Recognised => {
  if (input.raw.length > LONGEST_RAW)
    return { kind: 'invalid', error: 'too-long', issuer: null, raw: input.raw, normalised: input.raw, aim: null, because: [`more than ${LONGEST} characters`] }
  const { text, aim, because } = clean(input.raw, input.aim)
  const found = find(text, aim, input)
  return { ...found.finding, raw: input.raw, normalised: found.text ?? text, aim, because: [...because, ...found.because] }
}
