import { maskName, maskText } from '../../domain/masking.ts'
import { maskOfField } from './personal-fields.ts'
import type { NamesSection } from './profile-sections/names.ts'
import { parseWireJson } from './wire-json.ts'
import { wireText } from './wire-text.ts'

/** JSON inside a JSON text (`output` of some areas) is opened, so that its fields have names again; what looks like it and is not is hidden. */
const unwrap = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(unwrap)
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, unwrap(field)]))
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value
  try {
    return unwrap(parseWireJson(value))
  } catch {
    return `${value.length} characters`
  }
}
const KNOWN_LIMIT = 500
const SECRETS_LIMIT = 100
/** Encrypted, or signed by whomever: nothing to read in it. */
const CIPHER = /^[A-Za-z0-9+/\s]{200,}={0,2}$/
const SHAPE_LIMIT = 200
const TEXT_LIMIT = 1000

export interface WireMask {
  /** A parsed message as it may be logged. What it holds under a person's field is remembered, and masked in free text from then on. */
  readonly message: (value: unknown) => unknown
  /** The platform's or a gateway's own words as they may be logged or shown. */
  readonly words: (text: string) => string
  /** Bytes that are no JSON: their form only, no letter or digit of them. */
  readonly bytes: (bytes: Uint8Array) => { readonly size: number; readonly shape: string }
  /** Bytes of a message of either direction. */
  readonly wire: (bytes: Uint8Array) => unknown
  /** A key or token: never to be said again, by whomever. */
  readonly hide: (secret: string) => void
}

/** A province's own name for a person's field is a person's field. */
const ownNames = (renamed: NamesSection['renamed']): ReadonlyMap<string, (value: string) => string> => new Map(Object.entries(renamed).flatMap(([place, name]) => {
  const mask = maskOfField(place.slice(place.lastIndexOf('.') + 1))
  return mask === null ? [] : [[name, mask]]
}))

/** Masks by field name, by pattern, and by what was seen in such a field before: a refusal may name the person. Keeps what it knows in memory only. */
export const createWireMask = (names?: Pick<NamesSection, 'renamed'>): WireMask => {
  const own = ownNames(names?.renamed ?? {})
  const maskOf = (name: string): ((value: string) => string) | null => own.get(name) ?? maskOfField(name)
  const known = new Map<string, string>()
  const secrets = new Set<string>()
  const hide = (secret: string): void => {
    if (secret.length < 6) return
    secrets.add(secret)
    const [oldest] = secrets
    if (secrets.size > SECRETS_LIMIT && oldest !== undefined) secrets.delete(oldest)
  }
  // Longest first: a card number may contain an ID number.
  let longestFirst: readonly (readonly [value: string, cover: string])[] | null = null
  const remember = (value: string, mask: (value: string) => string): void => {
    if (Array.from(value).length < (mask === maskName ? 2 : 6)) return
    const masked = mask(value)
    longestFirst = null
    known.delete(value)
    known.set(value, masked)
    const oldest = known.keys().next()
    if (known.size > KNOWN_LIMIT && oldest.done !== true) known.delete(oldest.value)
  }
  const words = (text: string): string => {
    let masked = text
    for (const secret of secrets) if (masked.includes(secret)) masked = masked.replaceAll(secret, '***')
    // Far beyond what is kept: a number that is cut in two is no number any more, and shown.
    masked = masked.slice(0, 4 * TEXT_LIMIT)
    longestFirst ??= [...known].sort((a, b) => b[0].length - a[0].length)
    for (const [value, cover] of longestFirst) if (masked.includes(value)) masked = masked.replaceAll(value, cover)
    return maskText(masked).slice(0, TEXT_LIMIT)
  }
  const learn = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) learn(item)
    else if (typeof value === 'object' && value !== null) {
      for (const [name, field] of Object.entries(value)) {
        if (typeof field === 'string') {
          const mask = maskOf(name)
          if (mask !== null && field !== 'null' && field !== '') remember(field, mask)
        } else learn(field)
      }
    }
  }
  const cover = (value: unknown): unknown => {
    if (typeof value === 'string') return CIPHER.test(value) ? `${value.length} characters` : words(value)
    if (Array.isArray(value)) return value.map(cover)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, field]) => {
      const mask = maskOf(name)
      if (mask === null) return [name, cover(field)]
      // Lists and nodes under such a name are looked into; an empty value says nothing of anybody.
      return [name, field === '' || field === 'null' ? field : typeof field === 'string' ? mask(field) : typeof field === 'object' ? cover(field) : null]
    }))
  }
  const message = (value: unknown): unknown => {
    const whole = unwrap(value)
    learn(whole)
    return cover(whole)
  }
  const bytes = (data: Uint8Array): { readonly size: number; readonly shape: string } => ({
    size: data.length,
    shape: wireText(data.subarray(0, SHAPE_LIMIT)).replace(/[\p{L}\p{N}\uFFFD]+/gu, (run) => `·${Array.from(run).length}·`),
  })
  const wire = (data: Uint8Array): unknown => {
    try {
      return message(parseWireJson(wireText(data)))
    } catch {
      return bytes(data)
    }
  }
  return { message, words, bytes, wire, hide }
}
