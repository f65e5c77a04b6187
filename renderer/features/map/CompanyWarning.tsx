import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CompanyDifference } from '../../../electron/contract/index.ts'

/** Two codes of one item name two companies: a warning, never a refusal. */
export const CompanyWarning = ({ difference: { nationalCode, baseCode } }: { readonly difference: CompanyDifference }): ReactNode => {
  const { t } = useTranslation()
  return (
    <p className="link-warning" data-testid="company-warning">
      {t('map.company-differs', { national: nationalCode.slice(-5), base: baseCode.slice(3, 8) })}
    </p>
  )
}
