import type { SaleId } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import type { House } from '../house.ts'
import { settlementEvent } from './carry-out.ts'
import { salesOnTheirWay } from './settlement-store.ts'

/** Sales whose platform call this process is waiting for. Everything else that looks "on its way" in the database lost its process. */
const flying = new WeakMap<House, Map<SaleId, number>>()
const flyingOf = (house: House): Map<SaleId, number> => {
  let calls = flying.get(house)
  if (calls === undefined) {
    calls = new Map()
    flying.set(house, calls)
  }
  return calls
}

/** Runs one platform call of a sale. When its answer cannot be stored (full disk), the sale is adopted later like one whose process died. */
export const inFlight = async <T>(house: House, saleId: SaleId, call: () => Promise<T>): Promise<T> => {
  const calls = flyingOf(house)
  // Counted: a trial that nobody waits for any more may end while the settlement of the same sale is on its way.
  calls.set(saleId, (calls.get(saleId) ?? 0) + 1)
  try {
    return await call()
  } finally {
    const left = (calls.get(saleId) ?? 1) - 1
    if (left === 0) calls.delete(saleId)
    else calls.set(saleId, left)
  }
}

export const isInFlight = (house: House, saleId: SaleId): boolean => flyingOf(house).has(saleId)

/** At start, and before every outbox run: calls nobody waits for any more are unknown, and their way out is queued. Returns the sales concerned. */
export const adoptOrphans = (house: House): readonly SaleId[] => {
  const orphans = salesOnTheirWay(house.db).filter((saleId) => !isInFlight(house, saleId))
  for (const saleId of orphans) inTransaction(house.db, () => settlementEvent(house, saleId, 'system', { type: 'orphaned' }))
  return orphans
}
