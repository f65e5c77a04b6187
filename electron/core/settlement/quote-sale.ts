import type { SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { operatorOf } from '../person/read-person.ts'
import { fetchVirtualCodes } from '../sale/virtual-codes.ts'
import { getSaleRow, openSaleRow } from '../sale/sale-store.ts'
import { refuseBlocked } from '../sale/refuse-blocked.ts'
import { basketOf } from './basket.ts'
import { settlementEvent } from './carry-out.ts'
import { inFlight } from './in-flight.ts'
import { saveQuote, saveRefusal } from './settlement-store.ts'

/** Trial (2101): asks what the fund would pay. Books nothing, so a lost answer is simply no quote. A trial does not need the codes yet. */
export const quoteSale = async (house: House, caller: Caller, saleId: SaleId): Promise<void> => {
  const { db } = house
  if (openSaleRow(db, saleId).insured === 0) throw new AppError('sale.insured-needs-person', 'a self-paid sale has no trial')
  await fetchVirtualCodes(house, caller, saleId)
  refuseBlocked(house, saleId, ['missing-codes', 'quote-first'])
  const revision = getSaleRow(db, saleId).revision
  const basket = basketOf(house, saleId)
  if (!inTransaction(db, () => settlementEvent(house, saleId, caller.staffId, { type: 'quote-asked' }))) throw new AppError('sale.wrong-state', 'a call for this sale is on its way')
  house.changed({ saleId })
  const answer = await inFlight(house, saleId, () => house.platform.trial(operatorOf(caller), basket))
  inTransaction(db, () => {
    const about = { note: answer.kind === 'answered' ? '' : String(answer.detail['text'] ?? answer.code) }
    if (getSaleRow(db, saleId).revision !== revision) {
      settlementEvent(house, saleId, caller.staffId, { type: 'quote-lost' }, { note: 'basket changed meanwhile' })
      return
    }
    if (answer.kind === 'answered') {
      if (settlementEvent(house, saleId, caller.staffId, { type: 'quote-answered' })) saveQuote(db, saleId, revision, answer.value.figures)
    } else if (answer.kind === 'refused') {
      if (settlementEvent(house, saleId, caller.staffId, { type: 'quote-refused' }, about)) saveRefusal(db, saleId, { code: answer.code, detail: answer.detail })
    } else if (settlementEvent(house, saleId, caller.staffId, { type: 'quote-lost' }, about)) saveRefusal(db, saleId, { code: answer.code, detail: answer.detail })
  })
  house.changed({ saleId })
  if (answer.kind === 'not-sent' || answer.kind === 'unknown') throw new AppError(answer.code, `trial ended ${answer.kind}`, answer.detail)
}
