import type { SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { CLAIM_BLOCKERS } from '../../domain/claim-check/stand-of-violations.ts'
import { alarmOfRefusal } from '../alarm/alarm-of-refusal.ts'
import { askClaim, isAsked } from '../claim-check/ask-claim.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import type { OutboxRunner } from '../outbox/run-outbox.ts'
import { tellLastSales } from '../outbox/untold-sales.ts'
import { operatorOf } from '../person/read-person.ts'
import { fetchVirtualCodes } from '../sale/virtual-codes.ts'
import { closeWhenPaid } from '../sale/due.ts'
import { saleView } from '../sale/sale-view.ts'
import { refuseBlocked, refuseSelfPaid } from '../sale/refuse-blocked.ts'
import { openSaleRow, saleStatements } from '../sale/sale-store.ts'
import { openShiftId } from '../shift/shift-store.ts'
import type { Booked, Operator, Outcome, PreparedMessage } from '../platform/client.ts'
import { basketOf } from './basket.ts'
import { settlementEvent } from './carry-out.ts'
import { inFlight } from './in-flight.ts'
import { storeAnswer, storeMessage } from './message-store.ts'
import { getSettlementRow, saveBooked, saveRefusal } from './settlement-store.ts'

/**
 * Settles with the fund (2102). In order: nothing stands in the way · the bytes and the intent are stored · the request leaves · the answer, stock, packs, uploads and the sale's state are one transaction.
 * An answer that is lost, broken or contradictory leaves the sale unconfirmed 待确认 and the reversal queued; the till goes on.
 */
export const settleSale = async (house: House, runner: OutboxRunner, caller: Caller, saleId: SaleId): Promise<void> => {
  const { db } = house
  refuseSelfPaid(house, saleId)
  await fetchVirtualCodes(house, caller, saleId)
  await tellLastSales(house, runner, saleId)
  await checkClaim(house, caller, saleId)
  const { revision } = refuseSelfPaid(house, saleId)
  refuseBlocked(saleView(house, saleId), [])
  const basket = basketOf(house, saleId)
  const prepared = await house.platform.prepareSettle(operatorOf(caller), basket)
  if (prepared.kind === 'not-sent') throw new AppError(prepared.code, 'settlement could not be prepared', prepared.detail)
  const { message } = prepared
  house.reach('settle:before-intent')
  inTransaction(db, () => storeIntent(house, caller, saleId, revision, message, basket.insurance.insuranceType))
  house.reach('settle:intent-committed')
  house.changed({ saleId })
  await inFlight(house, saleId, async () => {
    const answer = await house.platform.sendSettle(message, basket)
    house.reach('settle:answer-received')
    inTransaction(db, () => {
      storeSettleAnswer(house, operatorOf(caller), saleId, message.messageId, answer)
      house.reach('settle:answer-in-transaction')
    })
    house.reach('settle:answer-committed')
  })
  house.changed({ saleId })
}

/** 3102, once for a basket with a trial; what else stands in the way is told first. Its findings are blockers like any other. */
const checkClaim = async (house: House, caller: Caller, saleId: SaleId): Promise<void> => {
  const { beforeTrial, beforeSettle } = house.profile.audit
  if (!beforeTrial && !beforeSettle) return
  refuseSelfPaid(house, saleId)
  refuseBlocked(saleView(house, saleId), CLAIM_BLOCKERS)
  await askClaim(house, operatorOf(caller), saleId, isAsked(house, 'before-settle') ? 'before-settle' : 'before-trial')
}

const storeIntent = (house: House, caller: Caller, saleId: SaleId, revision: number, message: PreparedMessage, insuranceType: string): void => {
  const sale = openSaleRow(house.db, saleId)
  const quoted = getSettlementRow(house.db, saleId)
  // The person may have been read again at another till, with other insurances.
  if (sale.revision !== revision || quoted?.quote_revision !== revision || quoted.insurance_type !== insuranceType) throw new AppError('sale.quote-outdated', 'basket or insurance changed after the trial')
  const shiftId = openShiftId(house.db)
  if (shiftId === null) throw new AppError('shift.none-open', 'a settlement needs an open shift')
  if (!settlementEvent(house, saleId, caller.staffId, { type: 'settle-asked', messageId: message.messageId }, { messageId: message.messageId })) throw new AppError('sale.wrong-state', `settlement is ${quoted.state}`)
  // The shift that settles answers for it, not the one in which the sale was begun or held.
  saleStatements(house.db).setShift.run({ saleId, shiftId, staffId: caller.staffId })
  storeMessage(house.db, message, saleId, now(house))
}

const storeSettleAnswer = (house: House, operator: Operator, saleId: SaleId, messageId: string, answer: Outcome<Booked>): void => {
  const { db } = house
  storeAnswer(db, messageId, answer, now(house))
  if (answer.kind === 'answered') {
    // Too late: the sale was given up for lost meanwhile, and the platform is being asked to undo it.
    if (!settlementEvent(house, saleId, operator.operatorId, { type: 'settle-answered' }, { messageId })) return
    saveBooked(db, saleId, answer.value)
    closeWhenPaid(house, saleId)
    return
  }
  const refusal = { code: answer.code, detail: answer.detail }
  const about = { messageId, note: String(answer.detail['text'] ?? answer.code) }
  const type = answer.kind === 'refused' ? 'settle-refused' : answer.kind === 'not-sent' ? 'settle-not-sent' : 'settle-lost'
  if (settlementEvent(house, saleId, operator.operatorId, { type }, about)) saveRefusal(db, saleId, refusal)
  alarmOfRefusal(house, operator, { saleId }, answer, 'settlement-refused')
}
