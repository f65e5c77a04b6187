import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCoreNow } from '../../ui/use-core-now.ts'
import { ageOf } from '../../view/ages.ts'

/** How long ago somebody, or a file, last said so. */
export const VerifiedAge = ({ at }: { readonly at: number }): ReactNode => {
  const { t } = useTranslation()
  const age = ageOf(at, useCoreNow(10_000))
  return <span className="dim">{age.unit === 'now' ? t('age.now') : t(`age.${age.unit}`, { count: age.count })}</span>
}
