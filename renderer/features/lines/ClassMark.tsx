import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { InsuranceClass } from '../../../electron/contract/index.ts'

/** 甲 · 乙 · 自: the letter says it, the frame only helps. */
export const ClassMark = ({ value }: { readonly value: InsuranceClass }): ReactNode => {
  const { t } = useTranslation()
  return (
    <span className={`class-mark is-${value}`} title={t(`class-long.${value}`)}>
      {t(`class.${value}`)}
    </span>
  )
}
