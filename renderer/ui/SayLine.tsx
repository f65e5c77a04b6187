import type { ReactNode } from 'react'
import { VerdictMark } from '../features/verdict/VerdictMark.tsx'
import { useSayText } from '../features/verdict/say-text.ts'
import { forget } from '../till/till.ts'
import { useTill, useTillState } from './tools.ts'

/** Where the banner is out of sight, what was said stands in one line. */
export const SayLine = (): ReactNode => {
  const till = useTill()
  const say = useTillState((state) => state.heard.says[0])
  const textOf = useSayText()
  if (say === undefined || say.tone === 'accept') return null
  const { mark, word, text, action } = textOf(say)
  return (
    <p
      className={`say-line is-${say.tone}`}
      role="alert"
      data-testid="say-line"
      data-code={say.source.kind === 'verdict' ? say.source.verdict.reason : say.source.code}
      onClick={() => forget(till, say.id)}
    >
      <VerdictMark mark={mark} />
      <b>{word}</b>
      <span>
        {text}
        {action === '' ? '' : ` · ${action}`}
      </span>
    </p>
  )
}
