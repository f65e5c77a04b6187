import type { SaleId } from '../../contract/index.ts'
import { SaleId as SaleIdParser } from '../../contract/index.ts'
import type { Caller, House } from '../house.ts'
import { now, today } from '../now.ts'
import { openShiftId } from '../shift/shift-store.ts'
import { getSetting } from '../system/settings.ts'
import { saleStatements } from './sale-store.ts'

/** Receipt numbers count up within a till and day: 20261121-01-0031. Call in a transaction. */
const nextReceiptNumber = (house: House): string => {
  const prefix = `${today(house).replaceAll('-', '')}-${getSetting(house.db, 'till.number') ?? '01'}-`
  const last = (saleStatements(house.db).lastReceipt.get({ prefix }) as string | undefined) ?? null
  const sequence = last === null ? 1 : Number(last.slice(prefix.length)) + 1
  return `${prefix}${String(sequence).padStart(4, '0')}`
}

/** A new, empty sale. Call in a transaction. */
export const startSale = (house: House, caller: Caller, copiedFrom: SaleId | null = null): SaleId => {
  const saleId = SaleIdParser.parse(house.newId())
  saleStatements(house.db).insertSale.run({ saleId, receiptNumber: nextReceiptNumber(house), shiftId: openShiftId(house.db), staffId: caller.staffId, openedAt: now(house), businessDate: today(house), copiedFrom })
  return saleId
}
