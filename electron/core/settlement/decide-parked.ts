import type { SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { settleParkedJob } from '../outbox/outbox-store.ts'
import { settlementEvent } from './carry-out.ts'
import { settlementState } from './settlement-store.ts'

/** A manager ends a settlement whose reversal the platform refused, with evidence from outside: it was never booked, or the reversal is to be asked again. */
export const decideParked = (house: House, caller: Caller, saleId: SaleId, decision: 'never-booked' | 'retry-reversal' | 'still-settled', evidence: string): void => {
  inTransaction(house.db, () => {
    const refused = decision === 'retry-reversal' || settleParkedJob(house.db, saleId, decision === 'still-settled' ? 'cancel-settlement' : 'reverse-settlement', now(house))
    // While the platform may still cancel it, nobody says that it stands.
    if (!refused) throw new AppError('sale.wrong-state', 'the platform has not refused it', { status: settlementState(house.db, saleId) })
    if (!settlementEvent(house, saleId, caller.staffId, { type: 'person-decided', decision }, { note: `${caller.staffName}: ${evidence}` })) {
      throw new AppError('sale.wrong-state', 'only a parked settlement is decided', { status: settlementState(house.db, saleId) })
    }
  })
  house.changed({ saleId })
}
