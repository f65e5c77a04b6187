import { useTranslation } from 'react-i18next'
import { useSentence } from '../../i18n/sentences.ts'
import type { Say, SayAnswerLabel } from '../../till/say.ts'
import { splitSubject } from '../../view/split-subject.ts'
import type { Mark } from './VerdictMark.tsx'

export interface SayText {
  readonly word: string
  readonly subject: string | null
  readonly text: string
  readonly action: string
  readonly mark: Mark
}

export const markOf = (say: Say): Mark => {
  if (say.tone === 'accept' || say.tone === 'notice' || say.tone === 'ask') return say.tone
  if (say.sound === 'own-repeat') return 'repeat'
  return say.sound === 'wrong-step' || say.source.kind === 'blocker' ? 'step' : 'stop'
}

/** One word and one sentence for whatever was said, in the language of the screen. */
export const useSayText = (): ((say: Say) => SayText) => {
  const { t } = useTranslation()
  const sentence = useSentence()
  return (say) => {
    const mark = markOf(say)
    const { source } = say
    switch (source.kind) {
      case 'verdict': {
        const detail = { drugName: source.verdict.drugName, ...source.verdict.detail }
        const { word, text, action } = sentence('verdict', source.verdict.reason, detail)
        return { mark, word, action, ...splitSubject(text, detail.drugName) }
      }
      case 'error':
        return { mark, subject: null, ...sentence('error', source.code, source.detail) }
      case 'blocker':
        return { mark, subject: null, ...sentence('blocker', source.code, source.detail) }
      case 'screen':
        return {
          mark,
          subject: null,
          word: t(`says.${source.code}.word`),
          text: t(`says.${source.code}.text`, { ...source.values }),
          action: t(`says.${source.code}.action`),
        }
    }
  }
}

/** Core's answers have the domain's words; a screen's own have the screen's. */
export const useAnswerText = (): ((label: SayAnswerLabel) => string) => {
  const { t } = useTranslation()
  const sentence = useSentence()
  return (label) => {
    switch (label) {
      case 'sell-anyway':
      case 'add-drug':
      case 'read-person':
      case 'open-pack':
      case 'set-aside':
      case 'pick-drug':
      case 'open-carton':
      case 'one-more':
      case 'use-uncoded':
        return sentence('answer', label, {}).word
      case 'back':
      case 'understood':
      case 'hold':
      case 'self-paid':
      case 'next-customer':
      case 'show-story':
      case 'register-return':
      case 'see-alarm':
      case 'see-claim':
      case 'other-line':
        return t(`answer.${label}`)
    }
  }
}
