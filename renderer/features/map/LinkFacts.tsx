import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../electron/contract/index.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { useNames } from '../../i18n/sentences.ts'
import { CompanyWarning } from './CompanyWarning.tsx'
import { VerifiedAge } from './VerifiedAge.tsx'

/** Where a link is from and how far it can be trusted. */
export const LinkFacts = ({ shown: { link, rivals, companyDifference } }: { readonly shown: Output<'map.showLink'> }): ReactNode => {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (
    <article data-testid="link" data-trust={link.trust} data-link={link.linkId}>
      <header className="link-head">
        <span className={`status is-link-${link.trust}`}>{nameOf('linkTrust', link.trust)}</span>
        <b className="num">{link.value}</b>
      </header>
      <p className="link-item">
        <b>{link.drugName}</b> {link.spec} <span className="dim">{link.maker}</span> <span className="dim num">{link.drugId}</span>
      </p>
      {link.trust === 'provisional' ? <p className="link-warning">{t('map.provisional-lead')}</p> : null}
      {companyDifference === null ? null : <CompanyWarning difference={companyDifference} />}
      <dl className="facts link-facts">
        <dt>{t('map.kind')}</dt>
        <dd>
          {nameOf('linkKind', link.kind)}
          {link.level === null ? '' : ` · ${t('map.level-n', { level: link.level })}`}
        </dd>
        <dt>{t('map.source')}</dt>
        <dd>
          {nameOf('linkSource', link.source)}
          {link.learntBy === null ? '' : ` · ${link.learntBy}`}
          {link.sourceNote === '' ? null : <span className="dim"> {link.sourceNote}</span>}
        </dd>
        <dt>{t('map.first-seen')}</dt>
        <dd className="num">{instantToLocal(link.firstSeenAt).slice(0, 16)}</dd>
        <dt>{t('map.last-verified')}</dt>
        <dd>
          <span className="num">{instantToLocal(link.lastVerifiedAt).slice(0, 16)}</span> · <VerifiedAge at={link.lastVerifiedAt} />
        </dd>
        {link.reviewedAt === null ? null : (
          <>
            <dt>{link.trust === 'revoked' ? t('map.revoked-by') : t('map.reviewed-by')}</dt>
            <dd>
              {link.reviewedBy} <span className="num">{instantToLocal(link.reviewedAt).slice(0, 16)}</span>
            </dd>
          </>
        )}
        {link.reason === '' ? null : (
          <>
            <dt>{t('map.reason')}</dt>
            <dd>{link.reason}</dd>
          </>
        )}
        {rivals.length === 0 ? null : (
          <>
            <dt>{t('map.rivals')}</dt>
            <dd>
              {rivals.map((rival) => (
                <p key={rival.linkId}>
                  <b>{rival.drugName}</b> {rival.spec} · {nameOf('linkTrust', rival.trust)} · {nameOf('linkSource', rival.source)}
                </p>
              ))}
            </dd>
          </>
        )}
      </dl>
    </article>
  )
}
