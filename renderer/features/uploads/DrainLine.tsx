import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { timeOfDay } from '../../../electron/domain/calendar.ts'
import { useSentence } from '../../i18n/sentences.ts'
import { useTillState } from '../../ui/tools.ts'
import { duration } from '../../view/ages.ts'

/** How the backlog goes: what is left, how fast, until when, and whether the platform is left alone for now. */
export const DrainLine = ({ now }: { readonly now: number }): ReactNode => {
  const { t } = useTranslation()
  const sentence = useSentence()
  const outbox = useTillState((state) => state.status?.outbox)
  if (outbox === undefined) return null
  const { waiting, parked, perHour, breaker } = outbox
  const resting = breaker.state !== 'closed'
  const why = breaker.code === null ? null : sentence('error', breaker.code, {})
  return (
    <section className="drain" data-testid="drain">
      <dl className="drain-facts">
        <div>
          <dt>{t('uploads.left')}</dt>
          <dd className="num" data-testid="drain-left">
            {waiting}
          </dd>
        </div>
        <div>
          <dt>{t('uploads.parked')}</dt>
          <dd className="num">{parked}</dd>
        </div>
        <div>
          <dt>{t('uploads.per-hour')}</dt>
          <dd className="num" data-testid="drain-rate">
            {perHour ?? '–'}
          </dd>
        </div>
        <div>
          <dt>{t('uploads.until')}</dt>
          <dd className="num">{perHour === null || perHour === 0 || waiting === 0 || resting ? '–' : duration((waiting / perHour) * 3_600_000)}</dd>
        </div>
        <div>
          <dt>{t('uploads.platform')}</dt>
          <dd data-testid="drain-breaker" data-state={breaker.state}>
            <i className={`dot ${resting ? '' : 'is-full'}`} /> {t(`uploads.breaker-${breaker.state}`)}
          </dd>
        </div>
      </dl>
      {resting ? (
        <p className="drain-rest" data-testid="drain-rest">
          {t('uploads.resting', { since: breaker.since === null ? '' : timeOfDay(breaker.since), age: breaker.since === null ? '' : duration(now - breaker.since) })}
          {why === null ? '' : ` ${why.word}：${why.text}。`}
          {breaker.state === 'trying' ? t('uploads.trying-now') : breaker.nextTryAt === null ? '' : t('uploads.next-try', { at: timeOfDay(breaker.nextTryAt), age: duration(breaker.nextTryAt - now) })}
        </p>
      ) : null}
    </section>
  )
}
