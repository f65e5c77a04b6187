import type { ReactNode } from 'react'
import type { ClaimSeverity } from '../../../electron/contract/index.ts'
import { useNames } from '../../i18n/sentences.ts'

/** Shapes besides the word: a bar, a triangle, a ring. Colour only helps. */
const SHAPES: Readonly<Record<ClaimSeverity, string>> = { definite: '■', 'highly-suspect': '▲', 'slightly-suspect': '○', unstated: '◇' }

export const SeverityMark = ({ severity }: { readonly severity: ClaimSeverity }): ReactNode => {
  const nameOf = useNames()
  return (
    <span className={`severity is-${severity}`} data-severity={severity}>
      <span aria-hidden="true">{SHAPES[severity]}</span> {nameOf('claimSeverity', severity)}
    </span>
  )
}
