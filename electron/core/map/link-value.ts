import type { LinkKind, ScanKind } from '../../contract/index.ts'
import { maskText } from '../../domain/masking.ts'
import { recognise } from '../../domain/recognition/recognise.ts'
import { mod10Verifies } from '../../domain/recognition/check-digits.ts'

/** One number in every printed length: GTIN-14 without the zeros it was padded with. 8, 13 or 14 digits. */
export const barcodeOfGtin = (gtin: string): string => gtin.replace(/^0{6}(?=\d{8}$)/, '').replace(/^0(?=\d{13}$)/, '')
export const gtinOfBarcode = (barcode: string): string => barcode.padStart(14, '0')

const LONGEST = 101
const SECRETS: readonly ScanKind[] = ['wechat-pay', 'alipay-pay', 'unionpay', 'id-card', 'insurance-ecert', 'insurance-openplatform']
/** Codes of a whole pack or carton, or of a product in another catalogue: no identifier begins with them. */
const NO_IDENTIFIER: readonly ScanKind[] = [
  'drug-trace',
  'gs1',
  'gs1-partial',
  'gs1-ambiguous',
  'gs1-url',
  'sscc',
  'placeholder',
  'nhsa-drug',
  'nhsa-tcm-patent',
  'nhsa-herb',
  'nhsa-consumable',
  'nhsa-consumable-partial',
  'approval-number',
]

/** Key of another issuer's front: `ISSUER/identifier` (domain/recognition/issuer-rules.ts); UNKNOWN of a code whose issuer nobody told us of. */
const OF_ISSUER = /^[A-Z][A-Z0-9-]{1,19}\/[\x21-\x7e]{1,80}$/
const MA_IDENTIFIER = /^MA\.[\x21-\x7e]{3,90}$/

const asIdentifier = (text: string): string | null => {
  if (/^8\d{6}$/.test(text)) return text
  if (/^\d{8}$|^\d{12,14}$/.test(text)) return mod10Verifies(text) ? gtinOfBarcode(text) : null
  return MA_IDENTIFIER.test(text) || (OF_ISSUER.test(text) && maskText(text) === text) ? text : null
}
const asBarcode = (text: string): string | null => (/^\d{8}$|^\d{12,14}$/.test(text) && mod10Verifies(text) ? barcodeOfGtin(gtinOfBarcode(text)) : null)

/**
 * The one form in which a code of this kind is stored and looked up, or null: it is none.
 * Somebody's payment code, voucher or ID number is none, whatever it is called (trace-codes.md §2.4).
 */
export const linkValue = (kind: LinkKind, text: string): string | null => {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > LONGEST) return null
  const found = recognise({ raw: trimmed, step: 'drug' })
  if (SECRETS.includes(found.kind) || (/^\d+x?$/i.test(trimmed) && maskText(trimmed) !== trimmed)) return null
  switch (kind) {
    case 'trace-identifier':
      return NO_IDENTIFIER.includes(found.kind) ? null : asIdentifier(trimmed)
    case 'barcode':
      return asBarcode(trimmed)
    case 'national-code':
      return found.kind === 'nhsa-drug' || found.kind === 'nhsa-tcm-patent' || found.kind === 'nhsa-herb' ? found.normalised : null
    case 'approval-number':
      return found.kind === 'approval-number' ? found.normalised : null
    case 'base-code':
      return found.kind === 'nmpa-base-code' && found.check ? found.normalised : null
  }
}
