import type { SaleId } from '../../contract/index.ts'
import type { House } from '../house.ts'
import { getLineRows, getSaleRow } from '../sale/sale-store.ts'
import { askClaim, claimsBeingAsked, isAsked } from './ask-claim.ts'
import { checksOf } from './claim-store.ts'

export interface BasketWatch {
  /** A sale changed, whatever of it. */
  readonly changed: (saleId: SaleId) => void
  readonly close: () => void
}

/**
 * 3101 beside the cashier's work: a basket with person and lines is asked about when it has been quiet for a moment. Each basket once; what comes for a basket of the past is dropped.
 * Nobody waits for it: scans and the trial go on meanwhile.
 */
export const watchBaskets = (house: House): BasketWatch => {
  const { audit } = house.profile
  const timers = new Map<SaleId, { readonly timer: NodeJS.Timeout; readonly revision: number }>()
  const looking = new Set<SaleId>()
  const { soon, flights } = claimsBeingAsked(house)
  let closed = false
  const failed = (cause: unknown): void => { house.log.error({ err: cause }, 'claim check') }

  const stop = (saleId: SaleId): void => {
    clearTimeout(timers.get(saleId)?.timer)
    timers.delete(saleId)
    soon.delete(saleId)
  }
  const ask = (saleId: SaleId): void => {
    stop(saleId)
    try {
      const { staff_id: operatorId, staff_name: operatorName } = getSaleRow(house.db, saleId)
      askClaim(house, { operatorId, operatorName }, saleId, 'before-trial').catch(failed)
    } catch (cause) {
      failed(cause)
    }
  }
  const look = (saleId: SaleId): void => {
    const sale = getSaleRow(house.db, saleId)
    const { revision } = sale
    const asks = sale.status === 'open' && sale.insured === 1 && sale.person_id !== null && getLineRows(house.db, saleId).length > 0
    // Told once that it cannot be had, the cashier asks again by hand.
    if (!asks || checksOf(house.db, saleId, revision).some((check) => check.stage === 'before-trial')) return stop(saleId)
    if (flights.get(saleId)?.revision === revision || timers.get(saleId)?.revision === revision) return
    stop(saleId)
    soon.add(saleId)
    const timer = setTimeout(() => ask(saleId), audit.quietMs)
    timer.unref()
    timers.set(saleId, { timer, revision })
    house.changed({ saleId })
  }
  return {
    changed: (saleId) => {
      if (closed || looking.has(saleId) || !isAsked(house, 'before-trial')) return
      looking.add(saleId)
      // After the change's transaction: what is rolled back is not asked about.
      queueMicrotask(() => {
        looking.delete(saleId)
        try {
          if (!closed) look(saleId)
        } catch (cause) {
          failed(cause)
        }
      })
    },
    close: () => {
      closed = true
      for (const saleId of [...timers.keys()]) stop(saleId)
    },
  }
}
