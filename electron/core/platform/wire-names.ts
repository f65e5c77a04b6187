import type { NamesSection } from './profile-sections/names.ts'

/** The names of one province beside the official ones. Schemas and transactions know only the official ones. */
export interface WireNames {
  /** Official names → this province's. */
  readonly outgoing: (infno: string, input: unknown) => unknown
  /** This province's names → official ones. A name that is not renamed stays, so both spellings are read. */
  readonly incoming: (infno: string, output: unknown) => unknown
}

type Renames = ReadonlyMap<string, string>
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
/** Deeper than any message of the papers. */
const MAX_DEPTH = 16
/** Raw numbers are objects too, but frozen ones without a place of their own. */
const isRow = (value: unknown): value is Readonly<Record<string, unknown>> => isRecord(value) && Object.getPrototypeOf(value) === Object.prototype

/** `placeOf`: the official place of a key found under an official place. What was renamed wins over a key that already had the name. */
const walk = (value: unknown, place: string, depth: number, nameOf: (place: string, key: string) => string, placeOf: (place: string, key: string) => string): unknown => {
  if (depth > MAX_DEPTH) return value
  if (Array.isArray(value)) return value.map((item: unknown) => walk(item, place, depth + 1, nameOf, placeOf))
  if (!isRow(value)) return value
  const entries = Object.entries(value).map(([key, inner]) => ({ key, name: nameOf(place, key), inner: walk(inner, placeOf(place, key), depth + 1, nameOf, placeOf) }))
  const renamed = new Set(entries.filter(({ key, name }) => key !== name).map(({ name }) => name))
  return Object.fromEntries(entries.filter(({ key, name }) => key !== name || !renamed.has(name)).map(({ name, inner }) => [name, inner]))
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('.'))

export const createWireNames = ({ renamed }: NamesSection): WireNames => {
  const here: Renames = new Map(Object.entries(renamed))
  const official: Renames = new Map([...here].map(([path, name]) => [`${parentOf(path)}.${name}`, path.slice(path.lastIndexOf('.') + 1)]))
  const touched = new Set([...here.keys()].map((path) => path.slice(0, path.indexOf('.'))))
  const below = (place: string, key: string): string => `${place}.${key}`
  const officialName = (place: string, key: string): string => official.get(below(place, key)) ?? key
  return {
    outgoing: (infno, input) => (touched.has(infno) ? walk(input, infno, 0, (place, key) => here.get(below(place, key)) ?? key, below) : input),
    incoming: (infno, output) => (touched.has(infno) ? walk(output, infno, 0, officialName, (place, key) => below(place, officialName(place, key))) : output),
  }
}
