import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChronicFiling, Freshness, Person } from '../../../electron/contract/index.ts'
import { AgeText } from '../../ui/AgeText.tsx'
import { Money } from '../../ui/Money.tsx'
import { PersonName } from './PersonName.tsx'

const Row = ({
  label,
  fresh,
  children,
  testid,
}: {
  readonly label: string
  readonly fresh: Freshness
  readonly children: ReactNode
  readonly testid: string
}): ReactNode => (
  <div className="fact" data-testid={testid}>
    <span className="fact-label">{label}</span>
    <span className="fact-value">{children}</span>
    <AgeText fresh={fresh} />
  </div>
)

const Filing = ({ filing }: { readonly filing: ChronicFiling }): ReactNode => {
  const { t } = useTranslation()
  return (
    <span className={filing.valid ? 'filing' : 'filing is-over'} title={`${filing.from} – ${filing.to ?? ''}`}>
      {filing.valid ? filing.diseaseName : <s>{filing.diseaseName}</s>} <span className="dim num">{filing.diseaseCode}</span>
      {filing.valid ? null : ` ${t('person.filing-over')}`}
    </span>
  )
}

const SHOWN_FILINGS = 2

/** What the platform said of this person; every row with its age in words. */
export const PersonFacts = ({ person }: { readonly person: Person }): ReactNode => {
  const { t } = useTranslation()
  const insurance = person.insurances[person.chosenInsurance]
  const { state, reason } = person.entitlement
  const year = person.accumulators[0]
  return (
    <div className="person-facts">
      <PersonName person={person} />
      {insurance === undefined ? null : (
        <div className="fact is-insurance" data-testid="person-insurance">
          <span className="fact-value">
            <b>{insurance.insuranceName}</b>{' '}
            <span className="dim">
              {insurance.personTypeName} · {insurance.regionName}
            </span>
          </span>
          <span className={insurance.active ? 'standing' : 'standing is-stopped'}>
            {insurance.active ? `● ${t('person.active')}` : `✕ ${t('person.inactive')}`}
          </span>
        </div>
      )}
      {insurance === undefined ? null : (
        <Row label={t('person.balance')} fresh={person.identity} testid="person-balance">
          <Money fen={insurance.balanceFen} className="balance" />
        </Row>
      )}
      <Row label={t('person.filings')} fresh={person.filingsFreshness} testid="person-filings">
        {person.filings.length === 0 ? (
          <span className="dim">{t('person.no-filings')}</span>
        ) : (
          person.filings.slice(0, SHOWN_FILINGS).map((filing) => <Filing key={filing.diseaseCode} filing={filing} />)
        )}
        {person.filings.length > SHOWN_FILINGS ? (
          <span className="dim"> {t('person.more-filings', { count: person.filings.length - SHOWN_FILINGS })}</span>
        ) : null}
      </Row>
      <Row label={t('person.entitlement')} fresh={person.entitlementFreshness} testid="person-entitlement">
        <span className={state === 'not-entitled' ? 'standing is-stopped' : ''} title={reason}>
          {state === 'entitled' ? '✓ ' : state === 'not-entitled' ? '✕ ' : '? '}
          {t(`person.entitlement-${state}`)}
          {reason === '' ? '' : ` · ${reason}`}
        </span>
      </Row>
      {year === undefined ? null : (
        <Row label={t('person.year')} fresh={person.accumulatorsFreshness} testid="person-year">
          <span className="fact-pair" title={year.typeName}>
            <span className="clip">{year.typeName}</span>
            <Money fen={year.amountFen} />
          </span>
        </Row>
      )}
    </div>
  )
}
