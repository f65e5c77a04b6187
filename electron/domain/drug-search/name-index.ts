import { matchesMixed } from './matches-mixed.ts'
import type { SpelledName } from './spelled-name.ts'
import { typedForms } from './spelled-name.ts'

/** How well a word stands in a name; smaller is better. */
export const MATCH = { whole: 0, start: 1, stem: 2, middle: 3 } as const

/**
 * Suffix keys of distinct names, sorted, with the name and the place they begin at: a prefix of a key is found by bisection (performance.md §2).
 * Names are few and rows are many: names are searched, rows follow by postings.
 */
export interface NameIndex {
  readonly names: readonly SpelledName[]
  readonly keys: readonly string[]
  readonly nameOf: Int32Array
  readonly placeOf: Int32Array
}

export const buildNameIndex = (names: readonly SpelledName[]): NameIndex => {
  const entries: { readonly key: string; readonly name: number; readonly place: number }[] = []
  names.forEach((name, id) => {
    for (let place = 0; place < name.characters.length; place += 1) for (const key of typedForms(name, place)) entries.push({ key, name: id, place })
  })
  entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.name - b.name))
  return {
    names,
    keys: entries.map((entry) => entry.key),
    nameOf: Int32Array.from(entries, (entry) => entry.name),
    placeOf: Int32Array.from(entries, (entry) => entry.place),
  }
}

export const firstNotBelow = (keys: readonly string[], word: string): number => {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? '') < word) low = middle + 1
    else high = middle
  }
  return low
}

const matchAt = (name: SpelledName, place: number, whole: boolean): number =>
  place === 0 ? (whole ? MATCH.whole : MATCH.start) : place === name.stemAt ? (whole ? MATCH.start : MATCH.stem) : MATCH.middle

/** Names in which the folded word stands, with how well. */
export const findNames = (index: NameIndex, word: string): ReadonlyMap<number, number> => {
  const found = new Map<number, number>()
  const note = (id: number, match: number): void => {
    const known = found.get(id)
    if (known === undefined || match < known) found.set(id, match)
  }
  for (let i = firstNotBelow(index.keys, word); i < index.keys.length && (index.keys[i] ?? '').startsWith(word); i += 1) {
    const id = index.nameOf[i] ?? 0
    const name = index.names[id]
    if (name !== undefined) note(id, matchAt(name, index.placeOf[i] ?? 0, index.keys[i] === word))
  }
  return found
}

const LEADING_HANZI = /^\p{Script=Han}+/u

/** The same for a word in which hanzi, pinyin and initials are mixed. Places are narrowed by its leading hanzi or its first letter, then each is read character by character. */
export const findNamesMixed = (index: NameIndex, word: string): ReadonlyMap<number, number> => {
  const found = new Map<number, number>()
  const tried = new Set<number>()
  const front = LEADING_HANZI.exec(word)?.[0] ?? word.charAt(0)
  for (let i = firstNotBelow(index.keys, front); i < index.keys.length && (index.keys[i] ?? '').startsWith(front); i += 1) {
    const id = index.nameOf[i] ?? 0
    const place = index.placeOf[i] ?? 0
    const name = index.names[id]
    const key = id * 256 + place
    if (name === undefined || tried.has(key)) continue
    tried.add(key)
    if (matchesMixed(name, place, word)) found.set(id, Math.min(found.get(id) ?? MATCH.middle, matchAt(name, place, false)))
  }
  return found
}
