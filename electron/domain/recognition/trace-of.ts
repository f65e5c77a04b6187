import type { TraceCode } from '../../contract/codes.ts'
import type { BusinessDate } from '../../contract/time.ts'
import { parseDate } from '../calendar.ts'
import type { Recognised } from './recognised.ts'

export interface PackTrace {
  /** The form in which a pack's code is stored, compared and sent. */
  readonly code: TraceCode
  /** Key of the three-code map: 码上放心 identifier, GTIN-14 or MA identifier. */
  readonly identifier: string
  /** Identifier and serial name one pack, whatever else its symbol says. */
  readonly serial: string
  readonly lot: string | null
  readonly expiry: BusinessDate | null
  readonly production: BusinessDate | null
  /** 1 smallest pack, more = outer; null when the code does not tell. */
  readonly level: number | null
}

const LONGEST_CODE = 100

/** Rule `gs-removed`: the symbol's own data as it stands, without AIM and brackets, its separators taken out (trace-codes.md §1.3). Fields are never joined anew. */
export const withoutSeparators = (elementString: string): string => elementString.replaceAll('\u001d', '')

const date = (text: string | null): BusinessDate | null => (text === null ? null : parseDate(text))

const packTrace = (code: string, fields: Omit<PackTrace, 'code'>): PackTrace | null =>
  code.length > LONGEST_CODE ? null : { code: code as TraceCode, ...fields }

/** The pack's trace code, or null: nothing here identifies one pack (trace-codes.md §1.3 rules 7 and 9, §2.4). */
export const traceOf = (code: Recognised): PackTrace | null => {
  switch (code.kind) {
    case 'drug-trace':
      return packTrace(code.normalised, { identifier: code.drugIdentifier, serial: code.serial, lot: null, expiry: null, production: null, level: code.level })
    case 'gs1':
      // A wrong GTIN check digit in a scanned symbol is a misread; in a typed line it is only a warning.
      if (code.serial === null || (!code.gtinCheck && !code.bracketed)) return null
      return packTrace(withoutSeparators(code.elementString), {
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
      return packTrace(code.normalised, {
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
