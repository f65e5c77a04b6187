import { mod10At } from './check-digits.ts'
import { fitsUntil, misfit, ruleAt, ruleFor } from './gs1-identifiers.ts'
import type { ElementRule } from './gs1-identifiers.ts'
import { doubtOf, holdsGtin, isReplacedSeparator } from './gs1-lost-separator.ts'
import type { Element, InvalidReason } from './recognised.ts'
import { shortDateAt } from './short-dates.ts'

export const GS = '\u001d'
const GS_CODE = 29

/** What an element string says: the fields we use by name, the others as they stand. With an error or a doubt: what stands before it. */
export interface ElementString {
  error: InvalidReason | null
  /** The last value may have swallowed others. */
  doubt: string | null
  gtin: string | null
  gtinCheck: boolean
  sscc: string | null
  serial: string | null
  lot: string | null
  expiresOn: string | null
  producedOn: string | null
  others: readonly Element[]
}

const NONE: readonly Element[] = []
const startReading = (): ElementString => ({
  error: null,
  doubt: null,
  gtin: null,
  gtinCheck: false,
  sscc: null,
  serial: null,
  lot: null,
  expiresOn: null,
  producedOn: null,
  others: NONE,
})

/** Notes a value; false: the same identifier said something else before. */
const keep = (found: ElementString, rule: ElementRule, value: string): boolean => {
  switch (rule.number) {
    case 1:
      return (found.gtin ??= value) === value
    case 10:
      return (found.lot ??= value) === value
    case 21:
      return (found.serial ??= value) === value
    case 17:
      return (found.expiresOn ??= value) === value
    case 11:
      return (found.producedOn ??= value) === value
    case 0:
      return (found.sscc ??= value) === value
    default: {
      const before = found.others.find(({ ai }) => ai === rule.ai)
      if (before === undefined) found.others = [...found.others, { ai: rule.ai, value }]
      return before === undefined || before.value === value
    }
  }
}

/** A fixed value is read once for its digits, its check digit and its date. False: it does not fit, or was said otherwise before. */
const keepFixed = (found: ElementString, rule: ElementRule, text: string, from: number, to: number, thisYear: number): boolean => {
  if (rule.date !== null) {
    const date = shortDateAt(text, from, thisYear, rule.date)
    if (date === null) return false
    if (rule.fixed === 6) return keep(found, rule, rule.number === 17 || rule.number === 11 ? date : text.slice(from, to))
  }
  if (rule.number === 1) {
    const remainder = mod10At(text, from, to)
    found.gtinCheck = remainder === 0
    return remainder >= 0 && keep(found, rule, text.slice(from, to))
  }
  return fitsUntil(rule, text, from, to) === to && keep(found, rule, text.slice(from, to))
}

/** A variable value that was found to fit. */
const keepVariable = (found: ElementString, rule: ElementRule, text: string, from: number, to: number, thisYear: number): boolean =>
  (rule.date === null || shortDateAt(text, from, thisYear, rule.date) !== null) && keep(found, rule, text.slice(from, to))

/**
 * An element string as scanned: `text` from `start` to `end`. A variable value that no GS ends is doubtful when other elements can be read inside it: "all characters consumed"
 * proves nothing (trace-codes.md §1.3 rule 4). A GS elsewhere in the symbol, or a scanner known to keep them, settles the doubt.
 * `collect` takes the elements in the symbol's own order.
 */
export const readScanned = (
  text: string,
  start: number,
  end: number,
  thisYear: number,
  keepsSeparators: boolean,
  collect: Element[] | null = null,
): ElementString => {
  const found = startReading()
  let separated = keepsSeparators
  let seen = 0
  for (let at = start; at < end;) {
    const rule = ruleAt(text, at)
    if (rule === null) {
      if (text.charCodeAt(at) === GS_CODE) {
        separated = true
        at += 1
        continue
      }
      if (isReplacedSeparator(text, at, end)) found.doubt = 'what looks like a replaced separator stands between elements'
      else found.error = 'ai-unknown'
      return found
    }
    const from = at + rule.width
    const to = rule.fixed === 0 ? fitsUntil(rule, text, from, end) : from + rule.fixed
    const misfits = to > end || to - from < rule.shortest || to - from > rule.longest || (rule.fixed === 0 && to < end && text.charCodeAt(to) !== GS_CODE)
    if (rule.fixed === 0 && !separated && (to === end || (misfits && text.indexOf(GS, from) === -1)))
      found.doubt = doubtOf({ text, end, thisYear }, rule, from, misfits, seen, found.gtin !== null)
    else if (to - from > 16 && found.gtin !== null && holdsGtin(text, from, to, found.gtin))
      found.doubt = `AI ${rule.ai} holds the symbol's own GTIN: two scans glued together`
    if (found.doubt !== null) return found
    const kept = !misfits && (rule.fixed === 0 ? keepVariable(found, rule, text, from, to, thisYear) : keepFixed(found, rule, text, from, to, thisYear))
    if (!kept) {
      found.error = whyNot(rule, text, from, end, thisYear)
      return found
    }
    if (collect !== null) collect.push({ ai: rule.ai, value: text.slice(from, to) })
    seen |= rule.bit
    at = to
    if (rule.fixed === 0 && to < end) {
      // A GS, or the value would not have fitted.
      separated = true
      at += 1
    }
  }
  return found
}

/** What is wrong with a value, its end being the separator, the symbol's end, or its full length. */
const whyNot = (rule: ElementRule, text: string, from: number, end: number, thisYear: number): InvalidReason => {
  const gs = text.indexOf(GS, from)
  const limit = gs === -1 || gs > end ? end : gs
  const to = rule.fixed === 0 ? limit : Math.min(limit, from + rule.fixed)
  const isDate = rule.date === null || shortDateAt(text, from, thisYear, rule.date) !== null
  return misfit(rule, text, from, to) ?? (isDate ? `ai${rule.ai}-repeated` : `ai${rule.ai}-date`)
}

const BRACKETED = /\((\d{2,4})\)/g

/** The human-readable line, `(01)…(17)…`: the brackets say where each element ends. They are replaced by separators: the only case where an element string is put together, because the symbol's own is not at hand. */
export const readBracketed = (text: string, thisYear: number): { readonly read: ElementString; readonly elementString: string } => {
  const marks = [...text.matchAll(BRACKETED)].filter((mark) => mark.index === 0 || ruleFor(mark[1] ?? '') !== null)
  const read = startReading()
  const parts: string[] = []
  for (const [index, mark] of marks.entries()) {
    const rule = ruleFor(mark[1] ?? '')
    const from = mark.index + mark[0].length
    const to = marks[index + 1]?.index ?? text.length
    if (rule === null) {
      read.error = 'ai-unknown'
      break
    }
    read.error = misfit(rule, text, from, to)
    if (read.error === null && !(rule.fixed === 0 ? keepVariable : keepFixed)(read, rule, text, from, to, thisYear))
      read.error = whyNot(rule, text, from, to, thisYear)
    if (read.error !== null) break
    parts.push(`${rule.ai}${text.slice(from, to)}${rule.fixed === 0 && index < marks.length - 1 ? GS : ''}`)
  }
  return { read, elementString: parts.join('') }
}
