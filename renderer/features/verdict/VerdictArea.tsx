import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { answerWith } from '../../till/till.ts'
import { KeyButton } from '../../ui/KeyButton.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useTill, useTillState } from '../../ui/tools.ts'
import { duration } from '../../view/ages.ts'
import { VerdictMark } from './VerdictMark.tsx'
import { useAnswerText, useSayText } from './say-text.ts'

const Ready = (): ReactNode => {
  const { t } = useTranslation()
  const person = useTillState((state) => state.panel === 'person')
  return (
    <section className="verdict is-ready" data-testid="verdict" data-tone="ready">
      <VerdictMark mark="ready" />
      <div className="verdict-text">
        <p className="verdict-head">
          <span className="verdict-word">{t(person ? 'verdict.ready-person' : 'verdict.ready')}</span>
        </p>
        <p className="verdict-sentence">{t(person ? 'verdict.ready-person-hint' : 'verdict.ready-hint')}</p>
      </div>
    </section>
  )
}

const Waiting = ({ since, what }: { readonly since: number; readonly what: 'quote' | 'settle' | 'person' }): ReactNode => {
  const { t } = useTranslation()
  const now = useNow(200)
  const slowAfter = useTillState((state) => state.status?.slowAfterMs ?? 3_000)
  const slow = now - since >= slowAfter
  return (
    <section className="verdict is-waiting" data-testid="verdict" data-tone="waiting">
      <span className="verdict-seconds num" data-testid="elapsed">
        {duration(now - since)}
      </span>
      <div className="verdict-text">
        <p className="verdict-head">
          <span className="verdict-word">{t(`waiting.${what}`)}</span>
        </p>
        <p className="verdict-sentence">{slow && what !== 'person' ? t('waiting.slow') : t('waiting.hint')}</p>
      </div>
    </section>
  )
}

/** What did I just scan? One word, one sentence, what next. */
export const VerdictArea = (): ReactNode => {
  const { t } = useTranslation()
  const till = useTill()
  const { says, echo } = useTillState((state) => state.heard)
  const waiting = useTillState((state) => state.waiting)
  const textOf = useSayText()
  const answerText = useAnswerText()
  const say = says[0]
  if (say === undefined) return waiting === null ? <Ready /> : <Waiting since={waiting.since} what={waiting.what} />
  const { word, subject, text, action, mark } = textOf(say)
  return (
    <section
      className={`verdict is-${say.tone} mark-${mark}${say.sound === 'foreign' ? ' is-foreign' : ''}`}
      data-testid="verdict"
      data-tone={say.tone}
      data-source={say.source.kind}
      data-code={say.source.kind === 'verdict' ? say.source.verdict.reason : say.source.code}
      role={say.tone === 'refuse' ? 'alert' : 'status'}
      key={say.id}
    >
      <VerdictMark mark={mark} />
      <div className="verdict-text">
        <p className="verdict-head">
          <span className="verdict-word" data-testid="verdict-word">
            {word}
          </span>
          {subject === null ? null : (
            <span className="verdict-subject" data-testid="verdict-subject">
              {subject}
            </span>
          )}
          {says.length > 1 ? (
            <span className="verdict-more" data-testid="verdict-more">
              {t('verdict.more', { count: says.length - 1 })}
            </span>
          ) : null}
        </p>
        <p className="verdict-sentence" data-testid="verdict-sentence">
          {text}
        </p>
        <p className="verdict-action" data-testid="verdict-action">
          {action}
          {echo === null ? null : (
            <span className="verdict-echo" data-testid="verdict-echo">
              {t('verdict.meanwhile')} {textOf(echo).word} {textOf(echo).subject ?? ''}
            </span>
          )}
        </p>
      </div>
      {say.answers.length === 0 ? null : (
        <div className="verdict-answers">
          {say.answers.map((answer, index) => (
            <KeyButton
              key={answer.label}
              name={answer.key}
              label={answerText(answer.label)}
              next={index === 0 && say.tone === 'ask'}
              testid={`answer-${answer.label}`}
              onPress={() => {
                answerWith(till, answer.key)
              }}
            />
          ))}
        </div>
      )}
    </section>
  )
}
