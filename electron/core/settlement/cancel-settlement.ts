import type { SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { instantToLocal } from '../../domain/calendar.ts'
import { inTransaction } from '../db/database.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import type { JobResult } from '../outbox/job-result.ts'
import { notYet } from '../outbox/job-result.ts'
import { finishJob, parkJob } from '../outbox/outbox-store.ts'
import { getPerson } from '../person/person-store.ts'
import { settledInsurance } from '../person/settled-insurance.ts'
import type { Operator, Outcome, PreparedMessage } from '../platform/client.ts'
import { getSaleRow, saleStatements } from '../sale/sale-store.ts'
import type { SettlementFigures } from '../../contract/index.ts'
import { settlementEvent } from './carry-out.ts'
import { inFlight } from './in-flight.ts'
import { messageCreatedAt, storeAnswer, storeMessage } from './message-store.ts'
import { getSettlementRow, saveCancelled, saveCancelMessage, saveRefusal } from './settlement-store.ts'

type Prepared = Awaited<ReturnType<House['platform']['prepareCancel']>>

const prepare = async (house: House, operator: Operator, saleId: SaleId): Promise<Prepared> => {
  const row = getSettlementRow(house.db, saleId)
  const sale = getSaleRow(house.db, saleId)
  if (row === null || row.setl_id === null || row.visit_id === null || sale.person_id === null) throw new AppError('sale.not-returnable', 'no settlement to cancel')
  const { person } = getPerson(house.db, sale.person_id)
  return house.platform.prepareCancel(operator, { setlId: row.setl_id, visitId: row.visit_id, personNumber: person.personNumber, region: settledInsurance(person, sale, row)?.region ?? '' })
}

interface AskedCancel {
  readonly shiftId: string
  readonly reason: string
  /** What else is stored with the intent. */
  readonly note: () => void
}

/** 2103, asked by the cashier. Intent first; a lost answer is asked again by the outbox until the platform says it is cancelled. */
export const cancelSettlement = async (house: House, operator: Operator, saleId: SaleId, { shiftId, reason, note }: AskedCancel): Promise<void> => {
  const { db } = house
  const prepared = await prepare(house, operator, saleId)
  if (prepared.kind === 'not-sent') throw new AppError(prepared.code, 'cancellation could not be prepared', prepared.detail)
  const { message } = prepared
  inTransaction(db, () => {
    if (!['closed', 'due'].includes(getSaleRow(db, saleId).status)) throw new AppError('sale.wrong-state', 'only a settled sale is cancelled', { status: getSaleRow(db, saleId).status })
    if (!settlementEvent(house, saleId, operator.operatorId, { type: 'cancel-asked' }, { messageId: message.messageId })) throw new AppError('sale.wrong-state', 'settlement is not settled')
    saleStatements(db).setReturning.run({ saleId, shiftId })
    saleStatements(db).setNote.run({ saleId, note: reason })
    note()
    saveCancelMessage(db, saleId, message.messageId)
    storeMessage(db, message, saleId, now(house))
  })
  house.reach('cancel:intent-committed')
  house.changed({ saleId })
  await inFlight(house, saleId, async () => {
    const answer = await house.platform.sendCancel(message)
    house.reach('cancel:answer-received')
    inTransaction(db, () => storeCancelAnswer(house, operator, saleId, message, answer))
    house.reach('cancel:answer-committed')
  })
  house.changed({ saleId })
}

/** When the platform says only "cancelled already", it was when we first asked: 3201 counts it on that day. */
const firstAskedAt = (house: House, saleId: SaleId): string => {
  const messageId = getSettlementRow(house.db, saleId)?.cancel_message_id ?? null
  return instantToLocal((messageId === null ? null : messageCreatedAt(house.db, messageId)) ?? now(house))
}

type CancelAnswer = Outcome<{ readonly alreadyCancelled: boolean; readonly figures: SettlementFigures | null; readonly cancelledAt: string | null }>

const storeCancelAnswer = (house: House, operator: Operator, saleId: SaleId, message: PreparedMessage, answer: CancelAnswer): void => {
  const { db } = house
  storeAnswer(db, message.messageId, answer, now(house))
  if (answer.kind === 'answered') {
    saveCancelled(db, saleId, answer.value.figures, answer.value.cancelledAt ?? firstAskedAt(house, saleId))
    settlementEvent(house, saleId, operator.operatorId, { type: 'cancel-accepted' }, { messageId: message.messageId, note: answer.value.alreadyCancelled ? 'already cancelled' : '' })
    return
  }
  const type = answer.kind === 'refused' ? 'cancel-refused' : answer.kind === 'not-sent' ? 'cancel-not-sent' : 'cancel-lost'
  settlementEvent(house, saleId, operator.operatorId, { type }, { messageId: message.messageId, note: String(answer.detail['text'] ?? answer.code) })
  saveRefusal(db, saleId, { code: answer.kind === 'refused' ? 'settlement.cancel-refused' : answer.code, detail: answer.detail })
}

/** The outbox asks a lost 2103 again: a settlement is cancelled once only, by its own number. A refusal of another kind is shown to a person, nothing is assumed. */
export const retryCancel = async (house: House, operator: Operator, job: { readonly outboxId: string; readonly saleId: SaleId }): Promise<JobResult> => {
  const { db } = house
  const { saleId } = job
  if (getSettlementRow(db, saleId)?.state !== 'cancel-unknown') {
    inTransaction(db, () => finishJob(db, job.outboxId, now(house)))
    return { kind: 'done' }
  }
  const prepared = await prepare(house, operator, saleId)
  if (prepared.kind === 'not-sent') return notYet(prepared)
  const { message } = prepared
  const asked = inTransaction(db, () => {
    // Meanwhile the province's books may have shown that it stands, and a person confirmed it: then nobody cancels it.
    if (getSettlementRow(db, saleId)?.state !== 'cancel-unknown') return false
    storeMessage(db, message, saleId, now(house))
    return true
  })
  if (!asked) return { kind: 'later', error: { code: 'sale.wrong-state', detail: {} } }
  return inFlight(house, saleId, async () => {
    const answer = await house.platform.sendCancel(message)
    house.reach('cancel:answer-received')
    return inTransaction(db, (): JobResult => {
      storeAnswer(db, message.messageId, answer, now(house))
      if (answer.kind === 'answered') {
        saveCancelled(db, saleId, answer.value.figures, answer.value.cancelledAt ?? firstAskedAt(house, saleId))
        settlementEvent(house, saleId, operator.operatorId, { type: 'cancel-accepted' }, { messageId: message.messageId, note: answer.value.alreadyCancelled ? 'already cancelled' : '' })
        finishJob(db, job.outboxId, now(house))
        return { kind: 'done' }
      }
      if (answer.kind === 'refused') {
        const refusal = { code: 'settlement.cancel-refused', detail: answer.detail } as const
        parkJob(db, job.outboxId, refusal, 'retry')
        saveRefusal(db, saleId, refusal)
        return { kind: 'parked' }
      }
      return notYet(answer)
    })
  })
}
