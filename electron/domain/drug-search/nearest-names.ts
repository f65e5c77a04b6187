import type { NameIndex } from './name-index.ts'
import { typedForms } from './spelled-name.ts'

/** Fewest changes (insert, drop, replace, swap of neighbours) that make `word` a beginning of `key`; more than `limit` counts as limit + 1. */
export const changesToPrefix = (word: string, key: string, limit: number): number => {
  const width = Math.min(key.length, word.length + limit)
  let beforeLast: number[] = []
  let last = Array.from({ length: width + 1 }, (_, i) => i)
  for (let w = 1; w <= word.length; w += 1) {
    const row = [w]
    let best = w
    for (let k = 1; k <= width; k += 1) {
      const same = word[w - 1] === key[k - 1]
      let changes = Math.min((last[k] ?? 0) + 1, (row[k - 1] ?? 0) + 1, (last[k - 1] ?? 0) + (same ? 0 : 1))
      if (w > 1 && k > 1 && word[w - 1] === key[k - 2] && word[w - 2] === key[k - 1]) changes = Math.min(changes, (beforeLast[k - 2] ?? 0) + 1)
      row.push(changes)
      if (changes < best) best = changes
    }
    if (best > limit) return limit + 1
    beforeLast = last
    last = row
  }
  return Math.min(limit + 1, ...last)
}

/** Names whose beginning, or stem, is one typing error away from the word (two for long words): for "did you mean". */
export const nearestNames = (index: NameIndex, word: string, most: number): readonly string[] => {
  if (word.length < 2) return []
  const limit = word.length >= 6 ? 2 : 1
  const near: { readonly shown: string; readonly changes: number }[] = []
  for (const name of index.names) {
    let changes = limit + 1
    for (const place of new Set([0, name.stemAt])) for (const form of typedForms(name, place)) changes = Math.min(changes, changesToPrefix(word, form, limit))
    if (changes <= limit) near.push({ shown: name.shown, changes })
  }
  near.sort((a, b) => a.changes - b.changes || a.shown.length - b.shown.length || (a.shown < b.shown ? -1 : 1))
  return near.slice(0, most).map(({ shown }) => shown)
}
