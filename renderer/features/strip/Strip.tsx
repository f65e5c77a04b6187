import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../../electron/contract/index.ts'
import { Instant } from '../../../electron/contract/index.ts'
import { timeOfDay } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { goTo } from '../../till/till.ts'
import { useCoreNow } from '../../ui/use-core-now.ts'
import { useTill, useTillState } from '../../ui/tools.ts'
import { duration } from '../../view/ages.ts'

const Line = ({ status, now }: { readonly status: Status; readonly now: number }): ReactNode => {
  const { t } = useTranslation()
  const { line } = status
  if (line.state === 'online')
    return (
      <span className="strip-item" data-testid="strip-line" data-state="online">
        <i className="dot is-full" />
        {t('strip.platform')} {line.latencyMs === null ? '' : <span className="num">{line.latencyMs} ms</span>}
      </span>
    )
  if (line.state === 'unknown')
    return (
      <span className="strip-item" data-testid="strip-line" data-state="unknown">
        <i className="dot is-half" />
        {t('strip.platform-unknown')}
      </span>
    )
  return (
    <span className="strip-item is-attention" data-testid="strip-line" data-state="offline">
      <i className="dot" />
      {t('strip.offline')} <span className="num">{duration(now - line.since)}</span>
    </span>
  )
}

/** The one line that is always there: who, which shift, how the line is, what waits. */
export const Strip = (): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const till = useTill()
  const now = useCoreNow(1_000)
  const status = useTillState((state) => state.status)
  const staff = useTillState((state) => state.staff)
  if (status === null) return <header className="strip" data-testid="strip" />
  const { outbox, unconfirmed, due, held, openAlarms, openDifferences } = status
  return (
    <header className="strip" data-testid="strip">
      <span className="strip-item is-strong strip-shop">
        {status.shopName} · {status.tillNumber}
      </span>
      {staff === null ? null : (
        <span className="strip-item" data-testid="strip-staff">
          {staff.name}
          <span className="dim">{nameOf('role', staff.role)}</span>
          {status.shiftOpen ? null : <span className="strip-mark">{t('strip.no-shift')}</span>}
        </span>
      )}
      <Line status={status} now={now} />
      <span className={`strip-item${outbox.waiting === 0 ? ' dim' : ''}`} data-testid="strip-uploads">
        {t('strip.uploads')} <span className="num">{outbox.waiting}</span>
        {outbox.breaker.state === 'closed' ? null : <span className="strip-mark"> {t('uploads.strip-resting')}</span>}
        {outbox.oldestAt === null || outbox.waiting === 0 ? null : (
          <span className="num">
            {' '}
            · {t('strip.oldest')} {duration(now - outbox.oldestAt)}
          </span>
        )}
      </span>
      {outbox.parked === 0 ? null : (
        <button
          type="button"
          tabIndex={-1}
          className="strip-item strip-button is-attention"
          data-testid="strip-parked"
          onMouseDown={(e) => e.preventDefault()}
          onClick={() => goTo(till, 'uploads')}
        >
          {t('strip.parked')} <b className="num">{outbox.parked}</b>
        </button>
      )}
      {openAlarms === 0 ? null : (
        <button
          type="button"
          tabIndex={-1}
          className="strip-item strip-button is-attention"
          data-testid="strip-alarms"
          onMouseDown={(e) => e.preventDefault()}
          onClick={() => goTo(till, 'alarm')}
        >
          {t('strip.alarms')} <b className="num">{openAlarms}</b>
        </button>
      )}
      {openDifferences === 0 ? null : (
        <button
          type="button"
          tabIndex={-1}
          className="strip-item strip-button is-attention"
          data-testid="strip-differences"
          onMouseDown={(e) => e.preventDefault()}
          onClick={() => goTo(till, 'reconcile')}
        >
          {t('strip.differences')} <b className="num">{openDifferences}</b>
        </button>
      )}
      {unconfirmed.length === 0 ? null : (
        <button
          type="button"
          tabIndex={-1}
          className="strip-item strip-button is-attention"
          data-testid="strip-unconfirmed"
          onMouseDown={(e) => e.preventDefault()}
          onClick={() => till.store.set({ page: 'till', overlay: { kind: 'recall' } })}
        >
          {t('strip.unconfirmed')} <b className="num">{unconfirmed.length}</b>
        </button>
      )}
      {due.length === 0 ? null : (
        <button
          type="button"
          tabIndex={-1}
          className="strip-item strip-button"
          data-testid="strip-due"
          onMouseDown={(e) => e.preventDefault()}
          onClick={() => till.store.set({ page: 'till', overlay: { kind: 'recall' } })}
        >
          {t('strip.due')} <b className="num">{due.length}</b>
        </button>
      )}
      {held === 0 ? null : (
        <span className="strip-item" data-testid="strip-held">
          {t('strip.held')} <b className="num">{held}</b>
        </span>
      )}
      <span className="strip-space" />
      {status.practice ? (
        <span className="strip-practice" data-testid="strip-practice">
          {t('strip.practice')}
        </span>
      ) : null}
      <time className="strip-item num is-strong" data-testid="strip-clock">
        {timeOfDay(Instant.parse(Math.round(now)))}
      </time>
    </header>
  )
}
