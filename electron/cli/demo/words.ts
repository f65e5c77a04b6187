import type { Fen, Verdict } from '../../contract/index.ts'
import { formatFen } from '../../domain/amounts.ts'
import type { Language } from '../../domain/sentences/names.ts'
import { sentence } from '../../domain/sentences/sentence.ts'

/** Said in both languages; the reader picks. */
export type Words = readonly [zh: string, en: string]

export const pick = (words: Words, language: Language): string => words[language === 'zh' ? 0 : 1]

export const money = (amount: number): string => formatFen(amount as Fen)

const both = (say: (language: Language) => string): Words => [say('zh'), say('en')]

/** What the till says to a scan, shortened to its first half: what it is and why. */
export const verdictWords = (verdict: Verdict): Words => both((language) => {
  const { word, text } = sentence('verdict', verdict.reason, verdict.detail, language)
  return `【${word}】${text}`
})
export const errorWords = (error: { readonly code: Parameters<typeof sentence<'error'>>[1]; readonly detail: Verdict['detail'] }): Words => both((language) => {
  const { word, text } = sentence('error', error.code, error.detail, language)
  return `【${word}】${text}`
})

/** Terminal columns: a full-width character takes two. */
const columnsOf = (text: string): number => {
  let columns = 0
  for (const character of text) columns += /[ᄀ-ᅟ⺀-〾ぁ-㏿㐀-䶿一-鿿가-힣豈-﫿︰-﹏＀-｠￠-￦“”‘’…·×←→【】]/u.test(character) ? 2 : 1
  return columns
}
export const padTo = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
