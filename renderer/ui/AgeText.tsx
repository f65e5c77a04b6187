import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Freshness } from '../../electron/contract/index.ts'
import { ageOf, isStale } from '../view/ages.ts'
import { useCoreNow } from './use-core-now.ts'
import { useTillState } from './tools.ts'

/** How old something is, in words; too old is marked by word and shape. */
export const AgeText = ({ fresh }: { readonly fresh: Freshness }): ReactNode => {
  const { t } = useTranslation()
  const now = useCoreNow(5_000)
  const staleAfter = useTillState((state) => state.status?.staleAfterMinutes ?? 30)
  if (fresh.fetchedAt === null) return <span className="age is-stale">{t('age.never')}</span>
  const age = ageOf(fresh.fetchedAt, now)
  const words = age.unit === 'now' ? t('age.now') : t(`age.${age.unit}`, { count: age.count })
  const stale = isStale(fresh, now, staleAfter)
  return (
    <span className={`age${stale ? ' is-stale' : ''}`}>
      {stale ? `▲ ${t('age.stale')} ` : ''}
      {fresh.source === 'cache' ? t('age.cached', { words }) : words}
    </span>
  )
}
