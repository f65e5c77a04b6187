import type { ReactNode } from 'react'
import type { Fen } from '../../../electron/contract/index.ts'
import { Money } from '../../ui/Money.tsx'

export const Difference = ({ value }: { readonly value: Fen }): ReactNode => (
  <span className={value === 0 ? '' : 'is-off'}>
    {value === 0 ? '✓ ' : value > 0 ? '▲ +' : '▼ '}
    <Money fen={value} />
  </span>
)
