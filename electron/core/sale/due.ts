import type { Fen, SaleId, SaleStatus } from '../../contract/index.ts'
import { fen } from '../../contract/index.ts'
import { sumFen } from '../../domain/amounts.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import { figuresOf, getSettlementRow } from '../settlement/settlement-store.ts'
import { getLineRows, getSaleRow, getTenderRows, saleStatements } from './sale-store.ts'

/** Cash part of the fund's settlement, or the whole sale; less what was taken. */
export const leftToPay = (house: House, saleId: SaleId): Fen => {
  const { db } = house
  const sale = getSaleRow(db, saleId)
  const row = getSettlementRow(db, saleId)
  const figures = figuresOf(row?.figures ?? null) ?? (sale.insured === 1 ? figuresOf(row?.quote ?? null) : null)
  const toPay = figures?.cashFen ?? sumFen(getLineRows(db, saleId).map((line) => line.amount_fen))
  return fen(toPay - sumFen(getTenderRows(db, saleId).filter((tender) => tender.refund_of === null).map((tender) => tender.amount_fen)))
}

/** While these hold nobody is asked for money. */
const NOTHING_DUE: ReadonlySet<SaleStatus> = new Set(['unconfirmed', 'returning', 'returned', 'reversed', 'voided'])

/** What the patient has to pay now. */
export const dueOf = (house: House, saleId: SaleId): Fen => (NOTHING_DUE.has(getSaleRow(house.db, saleId).status) ? fen(0) : leftToPay(house, saleId))

/** A settled sale with nothing left to pay is closed. */
export const closeWhenPaid = (house: House, saleId: SaleId): void => {
  if (getSaleRow(house.db, saleId).status === 'due' && dueOf(house, saleId) <= 0) saleStatements(house.db).setClosed.run({ saleId, at: now(house) })
}
