import type { Output, ReturnCheck, ReturnPack, ReturnRefusal, SaleId } from '../../contract/index.ts'
import { businessDate } from '../../domain/calendar.ts'
import { traceOf } from '../../domain/recognition/trace-of.ts'
import { returnRefusals, returnUntil } from '../../domain/sale/return-rules.ts'
import type { Refusal } from '../../domain/sale/return-rules.ts'
import type { House } from '../house.ts'
import { today } from '../now.ts'
import { sellingDay } from '../selling-day.ts'
import { openShiftId } from '../shift/shift-store.ts'
import { codeOf, keyOfPack } from '../trace/pack-key.ts'
import { findPack } from '../trace/pack-store.ts'
import { getLineDetails } from './line-details.ts'
import { packHasOpenAlarm, saleHasOpenAlarm } from './return-store.ts'
import { getLinePackRows, getSaleRow } from './sale-store.ts'
import { readCode } from '../trace/read-code.ts'

/** Every code that left with the sale; whole packs with a code of their own must be held under the scanner again. */
export const packsToReturn = (house: House, saleId: SaleId): readonly ReturnPack[] => {
  const lines = new Map(getLineDetails(house.db, saleId).map((line) => [line.line_id, line]))
  return getLinePackRows(house.db, saleId).flatMap((pack) => {
    const line = lines.get(pack.line_id)
    if (line === undefined) return []
    const split = line.sell_unit === 'unit'
    return [{
      code: pack.code, lineId: pack.line_id, drugName: line.generic_name, lotNumber: line.lot_number, expiresOn: line.expires_on, units: split ? pack.quantity : null, mustScan: !split && pack.virtual === 0,
    }]
  })
}

export const refusalsOf = (house: House, saleId: SaleId, packs: readonly ReturnPack[] = packsToReturn(house, saleId)): readonly Refusal[] => {
  const { db, profile } = house
  const sale = getSaleRow(db, saleId)
  return returnRefusals({
    status: sale.status,
    receiptNumber: sale.receipt_number,
    soldOn: sale.sold_at === null ? null : businessDate(sale.sold_at),
    today: today(house),
    newestSaleOn: sellingDay(house).day,
    returnDays: profile.trace.returnDays,
    shiftOpen: openShiftId(db) !== null,
    lots: getLineDetails(db, saleId).map((line) => ({ drugName: line.generic_name, lotNumber: line.lot_number, expiresOn: line.expires_on, recalled: line.recalled === 1 })),
    packs: packs.map(({ code, drugName, lotNumber, units }) => {
      const pack = findPack(db, code)
      if (pack === null) throw new Error('a code of a sale is in the ledger')
      return { code, drugName, lotNumber, state: pack.state, ofThisSale: units !== null || pack.sale_id === saleId, openAlarm: packHasOpenAlarm(db, code) }
    }),
    saleAlarm: saleHasOpenAlarm(db, saleId),
  })
}

/** Asked before the patient hands over anything (rules.md §5). */
export const checkReturn = (house: House, saleId: SaleId): ReturnCheck => {
  const sale = getSaleRow(house.db, saleId)
  const packs = packsToReturn(house, saleId)
  const reasons = refusalsOf(house, saleId, packs)
  const soldOn = sale.sold_at === null ? null : businessDate(sale.sold_at)
  return {
    allowed: reasons.length === 0,
    reasons: reasons.map(({ reason, detail }) => ({ reason, detail })),
    soldOn,
    until: soldOn === null ? null : returnUntil(soldOn, house.profile.trace.returnDays),
    packs: [...packs],
    uncodedPacks: getLineDetails(house.db, saleId).reduce((sum, line) => sum + line.uncoded_packs, 0),
  }
}

/** Whose is the pack in hand? Only a code of this sale is answered; anything else is not told back. */
export const checkReturnPack = (house: House, saleId: SaleId, raw: string): Output<'sale.checkReturnPack'> => {
  const { db } = house
  const no = (reason: ReturnRefusal, receiptNumber: string | null = null) => ({ code: null, refusal: { reason, detail: { receiptNumber } } })
  getSaleRow(db, saleId)
  const trace = traceOf(readCode(db, { raw, step: 'drug', thisYear: Number(today(house).slice(0, 4)) }))
  if (trace === null) return no('not-a-pack')
  const key = keyOfPack(db, trace)
  const code = key === null ? null : codeOf(db, key)
  const pack = code === null ? null : findPack(db, code)
  if (code === null || pack === null) return no('not-ours')
  if (packsToReturn(house, saleId).some((own) => own.code === code)) return { code, refusal: null }
  const sold = pack.state === 'sold' || pack.state === 'settled'
  return sold && pack.sale_id !== null ? no('other-sale', getSaleRow(db, pack.sale_id).receipt_number) : no('not-ours')
}
