import { mod10Verifies } from './check-digits.ts'
import type { KnownCodes } from './known-codes.ts'
import type { Found, NationalCode } from './recognised.ts'

const WESTERN = /^X[A-Z]\d{2}[A-Z]{2}[A-Z]\d{3}[A-Z]\d{3}\d{9}$/
const PATENT = /^Z[A-Z]\d{2}[A-Z]{2}[A-Z]\d{4}\d{9}$/
/** Checked on 14,199 published codes: all are strict. The tolerant form stays for the rest of the national table. */
const TOLERANT = /^[XZ][A-Z][0-9A-Z]{18,21}$/
const APPROVAL = /^国药准字\s*-?\s*[HZSJBTF][JCABTX]?\s*\d{8}$/i

const national = (kind: NationalCode['kind'], enterprise: string | null, known: KnownCodes, text: string, because: string): Found => ({
  finding: { kind, enterprise, baseCode: Object.hasOwn(known.baseCodes, text) ? (known.baseCodes[text] ?? null) : null },
  because: [because],
  text,
})

/** National codes of drugs, pieces and consumables, and approval numbers: codes of a product in a catalogue, never of a pack (trace-codes.md §3). Null: none of them. */
export const findCatalogueCode = (text: string, known: KnownCodes): Found | null => {
  const upper = text.toUpperCase()
  if (APPROVAL.test(text)) return { finding: { kind: 'approval-number' }, because: ['国药准字, a letter and eight digits'], text: upper.replace(/[\s-]/g, '') }
  if (/^T\d{9}$/.test(upper)) return national('nhsa-herb', null, known, upper, 'T and nine digits')
  if (/^C\d{14}$/.test(upper)) return national('nhsa-consumable-partial', null, known, upper, 'the head of a consumable code, without its company part')
  if (/^C\d{19}(?:\d{7})?$/.test(upper))
    return national(
      'nhsa-consumable',
      upper.slice(15, 20),
      known,
      upper,
      upper.length === 20 ? 'C and 19 digits' : 'C and 26 digits, the last seven for the specification',
    )
  if (WESTERN.test(upper)) return national('nhsa-drug', upper.slice(-5), known, upper, '23 characters of a western drug')
  if (PATENT.test(upper)) return national('nhsa-tcm-patent', upper.slice(-5), known, upper, '20 characters of a Chinese patent drug')
  if (!TOLERANT.test(upper)) return null
  const company = upper.slice(-5)
  return national(
    upper.startsWith('X') ? 'nhsa-drug' : 'nhsa-tcm-patent',
    /^\d{5}$/.test(company) ? company : null,
    known,
    upper,
    'begins and measures like a national code, its parts do not',
  )
}

/**
 * 本位码: 86 + 9 + company 5 + product 5 + check. Its check is GS1's: an outer pack's GTIN-14 with indicator 8 has the same digits (trace-codes.md §2.2).
 * What tells them apart: the symbology (ITF is a pack's, and was asked before), then what the shop's own map knows. Null: none, or the pack's.
 */
export const findBaseCode = (text: string, known: KnownCodes): Found | null => {
  if (!/^869\d{11}$/.test(text)) return null
  const check = mod10Verifies(text)
  const isBaseCode = known.isBaseCode?.(text) ?? false
  const isGtin = known.isGtin?.(text) ?? false
  if (isGtin && !isBaseCode && check) return null
  const because = isBaseCode
    ? isGtin
      ? 'the shop knows these digits as a base code and as an outer pack: without an ITF symbol, the base code'
      : 'the shop knows this base code'
    : '14 digits from 869, not from an ITF symbol'
  return { finding: { kind: 'nmpa-base-code', enterprise: text.slice(3, 8), check }, because: [because, ...(check ? [] : ['its check digit does not verify'])] }
}
