import type { SpelledName } from './spelled-name.ts'
import { isHanzi } from './fold-text.ts'

/**
 * Does `word`, written in any mixture of hanzi, full pinyin and initials (阿mxl, amoxl), stand in the name from character `from` on?
 * The last syllable may be unfinished; letters and digits of the name may be left out.
 */
export const matchesMixed = (name: SpelledName, from: number, word: string): boolean => {
  const failed = new Set<number>()
  const matches = (i: number, at: number): boolean => {
    if (at === word.length) return true
    const character = name.characters[i]
    if (character === undefined) return false
    const key = i * 128 + at
    if (failed.has(key)) return false
    const found =
      (word.startsWith(character, at) && matches(i + 1, at + character.length)) ||
      (name.readings[i] ?? []).some(
        (reading) =>
          (reading.length > 1 && word.startsWith(reading, at) && matches(i + 1, at + reading.length)) ||
          (word[at] === reading[0] && matches(i + 1, at + 1)) ||
          (word.length - at < reading.length && reading.startsWith(word.slice(at))),
      ) ||
      // Skipping is for the middle of a name: at its front the word has not begun yet.
      (i > from && !isHanzi(character) && matches(i + 1, at))
    if (!found) failed.add(key)
    return found
  }
  return matches(from, 0)
}
