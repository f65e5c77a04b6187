import type { TraceCode } from '../../contract/codes.ts'
import type { BusinessDate } from '../../contract/time.ts'
import { parseDate } from '../calendar.ts'
import { mapKey } from './issuer-rules.ts'
import { outgoingCode } from './outgoing-code.ts'
import type { Recognised } from './recognised.ts'

export interface PackTrace {
  /** The form in which a pack's code is stored, compared and sent: `outgoingCode` of the form asked for. */
  readonly code: TraceCode
  /** Who numbered the pack: MSFX, GS1, MA, an issuer of the rule file; UNKNOWN of a `candidateTrace`. */
  readonly issuer: string
  /** Names the pack for ever, whatever order its symbol puts its elements in and whatever else it says: unique in a ledger. */
  readonly packKey: string
  /** The symbol's own data, separators kept: what another outgoing form is made of. */
  readonly symbol: string
  /** Key of the three-code map: 码上放心 identifier, GTIN-14, MA identifier, or `ISSUER/identifier`. */
  readonly identifier: string
  /** Identifier and serial name one pack, whatever else its symbol says. */
  readonly serial: string
  readonly lot: string | null
  readonly expiry: BusinessDate | null
  readonly production: BusinessDate | null
  /** 1 smallest pack, more = outer; null when the code does not tell. */
  readonly level: number | null
}

const date = (text: string | null): BusinessDate | null => (text === null ? null : parseDate(text))

const packTrace = (fields: Omit<PackTrace, 'code'>): PackTrace | null => {
  const code = outgoingCode('gs-removed', fields)
  return code === null ? null : { code: code as TraceCode, ...fields }
}

/** The pack's trace code, or null: nothing here identifies one pack (trace-codes.md §1.3 rules 7 and 9, §2.4). */
export const traceOf = (code: Recognised): PackTrace | null => {
  switch (code.kind) {
    case 'drug-trace':
      return packTrace({
        issuer: code.issuer,
        packKey: code.normalised,
        symbol: code.normalised,
        identifier: mapKey(code.issuer, code.drugIdentifier),
        serial: code.serial,
        lot: null,
        expiry: null,
        production: null,
        level: code.level,
      })
    case 'gs1':
      // A wrong GTIN check digit in a scanned symbol is a misread; in a typed line it is only a warning.
      if (code.serial === null || (!code.gtinCheck && !code.bracketed)) return null
      return packTrace({
        issuer: code.issuer,
        packKey: `01${code.gtin}21${code.serial}`,
        symbol: code.elementString,
        identifier: code.gtin,
        serial: code.serial,
        lot: code.lot,
        expiry: date(code.expiresOn),
        production: date(code.producedOn),
        level: code.level === 9 ? null : code.level + 1,
      })
    case 'udi': {
      if (code.issuer !== 'MA' || !code.plain || code.serial === null || code.drugIdentifier === null) return null
      // `.V` is the last good day, `.E` the first bad one; our expiry is the last day of sale.
      return packTrace({
        issuer: code.issuer,
        packKey: `${code.drugIdentifier}.S${code.serial}`,
        symbol: code.normalised,
        identifier: code.drugIdentifier,
        serial: code.serial,
        lot: code.lot,
        expiry: date(code.validUntil ?? code.expiresOn),
        production: date(code.producedOn),
        level: code.level === null ? null : code.level + 1,
      })
    }
    default:
      return null
  }
}
