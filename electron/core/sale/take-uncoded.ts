import type { LineId, LotId, SaleId } from '../../contract/index.ts'
import { AppError, QUANTITY_ONE, quantity } from '../../contract/index.ts'
import { getDrugFacts } from '../drug/drug-store.ts'
import type { DrugFacts } from '../drug/drug-store.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { sellingDay } from '../selling-day.ts'
import { sellableLots } from '../stock/lot-store.ts'
import { packsLeft, takePacks, uncodedPacksOf } from '../uncoded/uncoded-store.ts'
import { changeSale, insertLine, updateLine } from './change-sale.ts'
import { lowerUncoded, refuseMoreThanLot, scannedPacks } from './edit-lines.ts'
import type { LineRow } from './sale-store.ts'
import { getLinePackRows, getLineRow, getLineRows, saleStatements } from './sale-store.ts'

const grow = (house: House, drug: DrugFacts, line: LineRow, by: number): LineRow => {
  const wanted = quantity(line.quantity + by * QUANTITY_ONE)
  if (by > 0) refuseMoreThanLot(house, line, drug, 'pack', wanted)
  updateLine(house, drug, { lineId: line.line_id, lotId: line.lot_id, sellUnit: 'pack', quantity: wanted })
  return getLineRow(house.db, line.sale_id, line.line_id)
}

/** So many packs move from a line to the line of another lot, made or grown; a line that becomes empty goes. */
const moveToLot = (house: House, drug: DrugFacts, line: LineRow, lotId: LotId, packs: number): LineRow => {
  const other = getLineRows(house.db, line.sale_id).find((row) => row.lot_id === lotId && row.sell_unit === 'pack')
  if (line.quantity > packs * QUANTITY_ONE) grow(house, drug, line, -packs)
  else saleStatements(house.db).voidLine.run({ lineId: line.line_id, reason: 'uncoded packs of another lot' })
  if (other !== undefined) return grow(house, drug, other, packs)
  const made = getLineRow(house.db, line.sale_id, insertLine(house, line.sale_id, drug, lotId, 'pack', quantity(packs * QUANTITY_ONE)))
  refuseMoreThanLot(house, made, drug, 'pack', made.quantity)
  return made
}

/**
 * `packs` of a line come from the uncoded list 无码库 (rules.md §1.1) and need no scan: of the line's own lot first, then of other lots on the list, whose packs get a line of their own.
 * The line grows if it was shorter. Errors: uncoded.used-up, uncoded.not-needed, uncoded.whole-packs, drug.no-stock.
 */
export const takeUncoded = (house: House, caller: Caller, saleId: SaleId, lineId: LineId, packs: number): void =>
  changeSale(house, saleId, () => {
    const { db } = house
    let line = getLineRow(db, saleId, lineId)
    const drug = getDrugFacts(db, line.drug_id)
    if (drug.codeRequirement !== 'scan') throw new AppError('uncoded.not-needed', 'nothing is scanned of this drug', { drugName: drug.genericName })
    if (line.sell_unit === 'unit') throw new AppError('uncoded.whole-packs', 'a split line takes units of scanned packs', { drugName: drug.genericName })
    const already = uncodedPacksOf(db, lineId)
    if (packs <= already) return lowerUncoded(house, caller, line, packs)
    const scanned = scannedPacks(getLinePackRows(db, saleId).filter((pack) => pack.line_id === lineId))
    const short = scanned + packs - Math.ceil(line.quantity / QUANTITY_ONE)
    if (short > 0) line = grow(house, drug, line, short)
    const at = now(house)
    let missing = packs - already
    const lots = sellableLots(db, drug.drugId, sellingDay(house).day, house.profile.trace.lastSaleDaysBefore)
    if (lots.some((lot) => lot.lotId === line.lot_id)) missing -= takePacks(db, { lotId: line.lot_id, lineId, packs: missing, at })
    for (const { lotId } of lots) {
      const left = lotId === line.lot_id ? 0 : packsLeft(db, drug.drugId, lotId)
      if (missing === 0 || left === 0) continue
      const moved = Math.min(missing, left)
      const target = moveToLot(house, drug, line, lotId, moved)
      takePacks(db, { lotId, lineId: target.line_id, packs: moved, at })
      missing -= moved
      if (missing > 0) line = getLineRow(db, saleId, lineId)
    }
    if (missing > 0) throw new AppError('uncoded.used-up', 'the uncoded list has fewer', { drugName: drug.genericName, left: packs - already - missing, wanted: packs - already })
  })
