import { eachToken } from './json-tokens.ts'

/**
 * JSON with exact decimals: what goes out keeps the digits we chose (12.30), what comes in keeps the digits that were sent.
 * No float ever touches an amount, and a long number that is really an identifier is not rounded.
 */
export interface WireNumber { readonly rawJSON: string }

interface JsonWithRaw {
  readonly rawJSON: (text: string) => WireNumber
  readonly isRawJSON: (value: unknown) => value is WireNumber
  readonly parse: (text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown) => unknown
}
// In the language since ES2025 and in Node 24; not yet in this compiler's library.
const json = JSON as unknown as JsonWithRaw

export const wireNumber = (decimal: string): WireNumber => {
  if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(decimal)) throw new RangeError('a plain decimal is needed')
  return json.rawJSON(decimal)
}
export const isWireNumber = (value: unknown): value is WireNumber => json.isRawJSON(value)

const MAX_DEPTH = 64

/** Two values under one name: which of them counts is a guess, and a guess is no answer. Only for text that JSON.parse took. */
const checkKeys = (text: string): void => {
  const open: (Set<string> | null)[] = []
  let last = ''
  eachToken(text, (sign, from, to) => {
    if (sign === '{') open.push(new Set())
    else if (sign === '[') open.push(null)
    else if (sign === '}' || sign === ']') open.pop()
    else if (sign === '"') last = text.slice(from, to)
    else if (sign === ':') {
      const keys = open.at(-1)
      if (keys?.has(last) === true) throw new SyntaxError('a name occurs twice in one object')
      keys?.add(last)
    }
    if (open.length > MAX_DEPTH) throw new SyntaxError('nested too deeply')
  })
}

/** Throws SyntaxError or RangeError for what is no JSON. Every number becomes the text that stood there. */
export const parseWireJson = (text: string): unknown => {
  JSON.parse(text)
  checkKeys(text)
  return json.parse(text, (_key, value, context) => (typeof value === 'number' ? context.source ?? String(value) : value))
}
