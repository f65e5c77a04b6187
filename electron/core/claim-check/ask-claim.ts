import type { ClaimStage, SaleId } from '../../contract/index.ts'
import { violationKey } from '../../domain/claim-check/violation-key.ts'
import { inTransaction } from '../db/database.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import type { Operator, Outcome } from '../platform/client.ts'
import type { FoundViolation } from '../platform/transactions/claim-question.ts'
import { getLineRows, getSaleRow } from '../sale/sale-store.ts'
import { claimOfSale } from './claim-of-sale.ts'
import { addCheck, checksOf, decisionsOf } from './claim-store.ts'
import type { StoredViolation } from './claim-store.ts'
import { queueFeedback } from './queue-feedback.ts'

/** What this process is asking, by sale; and since when a stage's service has not answered. In memory: a question has no effect, so one that died with its process is simply asked again. */
interface Asking {
  readonly flights: Map<SaleId, { readonly revision: number; readonly stage: ClaimStage; readonly ended: Promise<void> }>
  readonly failedAt: Map<ClaimStage, number>
  /** Baskets that wait to be quiet. */
  readonly soon: Set<SaleId>
}
const askingOf = new WeakMap<House, Asking>()
export const claimsBeingAsked = (house: House): Asking => {
  let asking = askingOf.get(house)
  if (asking === undefined) {
    asking = { flights: new Map(), failedAt: new Map(), soon: new Set() }
    askingOf.set(house, asking)
  }
  return asking
}

export const isAsked = (house: House, stage: ClaimStage): boolean => (stage === 'before-trial' ? house.profile.audit.beforeTrial : house.profile.audit.beforeSettle)

/** A service that did not answer is left alone for a while, so that no customer waits for it in vain. */
const isResting = (house: House, stage: ClaimStage): boolean => {
  const failedAt = claimsBeingAsked(house).failedAt.get(stage)
  const since = failedAt === undefined ? null : house.clock() - failedAt
  // A clock set back ends the rest.
  return since !== null && since >= 0 && since < house.profile.audit.restMs
}

export const answered = (house: House, saleId: SaleId, revision: number, stage: ClaimStage): boolean => checksOf(house.db, saleId, revision).some((check) => check.stage === stage && check.outcome !== 'unavailable')

/** Stores one answer, unless it is about a basket of the past. A decision that still applies answers the new finding too. */
const store = (house: House, saleId: SaleId, revision: number, stage: ClaimStage, answer: Outcome<readonly FoundViolation[]> | 'resting'): void => {
  const { db } = house
  inTransaction(db, () => {
    const sale = getSaleRow(db, saleId)
    if (sale.revision !== revision || (sale.status !== 'open' && sale.status !== 'held')) return
    const at = now(house)
    if (answer === 'resting') return addCheck(db, { saleId, revision, stage, at, violations: null, error: { code: 'platform.timeout', detail: { reason: 'resting' } } })
    if (answer.kind !== 'answered') return addCheck(db, { saleId, revision, stage, at, violations: null, error: { code: answer.code, detail: answer.detail } })
    const basket = getLineRows(db, saleId).map((line) => ({ lineId: line.line_id, drugId: line.drug_id, sellUnit: line.sell_unit, quantity: line.quantity }))
    const violations = answer.value.map((found): Omit<StoredViolation, 'stage'> => ({ ...found, key: violationKey(sale.person_id ?? '', found, basket) }))
    addCheck(db, { saleId, revision, stage, at, violations, error: null })
    const decided = new Map(decisionsOf(db, saleId).map((decision) => [decision.key, decision]))
    for (const violation of violations) {
      const decision = decided.get(violation.key)
      if (decision !== undefined && decision.action !== 'take-out') queueFeedback(house, saleId, decision, [{ resultId: violation.resultId, stage }])
    }
  })
}

/**
 * Asks once about the basket as it is; a second question about the same basket joins the first. Never throws for what the platform does: a check that cannot be had is noted and the sale goes on (unless the profile says else).
 * `again`: a person asks, whatever was answered and however long the service rests.
 */
export const askClaim = async (house: House, operator: Operator, saleId: SaleId, stage: ClaimStage, again = false): Promise<void> => {
  const asking = claimsBeingAsked(house)
  const sale = getSaleRow(house.db, saleId)
  const { revision } = sale
  if (sale.insured === 0 || sale.person_id === null || getLineRows(house.db, saleId).length === 0) return
  if (!again && answered(house, saleId, revision, stage)) return
  const flight = asking.flights.get(saleId)
  if (flight?.revision === revision && flight.stage === stage) return flight.ended
  if (!again && isResting(house, stage)) return store(house, saleId, revision, stage, 'resting')
  const ask = async (): Promise<void> => {
    const answer = await house.platform.audit.check(operator, claimOfSale(house, saleId, stage))
    if (answer.kind === 'answered') asking.failedAt.delete(stage)
    // What our own tables refuse says nothing of the service.
    else if (answer.kind !== 'not-sent' || answer.code !== 'platform.invalid-request') asking.failedAt.set(stage, house.clock())
    store(house, saleId, revision, stage, answer)
  }
  const ended = ask().finally(() => {
    if (asking.flights.get(saleId)?.ended === ended) asking.flights.delete(saleId)
    house.changed({ saleId })
  })
  asking.flights.set(saleId, { revision, stage, ended })
  house.changed({ saleId })
  return ended
}
