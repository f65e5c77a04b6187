import type { BroughtBack, SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { broughtBackRefusal } from '../../domain/sale/return-rules.ts'
import type { Refusal } from '../../domain/sale/return-rules.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { operatorOf } from '../person/read-person.ts'
import { cancelSettlement } from '../settlement/cancel-settlement.ts'
import { openShiftId } from '../shift/shift-store.ts'
import { bookReturn } from './book-sale.ts'
import { packsToReturn, refusalsOf } from './check-return.ts'
import { isSettled } from './end-sale.ts'
import { noteBroughtBack } from './return-store.ts'
import { saleStatements } from './sale-store.ts'

export interface AskedReturn {
  readonly saleId: SaleId
  readonly reason: string
  /** Every whole pack with a code of its own, as it was held under the scanner; others may be named. */
  readonly packs: readonly BroughtBack[]
  readonly unscannableReason: string
}

const refuse = (refusal: Refusal | null | undefined): void => {
  if (refusal?.reason === 'no-shift') throw new AppError('shift.none-open', 'a refund needs an open shift')
  if (refusal != null) throw new AppError('sale.not-returnable', `not returnable: ${refusal.reason}`, { ...refusal.detail, reason: refusal.reason })
}

/**
 * Full return (rules.md §5: there is no partial one): the fund's settlement is cancelled first (2103, a promise), then money, goods and codes come back in one transaction.
 * Errors: sale.not-returnable with its reason, shift.none-open, platform.*.
 */
export const returnSale = (house: House, caller: Caller, { saleId, reason, packs, unscannableReason }: AskedReturn): void | Promise<void> => {
  const { db } = house
  const sold = packsToReturn(house, saleId)
  refuse(refusalsOf(house, saleId, sold)[0])
  refuse(broughtBackRefusal(sold, packs, { isManager: caller.role === 'manager', unscannableReason }))
  const shiftId = openShiftId(db)
  if (shiftId === null) throw new AppError('shift.none-open', 'a refund needs an open shift')
  const note = (): void => noteBroughtBack(db, saleId, packs, unscannableReason)
  if (isSettled(db, saleId)) return cancelSettlement(house, operatorOf(caller), saleId, { shiftId, reason, note })
  inTransaction(db, () => {
    note()
    saleStatements(db).setNote.run({ saleId, note: reason })
    saleStatements(db).setReturning.run({ saleId, shiftId })
    bookReturn(house, saleId, caller.staffId)
  })
  house.changed({ saleId })
}
