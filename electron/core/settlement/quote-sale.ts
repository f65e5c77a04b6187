import type { SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { CLAIM_BLOCKERS } from '../../domain/claim-check/stand-of-violations.ts'
import { askClaim, isAsked } from '../claim-check/ask-claim.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { operatorOf } from '../person/read-person.ts'
import { fetchVirtualCodes } from '../sale/virtual-codes.ts'
import { getSaleRow } from '../sale/sale-store.ts'
import { saleView } from '../sale/sale-view.ts'
import { refuseBlocked, refuseSelfPaid } from '../sale/refuse-blocked.ts'
import { basketOf } from './basket.ts'
import { settlementEvent } from './carry-out.ts'
import { inFlight } from './in-flight.ts'
import { saveQuote, saveRefusal } from './settlement-store.ts'

/** Trial (2101): asks what the fund would pay. Books nothing, so a lost answer is simply no quote. A trial does not need the codes yet. */
export const quoteSale = async (house: House, caller: Caller, saleId: SaleId): Promise<void> => {
  const { db } = house
  refuseSelfPaid(house, saleId)
  await fetchVirtualCodes(house, caller, saleId)
  // Meanwhile it may have been held, given up or paid.
  const { revision } = refuseSelfPaid(house, saleId)
  refuseBlocked(saleView(house, saleId), ['missing-codes', 'quote-first', ...CLAIM_BLOCKERS])
  // Beside the trial, not before it: a trial books nothing, and nobody waits for a service that is slow.
  if (isAsked(house, 'before-trial')) askClaim(house, operatorOf(caller), saleId, 'before-trial').catch((cause: unknown) => { house.log.error({ err: cause }, 'claim check') })
  const basket = basketOf(house, saleId)
  if (!inTransaction(db, () => settlementEvent(house, saleId, caller.staffId, { type: 'quote-asked' }))) throw new AppError('sale.wrong-state', 'a call for this sale is on its way')
  house.changed({ saleId })
  const answer = await inFlight(house, saleId, () => house.platform.trial(operatorOf(caller), basket))
  inTransaction(db, () => {
    const about = { note: answer.kind === 'answered' ? '' : String(answer.detail['text'] ?? answer.code) }
    // The change itself dropped this trial; what is on its way now is another one.
    if (getSaleRow(db, saleId).revision !== revision) return
    if (answer.kind === 'answered') {
      if (settlementEvent(house, saleId, caller.staffId, { type: 'quote-answered' })) saveQuote(db, saleId, revision, basket.insurance.insuranceType, answer.value.figures)
    } else if (answer.kind === 'refused') {
      if (settlementEvent(house, saleId, caller.staffId, { type: 'quote-refused' }, about)) saveRefusal(db, saleId, { code: answer.code, detail: answer.detail })
    } else if (settlementEvent(house, saleId, caller.staffId, { type: 'quote-lost' }, about)) saveRefusal(db, saleId, { code: answer.code, detail: answer.detail })
  })
  house.changed({ saleId })
  if (answer.kind === 'not-sent' || answer.kind === 'unknown') throw new AppError(answer.code, `trial ended ${answer.kind}`, answer.detail)
}
