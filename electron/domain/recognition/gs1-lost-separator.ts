import { mod10VerifiesAt } from './check-digits.ts'
import { bitsOf, fitsUntil, misfit, ruleAt } from './gs1-identifiers.ts'
import type { ElementRule } from './gs1-identifiers.ts'
import { shortDateAt } from './short-dates.ts'

/** What scanners are known to send in place of GS. Replaced only where the scanner's profile says so; here they only raise doubt. */
const REPLACED_SEPARATOR = /\{GS\}|<GS>|\^\]|\\u001d|\\x1d|[~\u2194\u241d]/i

export const isReplacedSeparator = (text: string, at: number, end: number): boolean =>
  REPLACED_SEPARATOR.exec(text.slice(at, Math.min(end, at + 8)))?.index === 0

/** Others inside a lot or serial are chance. */
const ON_A_DRUG = bitsOf(['01', '10', '11', '13', '15', '17', '21'])
/** Also looked for where the value is certainly too long. */
const ON_A_LABEL = ON_A_DRUG | bitsOf(['30', '37', '240'])

/** A text up to `end`, and the year it is read in. */
interface Scan {
  readonly text: string
  readonly end: number
  readonly thisYear: number
}

/** Can the scan from `at` be read to its end as elements, none of them seen before? */
const readable = (scan: Scan, at: number, seen: number, among: number): boolean => {
  const { text, end, thisYear } = scan
  const rule = ruleAt(text, at)
  if (rule === null || (rule.bit & among & ~seen) === 0) return false
  const from = at + rule.width
  if (rule.fixed === 0) return misfit(rule, text, from, end) === null || splits(scan, rule, from, seen | rule.bit, among)
  const to = from + rule.fixed
  if (to > end || misfit(rule, text, from, to) !== null) return false
  if (rule.date !== null && shortDateAt(text, from, thisYear, rule.date) === null) return false
  return to === end || readable(scan, to, seen | rule.bit, among)
}

/** Can a variable value end early, the rest being elements? */
const splits = (scan: Scan, rule: ElementRule, from: number, seen: number, among: number): boolean => {
  const last = fitsUntil(rule, scan.text, from, Math.min(scan.end - 1, from + rule.longest))
  for (let at = from + rule.shortest; at <= last; at += 1) if (readable(scan, at, seen, among)) return true
  return false
}

/** AI 01 with this GTIN, or with any that verifies: what a second symbol glued to a serial looks like. */
export const holdsGtin = (text: string, from: number, to: number, gtin: string | null): boolean => {
  for (let at = text.indexOf('01', from); at !== -1 && at + 16 <= to; at = text.indexOf('01', at + 1)) {
    if (gtin === null ? mod10VerifiesAt(text, at + 2, at + 16) : text.startsWith(gtin, at + 2)) return true
  }
  return false
}

/** A value that no separator ends: what speaks against taking it as it stands; null: nothing. `isWrong`: it does not fit anyhow. */
export const doubtOf = (scan: Scan, rule: ElementRule, from: number, isWrong: boolean, seen: number, hasGtin: boolean): string | null => {
  const { text, end } = scan
  if ((isWrong || text.includes('<', from)) && REPLACED_SEPARATOR.test(text.slice(from, end))) return `AI ${rule.ai} holds what looks like a replaced separator`
  if (splits(scan, rule, from, seen | rule.bit, isWrong ? ON_A_LABEL : ON_A_DRUG)) return `AI ${rule.ai} is not ended by a separator and may hold others`
  return hasGtin && holdsGtin(text, from, end, null) ? `AI ${rule.ai} holds what looks like another symbol's GTIN` : null
}
