import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useTillState } from '../../ui/tools.ts'
import { Paid } from './Paid.tsx'
import { TakeMoney } from './TakeMoney.tsx'

/** F9 at the end: money first, then the receipt; the next customer by Enter or by the next scan. */
export const PayDialog = (): ReactNode => {
  const { t } = useTranslation()
  const sale = useTillState((state) => state.sale)
  if (sale === null) return null
  return sale.status === 'closed' ? <Paid sale={sale} title={t('pay.paid-title')} /> : <TakeMoney sale={sale} />
}
