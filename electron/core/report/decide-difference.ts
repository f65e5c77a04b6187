import type { Cure, ReconcileDifference, SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import type { SettlementEvent } from '../../domain/settlement.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { getPerson } from '../person/person-store.ts'
import { operatorOf } from '../person/read-person.ts'
import { settledInsurance } from '../person/settled-insurance.ts'
import { refusalError } from '../platform/outcome-error.ts'
import { closeWhenPaid } from '../sale/due.ts'
import { getSaleRow } from '../sale/sale-store.ts'
import { settlementEvent } from '../settlement/carry-out.ts'
import { inFlight, isInFlight } from '../settlement/in-flight.ts'
import { storeAnswer, storeMessage } from '../settlement/message-store.ts'
import { figuresOf, getSettlementRow, saveBooked, saveCancelled, settlementState } from '../settlement/settlement-store.ts'
import { bookedAtOf, findSale } from './our-books.ts'
import { figuresOfRow } from './figures-of-row.ts'
import type { DifferenceRow, StoredSide } from './reconcile-store.ts'
import { decideRow, getDifferenceRow } from './reconcile-store.ts'
import { differenceView } from './reconcile-view.ts'

export interface Decision { readonly cure: Cure; readonly reason: string }

/** Cures that ask the province something. The others are one transaction of our own. */
export const asksThere = (cure: Cure): boolean => cure === 'cancel-there' || cure === 'reverse-there'

const sideOf = (text: string | null): StoredSide | null => (text === null ? null : JSON.parse(text) as StoredSide)

/** The difference as it stands, if this decision may be made. null: it was made already, word for word by what it does. */
const openDifference = (house: House, differenceId: string, cure: Cure): DifferenceRow | null => {
  const row = getDifferenceRow(house.db, differenceId)
  if (row === null) throw new AppError('reconcile.not-found', 'no such difference')
  if (row.state === 'decided' && row.decided_cure === cure) return null
  if (row.state !== 'open') throw new AppError('reconcile.decided', `difference is ${row.state}`)
  if (!(JSON.parse(row.cures) as readonly Cure[]).includes(cure)) throw new AppError('reconcile.cure-impossible', 'the evidence does not allow this cure', { cure })
  return row
}

const tooLate = (house: House, saleId: SaleId): AppError => new AppError('reconcile.too-late', 'the settlement went on since the books were compared', { state: settlementState(house.db, saleId) })

/** Moves the settlement by the evidence, with everything that brings, in the caller's transaction. Error reconcile.too-late: nothing was changed. */
const cureHere = (house: House, caller: Caller, row: DifferenceRow, { cure, reason }: Decision): void => {
  const { db } = house
  const saleId = row.sale_id
  const theirs = sideOf(row.theirs)
  if (saleId === null || theirs === null) throw new AppError('reconcile.cure-impossible', 'no sale, or no evidence', { cure })
  // A call that is on its way may say otherwise in a moment.
  if (isInFlight(house, saleId)) throw tooLate(house, saleId)
  const evidence = { messageId: row.message_id, complete: theirs.complete }
  const event: SettlementEvent = { type: cure === 'book-here' || cure === 'keep-here' ? 'reconciled-booked' : 'reconciled-void', evidence }
  const settlement = getSettlementRow(db, saleId)
  const wanted = cure === 'book-here' || cure === 'release-here' ? ['unknown', 'parked'] : ['cancel-unknown']
  if (settlement === null || !wanted.includes(settlement.state)) throw tooLate(house, saleId)
  const sale = findSale(house, { messageId: row.message_id, setlId: '' }, row.date)
  const about = { messageId: row.message_id, note: `${caller.staffName}: ${reason}` }
  if (!settlementEvent(house, saleId, caller.staffId, event, about)) throw tooLate(house, saleId)
  if (cure === 'book-here') {
    const trial = figuresOf(settlement.quote)
    const { held } = theirs
    const figures = held === null ? figuresOfRow(theirs, trial) : { ...held.figures, lines: figuresOfRow(theirs, trial)?.lines ?? [] }
    if (figures === null || theirs.setlId === '' || theirs.visitId === '') throw new AppError('reconcile.cure-impossible', 'the row does not say enough', { cure })
    saveBooked(db, saleId, {
      figures: { ...figures, clearingType: figures.clearingType || trial?.clearingType || '' }, setlId: theirs.setlId, visitId: theirs.visitId, settledAt: held?.settledAt || bookedAtOf(row.date, sale?.settleAskedAt ?? null),
      clearingOffice: held?.clearingOffice || house.profile.clearingOffice, clearingType: figures.clearingType,
    })
    closeWhenPaid(house, saleId)
  }
  if (cure === 'return-here') saveCancelled(db, saleId, null, bookedAtOf(row.date, sale?.cancelAskedAt.at(-1) ?? null))
  house.reach('reconcile:cure-in-transaction')
}

const decided = (house: House, caller: Caller, row: DifferenceRow, { cure, reason }: Decision, note: string): void =>
  decideRow(house.db, { differenceId: row.difference_id, cure, reason: `${reason}`, staffId: caller.staffId, at: now(house), note })

/** A confirmed cure of our own books, or a note that it was dealt with outside: one transaction. Asked twice, it is done once. */
export const decideHere = (house: House, caller: Caller, differenceId: string, decision: Decision): ReconcileDifference => {
  const saleId = inTransaction(house.db, () => {
    const row = openDifference(house, differenceId, decision.cure)
    if (row === null) return null
    if (decision.cure !== 'by-hand') cureHere(house, caller, row, decision)
    decided(house, caller, row, decision, '')
    return row.sale_id
  })
  if (saleId !== null) house.changed({ saleId })
  house.changed('status')
  return differenceView(house, differenceId)
}

/**
 * Asks the province to undo what it has and we do not: 2103 by the settlement's number, or 2601 by our message. Both undo once, however often they are asked, so a lost answer
 * leaves the difference open to be confirmed again. Our own settlement is not touched. Errors platform.*, settlement.cancel-refused.
 */
export const decideThere = async (house: House, caller: Caller, differenceId: string, decision: Decision): Promise<ReconcileDifference> => {
  const { db, platform } = house
  const row = openDifference(house, differenceId, decision.cure)
  if (row === null) return differenceView(house, differenceId)
  const saleId = row.sale_id
  if (saleId === null) throw new AppError('reconcile.cure-impossible', 'no sale of ours', { cure: decision.cure })
  if (isInFlight(house, saleId)) throw tooLate(house, saleId)
  const settlement = getSettlementRow(db, saleId)
  const sale = getSaleRow(db, saleId)
  if (settlement === null || sale.person_id === null || !['cancelled', 'reversed', 'refused', 'quoted', 'draft'].includes(settlement.state)) throw tooLate(house, saleId)
  const { person } = getPerson(db, sale.person_id)
  const region = settledInsurance(person, sale, settlement)?.region ?? ''
  const theirs = sideOf(row.theirs)
  const missing = row.kind === 'refund-missing'
  const operator = operatorOf(caller)
  const prepared = decision.cure === 'reverse-there'
    ? await platform.prepareReverse(operator, { messageId: row.message_id, infno: '2102', personNumber: person.personNumber, region })
    : await platform.prepareCancel(operator, { setlId: (missing ? settlement.setl_id : theirs?.setlId) ?? '', visitId: (missing ? settlement.visit_id : theirs?.visitId) ?? '', personNumber: person.personNumber, region })
  if (prepared.kind === 'not-sent') throw refusalError(prepared)
  const { message } = prepared
  inTransaction(db, () => {
    if (openDifference(house, differenceId, decision.cure) === null || isInFlight(house, saleId)) throw tooLate(house, saleId)
    storeMessage(db, message, saleId, now(house))
  })
  house.reach('reconcile:cure-intent-committed')
  await inFlight(house, saleId, async () => {
    const answer = await (decision.cure === 'reverse-there' ? platform.sendReverse(message) : platform.sendCancel(message))
    house.reach('reconcile:cure-answer-received')
    inTransaction(db, () => {
      storeAnswer(db, message.messageId, answer, now(house))
      if (answer.kind !== 'answered') return
      const { value } = answer
      // It is cancelled there now, not when we thought: 3201 counts the refund on that day.
      if (missing && 'cancelledAt' in value && value.cancelledAt !== null) saveCancelled(db, saleId, value.figures, value.cancelledAt)
      decided(house, caller, row, decision, 'alreadyCancelled' in value && value.alreadyCancelled ? 'already cancelled' : '')
    })
    if (answer.kind === 'refused') throw new AppError('settlement.cancel-refused', 'the province refused to undo it', answer.detail)
    if (answer.kind !== 'answered') throw refusalError(answer)
  })
  house.changed({ saleId })
  house.changed('status')
  return differenceView(house, differenceId)
}

/** What a person decides about a difference, with the evidence in view; carried out through the settlement's state machine. */
export const decideDifference = (house: House, caller: Caller, differenceId: string, decision: Decision): Promise<ReconcileDifference> | ReconcileDifference =>
  asksThere(decision.cure) ? decideThere(house, caller, differenceId, decision) : decideHere(house, caller, differenceId, decision)
