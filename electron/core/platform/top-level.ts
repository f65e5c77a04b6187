import { eachToken } from './json-tokens.ts'

/**
 * Values of a JSON object's own names as the characters that stand there. What is signed is signed character by character: parsed and written again,
 * 12.30 may be 12.3 and a signature no signature. Only for text that is JSON already.
 */

interface Span { readonly from: number; readonly to: number }

const spansOf = (text: string): ReadonlyMap<string, Span> => {
  const spans = new Map<string, Span>()
  let depth = 0
  let name: string | null = null
  let from: number | null = null
  const end = (to: number): void => {
    if (name !== null && from !== null) spans.set(name, { from, to })
    name = null
    from = null
  }
  eachToken(text, (sign, at, to) => {
    if (sign === '}' || sign === ']') {
      if (depth === 1) end(at)
      depth -= 1
    } else if (sign === '{' || sign === '[') depth += 1
    else if (depth !== 1) return
    else if (sign === ':') from = to
    else if (sign === ',') end(at)
    else if (from === null) name = String(JSON.parse(text.slice(at, to)))
  })
  return spans
}

/** The value's own characters, or null when there is no such name. */
export const valueAt = (text: string, name: string): string | null => {
  const span = spansOf(text).get(name)
  return span === undefined ? null : text.slice(span.from, span.to).trim()
}

/** The same text with other values under these names; one that is not there is left away. */
export const replaceValues = (text: string, values: Readonly<Record<string, string>>): string => {
  const spans = spansOf(text)
  const changes = Object.entries(values).flatMap(([name, value]) => {
    const span = spans.get(name)
    return span === undefined ? [] : [{ ...span, value }]
  })
  return changes.toSorted((a, b) => b.from - a.from).reduce((now, { from, to, value }) => now.slice(0, from) + value + now.slice(to), text)
}
