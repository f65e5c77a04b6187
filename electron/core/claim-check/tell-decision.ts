import type { SaleId } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import type { JobResult } from '../outbox/job-result.ts'
import { notYet } from '../outbox/job-result.ts'
import { finishJob, parkJob } from '../outbox/outbox-store.ts'
import type { Operator } from '../platform/client.ts'
import { storeAnswer, storeMessage } from '../settlement/message-store.ts'
import type { FeedbackPayload } from './queue-feedback.ts'

/** 3103: what was decided about one finding. It names the finding by the platform's own number, so telling it twice says it once. Refused: parked, a person reads why. */
export const tellDecision = async (house: House, operator: Operator, job: { readonly outboxId: string; readonly saleId: SaleId; readonly payload: unknown }): Promise<JobResult> => {
  const { db } = house
  const { resultId, stage, way, reason } = job.payload as FeedbackPayload
  const park = (code: 'platform.refused' | 'upload.row-refused' | 'platform.invalid-request', detail: Readonly<Record<string, string | number | boolean | null>>): JobResult => {
    inTransaction(db, () => parkJob(db, job.outboxId, { code, detail }, 'retry'))
    return { kind: 'parked' }
  }
  const prepared = await house.platform.audit.prepareFeedback(operator, { resultId, stage, way, reason })
  if (prepared.kind === 'not-sent') return prepared.code === 'platform.invalid-request' ? park(prepared.code, prepared.detail) : notYet(prepared)
  const { message } = prepared
  inTransaction(db, () => storeMessage(db, message, job.saleId, now(house)))
  const answer = await house.platform.audit.sendFeedback(message)
  return inTransaction(db, (): JobResult => {
    storeAnswer(db, message.messageId, answer, now(house))
    if (answer.kind === 'refused') return park(answer.code, answer.detail)
    if (answer.kind !== 'answered') return notYet(answer)
    finishJob(db, job.outboxId, now(house))
    return { kind: 'done' }
  })
}
