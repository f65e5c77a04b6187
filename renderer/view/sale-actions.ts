import type { Sale } from '../../electron/contract/index.ts'

export type SaleAction = 'return' | 'show-receipt' | 'reprint' | 'print-return' | 'copy' | 'resolve' | 'decide'

/** Only what works now is offered. */
export const saleActions = (sale: Sale, isManager: boolean): readonly SaleAction[] => {
  const { status } = sale
  const printed = status === 'closed' || status === 'returning' || status === 'returned'
  return [
    ...(status === 'closed' ? ['return' as const] : []),
    ...(printed ? ['show-receipt' as const, 'reprint' as const] : []),
    ...(status === 'returned' ? ['print-return' as const] : []),
    ...(status === 'unconfirmed' || status === 'returning' ? ['resolve' as const] : []),
    ...(sale.settlementState === 'parked' && isManager ? ['decide' as const] : []),
    ...(status === 'reversed' || status === 'voided' ? ['copy' as const] : []),
  ]
}
