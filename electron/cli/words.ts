import type { Language } from '../domain/sentences/names.ts'

/** Said in both languages; the reader picks. */
export type Words = readonly [zh: string, en: string]

export const pick = (words: Words, language: Language): string => words[language === 'zh' ? 0 : 1]

/** Terminal columns: a full-width character takes two; quotes, dots and the like, which stand between, one. */
const columnsOf = (text: string): number => {
  let columns = 0
  for (const character of text) columns += /[ᄀ-ᅟ⺀-〾ぁ-㏿㐀-䶿一-鿿가-힣豈-﫿︰-﹏＀-｠￠-￦]/u.test(character) ? 2 : 1
  return columns
}
export const padTo = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
