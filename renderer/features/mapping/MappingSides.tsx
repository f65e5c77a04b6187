import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MappingDifference, MappingSide, Output } from '../../../electron/contract/index.ts'
import { useNames, useSentence } from '../../i18n/sentences.ts'

const ROWS: readonly (readonly [label: 'code' | 'name' | 'spec' | 'pack-spec' | 'unit' | 'maker' | 'approval', field: keyof MappingSide, difference: MappingDifference | null])[] = [
  ['name', 'name', null],
  ['spec', 'spec', 'spec'],
  ['pack-spec', 'packSpec', 'pack-spec'],
  ['unit', 'unit', 'unit'],
  ['maker', 'maker', 'maker'],
  ['approval', 'approvalNumber', 'approval-number'],
  ['code', 'code', 'other-code'],
]

/** One drug with both sides beside each other, what differs marked in words, and what became of its mappings. */
export const MappingSides = ({ shown: { drug, ours, theirs, rows } }: { readonly shown: Output<'mapping.showDrug'> }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  const sentence = useSentence()
  const advice = drug.differences.includes('no-national-code') || drug.differences.includes('not-in-catalogue') ? 'fix' : drug.status === 'differs' && !drug.confirmable ? 'other' : drug.status
  return (
    <article data-testid="mapping-drug" data-drug={drug.drugId} data-status={drug.status}>
      <header className="link-head">
        <span className={`status is-mapping-${drug.status}`}>{nameOf('mappingStatus', drug.status)}</span>
        <b>{drug.name}</b>
      </header>
      <p className={`mapping-do${drug.status === 'in-force' || drug.status === 'under-way' ? '' : ' is-off'}`} data-testid="mapping-do">
        {t(`mapping.do-${advice}`)}
      </p>
      {drug.expiring && drug.to !== null ? <p className="link-warning">{t('mapping.expires-soon', { to: drug.to })}</p> : null}
      {drug.refusal === null ? null : (
        <p className="link-warning" data-testid="mapping-refusal">
          {sentence('error', drug.refusal.code, drug.refusal.detail).text}
        </p>
      )}
      <table className="sides">
        <thead>
          <tr>
            <th aria-hidden="true" />
            <th>{t('mapping.ours')}</th>
            <th>{t('mapping.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map(([label, field, difference]) => {
            const differs = difference !== null && drug.differences.includes(difference)
            return (
              <tr key={field} className={differs ? 'is-different' : ''}>
                <th>{t(`mapping.${label}`)}</th>
                <td>{ours[field]}</td>
                <td>
                  {theirs?.[field] ?? <span className="dim">{t('mapping.theirs-unknown')}</span>}
                  {differs ? <span className="differs"> ≠ {nameOf('mappingDifference', difference)}</span> : null}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {drug.differences.filter((difference) => !ROWS.some(([, , shown]) => shown === difference)).map((difference) => (
        <p key={difference} className="link-warning">
          {nameOf('mappingDifference', difference)}
        </p>
      ))}
      <h3 className="mapping-history">{t('mapping.history')}</h3>
      {rows.length === 0 ? <p className="dim">{t('mapping.no-history')}</p> : null}
      <ul>
        {rows.map((row) => (
          <li key={`${row.nationalCode}${row.from}`} data-testid="mapping-row">
            <b>{t(`mapping.state-${row.state}`)}</b> · <span className="num">{t('mapping.period', { from: row.from, to: row.to ?? t('mapping.no-end') })}</span> · {t(row.source === 'ours' ? 'mapping.from-us' : 'mapping.read-back')}
            {row.nationalCode === drug.nationalCode ? null : <span className="num dim"> {row.nationalCode}</span>}
          </li>
        ))}
      </ul>
    </article>
  )
}
