import type { SaleId } from '../../contract/index.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import { queueJob } from '../outbox/outbox-store.ts'
import type { StoredDecision, StoredViolation } from './claim-store.ts'

/** What 3103 is made from; one job a finding and decision. */
export interface FeedbackPayload { readonly decisionId: string; readonly resultId: string; readonly stage: 'before-trial' | 'before-settle'; readonly way: 'keep' | 'change'; readonly reason: string }

/** The decision's word about each finding it belongs to, in the caller's transaction. A finding that comes again under a new number is answered again. */
export const queueFeedback = (house: House, saleId: SaleId, decision: Pick<StoredDecision, 'decisionId' | 'action' | 'reason'>, violations: readonly Pick<StoredViolation, 'resultId' | 'stage'>[]): void => {
  if (!house.profile.audit.feedback) return
  for (const { resultId, stage } of violations) {
    const payload: FeedbackPayload = { decisionId: decision.decisionId, resultId, stage, way: decision.action === 'keep' ? 'keep' : 'change', reason: decision.reason }
    queueJob(house.db, { outboxId: house.newId(), kind: 'claim-feedback', saleId, effectKey: `claim-${resultId}-${decision.decisionId}`, payload, at: now(house) })
  }
}
