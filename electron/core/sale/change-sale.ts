import type { LotId, Quantity, SaleId, SellUnit } from '../../contract/index.ts'
import { AppError, LineId } from '../../contract/index.ts'
import { lineAmount, splitUnitPrice } from '../../domain/amounts.ts'
import { inTransaction, one } from '../db/database.ts'
import type { DrugFacts } from '../drug/drug-store.ts'
import type { House } from '../house.ts'
import { dropQuote } from '../settlement/drop-quote.ts'
import { getLineRows, openSaleRow, saleStatements, touchSale } from './sale-store.ts'

/** Every change of an open sale: one transaction, the quote belongs to the past, the revision grows. */
export const changeSale = <T>(house: House, saleId: SaleId, change: () => T): T => {
  const result = inTransaction(house.db, () => {
    openSaleRow(house.db, saleId)
    dropQuote(house, saleId)
    const value = change()
    touchSale(house.db, saleId)
    return value
  })
  house.changed({ saleId })
  return result
}

export const priceOf = (drug: DrugFacts, sellUnit: SellUnit): ReturnType<typeof splitUnitPrice> => (sellUnit === 'pack' ? drug.packPrice : splitUnitPrice(drug.packPrice, drug.unitsPerPack))

export const insertLine = (house: House, saleId: SaleId, drug: DrugFacts, lotId: LotId, sellUnit: SellUnit, quantity: Quantity): LineId => {
  const lineId = LineId.parse(house.newId())
  const unitPrice = priceOf(drug, sellUnit)
  const statements = saleStatements(house.db)
  statements.insertLine.run({ lineId, saleId, position: statements.nextPosition.get(saleId) as number, drugId: drug.drugId, lotId, sellUnit, quantity, unitPrice, amountFen: lineAmount(unitPrice, quantity) })
  return lineId
}

export const updateLine = (house: House, drug: DrugFacts, line: { readonly lineId: LineId; readonly lotId: LotId; readonly sellUnit: SellUnit; readonly quantity: Quantity }): void => {
  const unitPrice = priceOf(drug, line.sellUnit)
  one(saleStatements(house.db).updateLine.run({ ...line, unitPrice, amountFen: lineAmount(unitPrice, line.quantity) }), 'update line')
}

/** What this sale already wants of a lot, in smallest units, 10⁻⁴; `exceptLine` is being changed. */
export const wantedOfLot = (house: House, saleId: SaleId, drug: DrugFacts, lotId: LotId, exceptLine: LineId | null = null): number =>
  getLineRows(house.db, saleId).reduce((sum, line) => (line.lot_id === lotId && line.line_id !== exceptLine ? sum + (line.sell_unit === 'unit' ? line.quantity : line.quantity * drug.unitsPerPack) : sum), 0)

export const refuseWrongQuantity = (drug: DrugFacts, sellUnit: SellUnit, quantity: Quantity): void => {
  const whole = quantity % 10_000 === 0
  if (quantity <= 0 || (!whole && drug.codeRequirement !== 'none') || quantity > 9_999_0000) throw new AppError('sale.quantity-invalid', 'quantity must be a positive whole number', { sellUnit })
}
