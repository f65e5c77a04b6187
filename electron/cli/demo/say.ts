import type { Fen, Verdict } from '../../contract/index.ts'
import { formatFen } from '../../domain/amounts.ts'
import type { Language } from '../../domain/sentences/names.ts'
import { sentence } from '../../domain/sentences/sentence.ts'
import type { Words } from '../words.ts'

export const money = (amount: number): string => formatFen(amount as Fen)

const both = (say: (language: Language) => string): Words => [say('zh'), say('en')]

/** What the till says to a scan, shortened to its first half: what it is and why. */
export const verdictWords = (verdict: Verdict): Words =>
  both((language) => {
    const { word, text } = sentence('verdict', verdict.reason, verdict.detail, language)
    return `【${word}】${text}`
  })
export const errorWords = (error: { readonly code: Parameters<typeof sentence<'error'>>[1]; readonly detail: Verdict['detail'] }): Words =>
  both((language) => {
    const { word, text } = sentence('error', error.code, error.detail, language)
    return `【${word}】${text}`
  })
