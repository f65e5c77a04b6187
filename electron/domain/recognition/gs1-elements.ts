import { ruleAt, ruleFor } from './gs1-identifiers.ts'
import type { ElementRule } from './gs1-identifiers.ts'
import type { Element, InvalidReason } from './recognised.ts'
import { shortDate } from './short-dates.ts'

export const GS = '\u001d'

/** What scanners are known to send in place of GS. Replaced only where the scanner's profile says so; here they only raise doubt. */
const REPLACED_SEPARATOR = /\{GS\}|<GS>|\^\]|\\u001d|\\x1d|[~\u2194\u241d]/i

export interface Elements {
  readonly elements: readonly Element[]
  readonly error: InvalidReason | null
  /** The last value may have swallowed others: elements hold only what stands before it. */
  readonly doubt: string | null
}

const broken = (elements: readonly Element[], error: InvalidReason): Elements => ({ elements, error, doubt: null })

const wrong = (rule: ElementRule, value: string, thisYear: number): InvalidReason | null => {
  if (value.length < rule.shortest || value.length > rule.longest) return `ai${rule.ai}-length`
  if (!rule.pattern.test(value)) return `ai${rule.ai}-format`
  return rule.date !== null && shortDate(value, thisYear, rule.date) === null ? `ai${rule.ai}-date` : null
}

/** Identifiers that share a drug's label; others inside a lot or serial are chance. */
const ON_A_DRUG = ['01', '10', '11', '13', '15', '17', '21']
/** Also looked for where the value is certainly too long. */
const ON_A_LABEL = [...ON_A_DRUG, '30', '37', '240']

/** Can `text` be read to its end as elements, none of them seen before? */
const readable = (text: string, seen: readonly string[], among: readonly string[], thisYear: number): boolean => {
  const rule = ruleAt(text, 0)
  if (rule === null || seen.includes(rule.ai) || !among.includes(rule.ai)) return false
  const rest = text.slice(rule.ai.length)
  if (rule.fixed === null) return rule.pattern.test(rest) || splits(rule, rest, [...seen, rule.ai], among, thisYear)
  if (wrong(rule, rest.slice(0, rule.fixed), thisYear) !== null) return false
  return rest.length === rule.fixed || readable(rest.slice(rule.fixed), [...seen, rule.ai], among, thisYear)
}

/** Can a variable value end early, the rest being elements? */
const splits = (rule: ElementRule, value: string, seen: readonly string[], among: readonly string[], thisYear: number): boolean => {
  for (let end = 1; end < value.length; end += 1) {
    if (rule.pattern.test(value.slice(0, end)) && readable(value.slice(end), seen, among, thisYear)) return true
  }
  return false
}

/**
 * An element string as scanned. A variable value that no GS ends is doubtful when other elements can be read inside it: "all characters consumed"
 * proves nothing (trace-codes.md §1.3 rule 4). A GS elsewhere in the symbol, or a scanner known to keep them, settles the doubt.
 */
export const readScanned = (text: string, thisYear: number, keepsSeparators: boolean): Elements => {
  const elements: Element[] = []
  const seen: string[] = []
  const separated = keepsSeparators || text.includes(GS)
  let at = 0
  while (at < text.length) {
    if (text[at] === GS) {
      at += 1
      continue
    }
    const rule = ruleAt(text, at)
    if (rule === null)
      return REPLACED_SEPARATOR.exec(text.slice(at, at + 8))?.index === 0
        ? { elements, error: null, doubt: 'what looks like a replaced separator stands between elements' }
        : broken(elements, 'ai-unknown')
    const from = at + rule.ai.length
    const gs = text.indexOf(GS, from)
    const limit = gs === -1 ? text.length : gs
    const value = text.slice(from, rule.fixed === null ? limit : Math.min(limit, from + rule.fixed))
    const error = wrong(rule, value, thisYear)
    if (rule.fixed === null && gs === -1 && !separated) {
      if (REPLACED_SEPARATOR.test(value)) return { elements, error: null, doubt: `AI ${rule.ai} holds what looks like a replaced separator` }
      if (splits(rule, value, [...seen, rule.ai], error === null ? ON_A_DRUG : ON_A_LABEL, thisYear))
        return { elements, error: null, doubt: `AI ${rule.ai} is not ended by a separator and may hold others` }
    }
    if (error !== null) return broken(elements, error)
    const repeated = elements.find((element) => element.ai === rule.ai)
    if (repeated !== undefined && repeated.value !== value) return broken(elements, `ai${rule.ai}-repeated`)
    if (repeated === undefined) elements.push({ ai: rule.ai, value })
    seen.push(rule.ai)
    at = from + value.length
  }
  return { elements, error: null, doubt: null }
}

const BRACKETED = /\((\d{2,4})\)/g

/** The human-readable line, `(01)…(17)…`: the brackets say where each element ends. */
export const readBracketed = (text: string, thisYear: number): Elements => {
  const marks = [...text.matchAll(BRACKETED)].filter((mark) => mark.index === 0 || ruleFor(mark[1] ?? '') !== null)
  const elements: Element[] = []
  for (const [index, mark] of marks.entries()) {
    const rule = ruleFor(mark[1] ?? '')
    if (rule === null) return broken(elements, 'ai-unknown')
    const value = text.slice(mark.index + mark[0].length, marks[index + 1]?.index ?? text.length)
    const error = wrong(rule, value, thisYear)
    if (error !== null) return broken(elements, error)
    const repeated = elements.find((element) => element.ai === rule.ai)
    if (repeated !== undefined && repeated.value !== value) return broken(elements, `ai${rule.ai}-repeated`)
    if (repeated === undefined) elements.push({ ai: rule.ai, value })
  }
  return { elements, error: null, doubt: null }
}

/** Brackets become separators: the only case where an element string is put together, because the symbol's own is not at hand. */
export const joinElements = (elements: readonly Element[]): string =>
  elements.map(({ ai, value }, index) => `${ai}${value}${index < elements.length - 1 && ruleFor(ai)?.fixed === null ? GS : ''}`).join('')
