import type { ReactNode } from 'react'
import type { Fen } from '../../electron/contract/index.ts'
import { formatFen } from '../../electron/domain/amounts.ts'

/** Fen always shown; never wrapped, never cut. */
export const Money = ({ fen, className = '', testid }: { readonly fen: Fen; readonly className?: string; readonly testid?: string }): ReactNode => (
  <span className={`money ${className}`} data-testid={testid} data-fen={fen}>
    {formatFen(fen)}
  </span>
)
