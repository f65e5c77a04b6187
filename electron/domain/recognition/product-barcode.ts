import { mod10Verifies } from './check-digits.ts'
import { gtinFields } from './gs1.ts'
import type { Found } from './recognised.ts'

const ITF = /^\]I[0-9]$/
const EAN = /^\]E[0-9]$/

/** A product's bar code: EAN-13, EAN-8, UPC, GTIN-14. A wrong check digit stays a bar code only where prefix or symbology say so; elsewhere it is just digits. Null: none. */
export const findProductBarcode = (text: string, aim: string | null): Found | null => {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text) || /^0+$/.test(text)) return null
  const check = mod10Verifies(text)
  const bySymbology = aim !== null && (text.length === 14 ? ITF.test(aim) : EAN.test(aim))
  const byPrefix = /^69\d{11}$/.test(text)
  if (!check && !bySymbology && !byPrefix) return null
  const inStore = /^2\d{12}$/.test(text) || (text.length === 8 && text.startsWith('2'))
  return {
    finding: { kind: 'gtin', ...gtinFields(text.padStart(14, '0')) },
    because: [
      `a product bar code of ${text.length} digits`,
      ...(inStore ? ['numbered in the store, or weighed'] : []),
      ...(/^869\d{11}$/.test(text)
        ? [aim !== null && ITF.test(aim) ? 'not a base code: an ITF symbol is on an outer pack' : 'not a base code: the shop knows the outer pack']
        : []),
      ...(check ? [] : ['its check digit does not verify']),
    ],
  }
}

/** Decided before the 本位码, which has the same digits: an ITF symbol is on an outer pack. */
export const isOuterPackSymbol = (text: string, aim: string | null): boolean => text.length === 14 && aim !== null && ITF.test(aim)
