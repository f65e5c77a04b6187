import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alarm } from '../../../electron/contract/index.ts'
import { alarmSource } from '../../../electron/domain/alarm/report-text.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { PhotoRow } from './PhotoRow.tsx'

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode => (
  <>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </>
)

/** Everything known of one set-aside pack: what was said, where it lies, its pictures, its life here. */
export const AlarmDetail = ({ alarm }: { readonly alarm: Alarm }): ReactNode => {
  const { t, i18n } = useTranslation()
  const nameOf = useNames()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  return (
    <div className="alarm-detail" data-testid="alarm" data-status={alarm.status} data-kind={alarm.kind}>
      <header className="sale-header">
        <span className={`status is-alarm-${alarm.status}`}>{nameOf('alarmStatus', alarm.status)}</span>
        <b className="num alarm-code">{alarm.code}</b>
      </header>
      <dl className="facts">
        <Fact label={t('alarm.drug')}>
          {alarm.drugName ?? t('alarm.unknown-drug')} {alarm.spec} {alarm.maker === '' ? '' : `· ${alarm.maker}`}
        </Fact>
        <Fact label={t('alarm.kind')}>
          {nameOf('alarmKind', alarm.kind)} · {alarmSource(alarm.source, language)}
        </Fact>
        {alarm.said === '' ? null : <Fact label={t('alarm.said')}>{alarm.said}</Fact>}
        <Fact label={t('alarm.told')}>
          <span className="num">{instantToLocal(alarm.toldAt).slice(0, 16)}</span> {alarm.toldByName ?? ''}
          {alarm.receiptNumber === null ? null : (
            <span className="dim num">
              {' '}
              · {t('totals.receipt')} {alarm.receiptNumber}
            </span>
          )}
        </Fact>
        <Fact label={t('alarm.state')}>
          {alarm.pack === null ? t('alarm.never-here') : nameOf('packState', alarm.pack.state)}
          {alarm.lotNumber === null ? null : (
            <span className="dim num">
              {' '}
              · {alarm.lotNumber} · {alarm.pack?.expiresOn}
            </span>
          )}
        </Fact>
        <Fact label={t('alarm.delivery')}>
          {alarm.delivery === null ? t('alarm.no-delivery') : `${alarm.delivery.supplier} · ${alarm.delivery.documentNumber} · ${alarm.delivery.receivedOn}`}
        </Fact>
        <Fact label={t('alarm.place')}>{alarm.place === '' ? <span className="is-off">{t('alarm.no-place')}</span> : alarm.place}</Fact>
        {alarm.note === '' ? null : <Fact label={t('alarm.note')}>{alarm.note}</Fact>}
        {alarm.reportedAt === null ? null : (
          <Fact label={t('alarm.reported')}>
            <span className="num">{instantToLocal(alarm.reportedAt).slice(0, 16)}</span>
          </Fact>
        )}
        {alarm.outcome === null ? null : (
          <Fact label={t('alarm.outcome')}>
            <b>{nameOf('alarmOutcome', alarm.outcome)}</b> · {alarm.outcomeNote} <span className="dim">{alarm.closedByName}</span>
          </Fact>
        )}
      </dl>
      <PhotoRow photos={alarm.photos} />
      {alarm.pack === null ? null : (
        <ol className="story">
          {alarm.pack.events.map((event, index) => (
            <li key={index} className="story-item">
              <time className="num">{instantToLocal(event.at).slice(5, 16)}</time>
              <b>{nameOf('packEvent', event.kind)}</b>
              <span className="dim">
                {event.receiptNumber === null ? '' : `${t('totals.receipt')} ${event.receiptNumber}`} {event.staffName ?? ''}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
