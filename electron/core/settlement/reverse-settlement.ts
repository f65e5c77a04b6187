import type { SaleId } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import type { JobResult } from '../outbox/job-result.ts'
import { notYet } from '../outbox/job-result.ts'
import { finishJob, parkJob } from '../outbox/outbox-store.ts'
import { getPerson } from '../person/person-store.ts'
import { settledInsurance } from '../person/settled-insurance.ts'
import type { Operator } from '../platform/client.ts'
import { getSaleRow } from '../sale/sale-store.ts'
import { settlementEvent } from './carry-out.ts'
import { inFlight } from './in-flight.ts'
import { storeAnswer, storeMessage } from './message-store.ts'
import { getSettlementRow } from './settlement-store.ts'

/**
 * 2601 for a settlement whose answer was lost, under a new message id each time it is asked; what it undoes is named by the original's id, so asking twice undoes once.
 * Accepted: nothing was sold. Refused: parked, a person decides with evidence. Lost: asked again later.
 */
export const reverseSettlement = async (house: House, operator: Operator, job: { readonly outboxId: string; readonly saleId: SaleId; readonly messageId: string }): Promise<JobResult> => {
  const { db } = house
  const { saleId } = job
  const row = getSettlementRow(db, saleId)
  const sale = getSaleRow(db, saleId)
  if (row?.state === 'reversing') return { kind: 'later', error: { code: 'settlement.unknown', detail: {} } }
  if (row === null || row.state !== 'unknown' || row.settle_message_id !== job.messageId || sale.person_id === null) {
    // Someone decided meanwhile: there is nothing left to undo.
    inTransaction(db, () => finishJob(db, job.outboxId, now(house)))
    return { kind: 'done' }
  }
  const { person } = getPerson(db, sale.person_id)
  const region = settledInsurance(person, sale, row)?.region ?? ''
  const prepared = await house.platform.prepareReverse(operator, { messageId: job.messageId, infno: '2102', personNumber: person.personNumber, region })
  if (prepared.kind === 'not-sent') return notYet(prepared)
  const { message } = prepared
  const asked = inTransaction(db, () => {
    if (!settlementEvent(house, saleId, operator.operatorId, { type: 'reverse-asked' }, { messageId: message.messageId })) return false
    storeMessage(db, message, saleId, now(house))
    return true
  })
  if (!asked) return { kind: 'later', error: { code: 'sale.wrong-state', detail: {} } }
  house.changed({ saleId })
  house.reach('reverse:before-send')
  return inFlight(house, saleId, async () => {
    const answer = await house.platform.sendReverse(message)
    house.reach('reverse:answer-received')
    const result = inTransaction(db, (): JobResult => {
      storeAnswer(db, message.messageId, answer, now(house))
      const about = { messageId: message.messageId, note: answer.kind === 'answered' ? answer.value.note : String(answer.detail['text'] ?? answer.code) }
      if (answer.kind === 'answered') {
        settlementEvent(house, saleId, operator.operatorId, { type: 'reverse-accepted' }, about)
        finishJob(db, job.outboxId, now(house))
        return { kind: 'done' }
      }
      if (answer.kind === 'refused') {
        settlementEvent(house, saleId, operator.operatorId, { type: 'reverse-refused' }, about)
        parkJob(db, job.outboxId, { code: 'settlement.parked', detail: answer.detail }, 'none')
        return { kind: 'parked' }
      }
      settlementEvent(house, saleId, operator.operatorId, { type: 'reverse-lost' }, about)
      return notYet(answer)
    })
    house.reach('reverse:answer-committed')
    return result
  })
}
