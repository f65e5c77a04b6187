import type { DrugIndex, SearchableDrug } from './drug-index.ts'
import { foldWords } from './fold-text.ts'
import { findNames, findNamesMixed, firstNotBelow, MATCH } from './name-index.ts'
import { nearestNames } from './nearest-names.ts'

export interface FoundDrugs<D> {
  /** Best first; in a group what is in stock first, then by strength, pack and maker. */
  readonly groups: readonly { readonly genericName: string; readonly drugs: readonly D[] }[]
  /** Names nearly spelled so, when nothing was found. */
  readonly nearest: readonly string[]
  /** The words that were searched, as they were understood. */
  readonly searched: string
}

/** A maker or a strength narrows; it names nothing by itself. */
const NARROWS = MATCH.middle + 1
const CODE = MATCH.whole
const NEAREST = 5
const SHORTEST_CODE = 3
const LONGEST_STRENGTH = 12

/** Rows in which one word stands, with how well. */
const rowsOfWord = (index: DrugIndex, word: string): ReadonlyMap<number, number> => {
  const found = new Map<number, number>()
  const note = (row: number, match: number): void => {
    const known = found.get(row)
    if (known === undefined || match < known) found.set(row, match)
  }
  const noteAll = (find: typeof findNames): void => {
    for (const [name, match] of find(index.names, word)) for (const row of index.rowsOfName[name] ?? []) note(row, match)
    // One letter stands in nearly every maker's name.
    if (word.length > 1) for (const maker of find(index.makers, word).keys()) for (const row of index.rowsOfMaker[maker] ?? []) note(row, NARROWS)
  }
  noteAll(findNames)
  if (/\d/.test(word)) {
    if (word.length >= SHORTEST_CODE) {
      for (let i = firstNotBelow(index.codes, word); i < index.codes.length && (index.codes[i] ?? '').startsWith(word); i += 1)
        note(index.rowOfCode[i] ?? 0, CODE)
    }
    if (word.length <= LONGEST_STRENGTH)
      index.rows.forEach((row, at) => {
        if (row.strength.includes(word)) note(at, NARROWS)
      })
  }
  if (found.size === 0 && word.length > 1) noteAll(findNamesMixed)
  return found
}

/**
 * From one letter on: initials, full pinyin, hanzi, any mixture, from the start or the middle of a generic or trade name; maker, strength; beginnings of approval number, barcode,
 * national code and our own code. All words must stand in a drug. `limit` counts drugs; the last group is not cut.
 */
export const searchDrugs = <D extends SearchableDrug>(index: DrugIndex<D>, text: string, limit: number, inStock: (drug: D) => boolean): FoundDrugs<D> => {
  const words = foldWords(text)
  const searched = words.join(' ')
  const [first, ...others] = words.map((word) => rowsOfWord(index, word)).sort((a, b) => a.size - b.size)
  if (first === undefined) return { groups: [], nearest: [], searched }

  interface Group {
    readonly rows: number[]
    best: number
    stocked: boolean
  }
  const groups = new Map<number, Group>()
  for (const [at, match] of first) {
    const row = index.rows[at]
    if (row === undefined) continue
    let score = match
    if (
      !others.every((word) => {
        const other = word.get(at)
        score += other ?? 0
        return other !== undefined
      })
    )
      continue
    const stocked = inStock(row.drug)
    const group = groups.get(row.group)
    if (group === undefined) groups.set(row.group, { rows: [at], best: score, stocked })
    else {
      group.rows.push(at)
      group.best = Math.min(group.best, score)
      group.stocked ||= stocked
    }
  }
  if (groups.size === 0)
    return { groups: [], nearest: [...new Set(words.flatMap((word) => nearestNames(index.names, word, NEAREST)))].slice(0, NEAREST), searched }

  const shortest = (id: number): string => index.groups[id] ?? ''
  // What was named exactly stands first even without stock; else stock decides, then how well it matches.
  const ordered = [...groups].sort(
    ([a, left], [b, right]) =>
      Number(left.best > MATCH.whole) - Number(right.best > MATCH.whole) ||
      Number(right.stocked) - Number(left.stocked) ||
      left.best - right.best ||
      shortest(a).length - shortest(b).length ||
      (shortest(a) < shortest(b) ? -1 : 1),
  )
  const shown: { genericName: string; drugs: readonly D[] }[] = []
  let count = 0
  for (const [id, { rows }] of ordered) {
    if (count >= limit) break
    const drugs = rows
      .sort((a, b) => a - b)
      .map((at) => index.rows[at]?.drug)
      .filter((drug) => drug !== undefined)
    shown.push({ genericName: shortest(id), drugs: [...drugs.filter(inStock), ...drugs.filter((drug) => !inStock(drug))] })
    count += drugs.length
  }
  return { groups: shown, nearest: [], searched }
}
