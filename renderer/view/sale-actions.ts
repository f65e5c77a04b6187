import type { Sale } from '../../electron/contract/index.ts'

export type SaleAction = 'return' | 'show-receipt' | 'reprint' | 'print-return' | 'copy' | 'resolve' | 'decide'

export type Decision = 'retry-reversal' | 'never-booked' | 'still-settled'

/** What a manager may say with evidence once the platform refused: to reverse a lost settlement, or to repeat a lost cancellation. */
export const decisionsFor = ({ settlementState, refusal }: Pick<Sale, 'settlementState' | 'refusal'>): readonly Decision[] => {
  if (settlementState === 'parked') return ['retry-reversal', 'never-booked']
  return settlementState === 'cancel-unknown' && refusal?.code === 'settlement.cancel-refused' ? ['still-settled'] : []
}

/** Only what works now is offered. */
export const saleActions = (sale: Sale, isManager: boolean): readonly SaleAction[] => {
  const { status } = sale
  const printed = status === 'closed' || status === 'returning' || status === 'returned'
  return [
    // A settled sale whose patient cannot pay the rest is undone like any other.
    ...(status === 'closed' || status === 'due' ? ['return' as const] : []),
    ...(printed ? ['show-receipt' as const, 'reprint' as const] : []),
    ...(status === 'returned' ? ['print-return' as const] : []),
    ...(status === 'unconfirmed' || status === 'returning' ? ['resolve' as const] : []),
    ...(decisionsFor(sale).length > 0 && isManager ? ['decide' as const] : []),
    ...(status === 'reversed' || status === 'voided' ? ['copy' as const] : []),
  ]
}
