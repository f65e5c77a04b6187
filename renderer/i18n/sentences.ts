import { useTranslation } from 'react-i18next'
import type { ErrorDetail } from '../../electron/contract/index.ts'
import { nameOf } from '../../electron/domain/sentences/names.ts'
import type { NameArea, NamedValue } from '../../electron/domain/sentences/names.ts'
import { sentence } from '../../electron/domain/sentences/sentence.ts'
import type { Sentence, SentenceCodes, SentenceKind } from '../../electron/domain/sentences/sentence.ts'
import { narrowApostrophes } from './apostrophes.ts'

const useDomainLanguage = (): 'zh' | 'en' => (useTranslation().i18n.language === 'en' ? 'en' : 'zh')

/** Sentences of codes are the domain's: the terminal and the printed day say the same. */
export const useSentence = (): (<K extends SentenceKind>(kind: K, code: SentenceCodes[K], detail: ErrorDetail) => Sentence) => {
  const language = useDomainLanguage()
  return (kind, code, detail) => {
    const said = sentence(kind, code, detail, language)
    return language === 'zh' ? said : { word: narrowApostrophes(said.word), text: narrowApostrophes(said.text), action: narrowApostrophes(said.action) }
  }
}

/** Words for the values of the contract's closed lists. */
export const useNames = (): (<A extends NameArea>(area: A, value: NamedValue<A>) => string) => {
  const language = useDomainLanguage()
  return (area, value) => nameOf(area, value, language)
}
