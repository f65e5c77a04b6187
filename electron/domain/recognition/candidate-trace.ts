import type { TraceCode } from '../../contract/codes.ts'
import { parseDate } from '../calendar.ts'
import { idVerifies, mod10VerifiesAt } from './check-digits.ts'
import { mapKey } from './issuer-rules.ts'
import type { Recognised } from './recognised.ts'
import { REFERENCE_YEAR, shortDate } from './short-dates.ts'
import type { PackTrace } from './trace-of.ts'

/** 20 digits that begin like a WeChat code, a bank card or a voucher (trace-codes.md §2.2), perhaps with digits typed behind or the end cut off. Alipay's, shipping labels' and 码上放心's have a kind of their own. */
const OF_OTHERS = /^(?:1[0-5]|62|424)/
const TELEPHONE = /^1[3-9]\d{9}$/

/** 15 digits: an ID number of before 1999. */
const isOldIdNumber = (run: string): boolean => run.length === 15 && shortDate(run.slice(6, 12), REFERENCE_YEAR, 'month') !== null

const holdsIdNumber = (text: string): boolean => {
  for (let at = 0; at + 18 <= text.length; at += 1) {
    const part = text.slice(at, at + 18)
    if (/^\d{17}[\dX]$/.test(part) && idVerifies(part) && parseDate(part.slice(6, 14)) !== null) return true
  }
  return false
}
const holdsGtin = (text: string): boolean => {
  for (let at = text.indexOf('01'); at !== -1 && at + 16 <= text.length; at = text.indexOf('01', at + 1))
    if (mod10VerifiesAt(text, at + 2, at + 16)) return true
  return false
}

/** 20 digits: what the standard calls a trace code, whoever issues it. */
const isTwentyDigits = (text: string): boolean => /^\d{20}$/.test(text) && !OF_OTHERS.test(text)

/** Capitals and digits, a few marks; no run of digits that is as long as a payment code or an ID number. */
const isMixed = (text: string): boolean => {
  if (text.length > 40 || !/^(?=.*[A-Z])(?:[0-9A-Z][._-]?){12,}$/.test(text)) return false
  if (/^OPC|^WXP|^WWW\.|^MA[.\d]|\.[A-Z]{2,6}$|^[A-Z]{3}\d{12}$|^[0-9A-F]{32}$/.test(text)) return false
  const runs = text.replaceAll('-', '').match(/\d+/g) ?? []
  if (runs.reduce((sum, run) => sum + run.length, 0) < 8) return false
  return runs.every((run) => run.length < 16 && !isOldIdNumber(run) && !TELEPHONE.test(run))
}

/**
 * Could this unknown code be a pack's? Only then may the counter ask "is this its trace code?", sell it upon a yes and learn it (trace-codes.md §0.5): an issuer nobody told us of is not refused.
 * It would be kept under `UNKNOWN/` and the first 7 of 20 characters, where the standard has the drug (NMPAB/T 1002); of another length under its whole text, so that only this pack is learnt.
 *
 * Conservative, because what passes is kept in clear. Through goes only a text of kind `unknown` (no payment code, voucher, ID, link, product or national code by its form)
 * that is 20 digits, or 12 to 40 capitals and digits with at least 8 digits. Never: blanks, lower case, `:/?=&@,%` and whatever else links, tokens, e-health cards and invoices are made of;
 * 20 digits that begin like a payment code, a voucher or a bank card; between letters a run of 16 digits, which could be one; a telephone number; an ID number or a GTIN anywhere inside; domain names; hexadecimal keys.
 */
export const candidateTrace = (code: Recognised): PackTrace | null => {
  const text = code.normalised
  if (code.kind !== 'unknown' || !(isTwentyDigits(text) || isMixed(text)) || holdsIdNumber(text.replaceAll('-', '')) || holdsGtin(text)) return null
  const twenty = text.length === 20
  return {
    code: text as TraceCode,
    issuer: 'UNKNOWN',
    packKey: text,
    symbol: text,
    identifier: mapKey('UNKNOWN', twenty ? text.slice(0, 7) : text),
    serial: twenty ? text.slice(7) : text,
    lot: null,
    expiry: null,
    production: null,
    level: null,
  }
}
