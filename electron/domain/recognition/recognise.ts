import type { CounterStep } from '../../contract/scan.ts'
import { findBaseCode, findCatalogueCode } from './catalogue-codes.ts'
import { mod10Verifies } from './check-digits.ts'
import { findCounterCode } from './counter-codes.ts'
import { decodeScan } from './decode-scan.ts'
import { findGs1, gs1AtOnce, isGs1Symbology } from './gs1.ts'
import { findAhm, findHibc } from './hibc.ts'
import { mapKey, readIssued, SHIPPED_RULES } from './issuer-rules.ts'
import type { IssuerRules } from './issuer-rules.ts'
import { PUBLIC_SAMPLES } from './known-codes.ts'
import type { KnownCodes } from './known-codes.ts'
import { findMa } from './ma.ts'
import { clean } from './normalise.ts'
import { findPrescriptionTrace } from './prescription-trace.ts'
import { findProductBarcode, isOuterPackSymbol } from './product-barcode.ts'
import type { Found, InvalidReason, Recognised } from './recognised.ts'
import { REFERENCE_YEAR } from './short-dates.ts'
import { traceAtOnce } from './trace-at-once.ts'
import { usualAim, usualAimAt } from './usual-aim.ts'
import { findWebLink } from './web-link.ts'

export interface RecogniseInput {
  /** As the device delivered it: bytes, or text that the driver decoded; at most 512 characters once trimmed. */
  readonly raw: string | Uint8Array
  /** Symbology identifier, when the driver has it apart from the text (HID POS). */
  readonly aim?: string | undefined
  /** What the counter waits for; decides between ID and payment code only. */
  readonly step?: CounterStep | undefined
  /** The field that was scanned into, where that decides: 20 characters in a prescription's are its trace code. */
  readonly field?: 'prescription' | undefined
  /** What this scanner sends instead of GS, from its profile; never a global list. */
  readonly substitutes?: readonly string[] | undefined
  /** This scanner was seen to deliver GS (acceptance screen): then a missing one means there is none. */
  readonly keepsSeparators?: boolean | undefined
  /** This scanner was seen to send a symbology identifier with every code (acceptance screen): one without has lost its beginning. */
  readonly sendsAim?: boolean | undefined
  /** Year of the caller's clock, for two-digit years. */
  readonly thisYear?: number | undefined
  readonly known?: KnownCodes | undefined
}

const LONGEST = 512
/** Beyond this nothing is even trimmed: no scanner delivers it. */
const LONGEST_RAW = 2048

const invalid = (error: InvalidReason, because: string): Found => ({ finding: { kind: 'invalid', error, issuer: null }, because: [because] })
const PLACEHOLDER = { kind: 'placeholder' } as const

/** Fillers that some systems send where a code is demanded (trace-codes.md §2.1). Never from a pack. */
const findPlaceholder = (text: string): Found | null => {
  if (/^(\d)\1{12,}$/.test(text) || /^0{7,}$/.test(text)) return { finding: PLACEHOLDER, because: ['one digit repeated'] }
  return /^0{12}\d{8}$/.test(text) ? { finding: PLACEHOLDER, because: ['20 digits that are zeros and a counter'] } : null
}

/** By the table of issuers. */
const findIssued = (text: string, aim: string | null, rules: IssuerRules, known: KnownCodes): Found | null => {
  const read = readIssued(text, rules)
  if (read === null) return null
  const { rule, drugIdentifier, serial } = read
  if (/^0+$/.test(serial)) return { finding: PLACEHOLDER, because: ['an identifier with a serial of zeros'] }
  const key = mapKey(rule.issuer, drugIdentifier)
  const looked = rule.level.by === 'table' && Object.hasOwn(known.levels, key) ? (known.levels[key] ?? null) : null
  const level = read.level ?? looked
  return {
    finding: { kind: 'drug-trace', issuer: rule.issuer, drugIdentifier, serial, level },
    because: [
      `the form of ${rule.name} (certainty ${rule.certainty})`,
      level === null
        ? 'its package level cannot be read from the code'
        : `package level ${level} by ${looked === null ? 'its digit' : 'the table of identifiers'}`,
      ...(isGs1Symbology(aim, text) ? ['the symbology says GS1, the digits are the issuer’s: the scanner or the printer is set wrongly'] : []),
    ],
  }
}

const findIdentifierOnly = (text: string): Found | null =>
  /^8\d{6}$/.test(text) ? { finding: { kind: 'partial', drugIdentifier: text }, because: ['seven digits from 8: a drug identifier without its serial'] } : null

const findShippingLabel = (text: string): Found | null => {
  if (!/^00\d{18}$/.test(text)) return null
  const check = mod10Verifies(text.slice(2))
  return {
    finding: { kind: 'sscc', issuer: 'GS1', check },
    because: ['20 digits from 00: a shipping label, no trace code', ...(check ? [] : ['its check digit does not verify'])],
  }
}

/** A trace code that lost or gained digits, or two glued together: refused with its length, never cut to fit. */
const findWrongLength = (text: string): Found | null => {
  if (!/^8\d{14,}$/.test(text)) return null
  const twice = /^8\d{19}8\d{19}$/.test(text) ? ': two scans glued together' : ''
  return invalid('length', `${text.length} digits from 8 where a trace code has 20${twice}`)
}

const nameUnknown = (text: string): string => {
  if (/^01,/.test(text)) return 'commas after 01: an invoice QR perhaps'
  if (/^[^:\s]{8,64}:\d/.test(text)) return 'parts between colons: an e-health card perhaps'
  if (/^424\d{20,}$/.test(text)) return `begins like an insurance e-voucher, but has ${text.length} digits where that has 28`
  if (/^\d+$/.test(text)) return `${text.length} digits of no known scheme`
  return `${text.length} characters of no known scheme`
}

/**
 * The order is the decision: trace-codes.md §2.4. MA and HIBC stand before GS1 because their first character is never a GS1 identifier's;
 * rules from a file stand behind everything that has an owner, and before bare product digits unless the symbology says EAN or ITF.
 */
const find = (text: string, aim: string | null, input: RecogniseInput): Found => {
  const thisYear = input.thisYear ?? REFERENCE_YEAR
  const known = input.known ?? PUBLIC_SAMPLES
  if (text === '') return invalid('empty', 'nothing was delivered')
  if (text.length > LONGEST) return invalid('too-long', `more than ${LONGEST} characters`)
  if (aim === null && input.sendsAim === true) return invalid('beginning-lost', 'this scanner sends a symbology identifier with every code, and none came')
  const productSymbol = aim !== null && /^\][EI]/.test(aim)
  return (
    findPlaceholder(text) ??
    (input.field === 'prescription' ? findPrescriptionTrace(text, aim) : null) ??
    findIssued(text, aim, SHIPPED_RULES, known) ??
    findIdentifierOnly(text) ??
    findWebLink(text, thisYear) ??
    findMa(text, thisYear) ??
    findHibc(text, thisYear) ??
    findGs1({ text, aim, substitutes: input.substitutes ?? [], keepsSeparators: input.keepsSeparators ?? false, thisYear }) ??
    findAhm(text) ??
    findCounterCode(text, input.step, thisYear) ??
    findShippingLabel(text) ??
    findCatalogueCode(text, known) ??
    (known.issuers === undefined || productSymbol ? null : findIssued(text, aim, known.issuers, known)) ??
    (isOuterPackSymbol(text, aim) ? findProductBarcode(text, aim) : findBaseCode(text, known)) ??
    findProductBarcode(text, aim) ??
    findWrongLength(text) ?? { finding: { kind: 'unknown' }, because: [nameUnknown(text)] }
  )
}

/** Lines that are codes each: a device that buffers delivers two scans at once. They are never joined; which one was meant is not guessed. */
const findTwoScans = (text: string, input: RecogniseInput): Found | null => {
  if (!/[\r\n\t]/.test(text) || text.startsWith('<')) return null
  const lines = text.split(/[\r\n\t]+/)
  const isCode = (line: string): boolean =>
    !['unknown', 'invalid'].includes(recogniseInFull(line, { ...input, raw: line, aim: undefined, sendsAim: false }).kind)
  return lines.length <= 20 && lines.some(isCode) ? invalid('two-scans', 'more than one line, and a code among them: two scans were delivered as one') : null
}

/** The long way, which can answer everything. Exported for the test that holds the two ways together. */
export const recogniseInFull = (raw: string, input: RecogniseInput): Recognised => {
  if (raw.length > LONGEST_RAW)
    return { kind: 'invalid', error: 'too-long', issuer: null, raw, normalised: raw, aim: null, because: [`more than ${LONGEST} characters`] }
  const { text, aim, because } = clean(raw, input.aim)
  const found = findTwoScans(text, input) ?? find(text, aim, input)
  return { ...found.finding, raw, normalised: found.text ?? text, aim, because: [...because, ...found.because] }
}

/** CR, LF and TAB behind a scan. */
const scanEnd = (raw: string): number => {
  let end = raw.length
  for (let code = raw.charCodeAt(end - 1); code === 13 || code === 10 || code === 9; code = raw.charCodeAt(end - 1)) end -= 1
  return end
}

/** What nearly every scan is: 20 digits from 8, or a proper GS1 symbol. Null: look closer. */
const recogniseAtOnce = (raw: string, input: RecogniseInput): Recognised | null => {
  if (raw.length > LONGEST || input.field !== undefined || input.sendsAim === true) return null
  const inText = raw.charCodeAt(0) === 0x5d
  if (inText && input.aim !== undefined) return null
  const aim = inText ? usualAimAt(raw, 1) : input.aim === undefined ? null : usualAim(input.aim)
  if (aim === null && (inText || input.aim !== undefined)) return null
  const start = inText ? 3 : 0
  const gs1 = aim === null ? raw.charCodeAt(start) === 0x30 : aim.gs1
  if (gs1 && input.substitutes !== undefined && input.substitutes.length > 0) return null
  if (gs1) return gs1AtOnce(raw, start, scanEnd(raw), aim, input.thisYear ?? REFERENCE_YEAR, input.keepsSeparators ?? false)
  return raw.charCodeAt(start) === 0x38 ? traceAtOnce(raw, start, scanEnd(raw), aim, input.known ?? PUBLIC_SAMPLES) : null
}

/**
 * What is this code? Pure and total: every text gets an answer, an unknown one is named unknown and never dropped.
 * Nothing is looked up but the small tables handed over; whether the code may be used here and now is the step filter's and the ledger's.
 */
export const recognise = (input: RecogniseInput): Recognised => {
  if (typeof input.raw === 'string') return recogniseAtOnce(input.raw, input) ?? recogniseInFull(input.raw, input)
  const { text, note } = decodeScan(input.raw.length > LONGEST_RAW ? input.raw.subarray(0, LONGEST_RAW + 1) : input.raw)
  const code = recognise({ ...input, raw: text })
  return note === null ? code : { ...code, because: [note, ...code.because] }
}
