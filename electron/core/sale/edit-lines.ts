import type { LineId, Quantity, SaleId, SellUnit } from '../../contract/index.ts'
import { AppError, QUANTITY_ONE, quantity } from '../../contract/index.ts'
import { inTransaction, one } from '../db/database.ts'
import { getDrugFacts } from '../drug/drug-store.ts'
import type { DrugFacts } from '../drug/drug-store.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { sellingDay } from '../selling-day.ts'
import { getLot, sellableLots } from '../stock/lot-store.ts'
import { giveBackPacks, releasePacksOf, uncodedPacksOf } from '../uncoded/uncoded-store.ts'
import { findPack } from '../trace/pack-store.ts'
import { openForSplit, returnUnits, takeFromSale, takeUnits } from '../trace/pack-ledger.ts'
import { changeSale, insertLine, refuseWrongQuantity, updateLine, wantedOfLot } from './change-sale.ts'
import type { LinePackRow, LineRow } from './sale-store.ts'
import { deleteLinePack, getLinePackRows, getLineRow, getLineRows, insertLinePack, openSaleRow, saleStatements, setLinePackQuantity } from './sale-store.ts'

const packsOfLine = (house: House, line: LineRow): readonly LinePackRow[] => getLinePackRows(house.db, line.sale_id).filter((pack) => pack.line_id === line.line_id)

/** A code leaves the line: a whole pack goes back to the shelf, units back into their open pack. */
const releasePack = (house: House, caller: Caller, line: LineRow, pack: LinePackRow): void => {
  const change = { code: pack.code, saleId: line.sale_id, staffId: caller.staffId, at: now(house) }
  if (line.sell_unit === 'unit') returnUnits(house.db, { ...change, quantity: pack.quantity })
  else takeFromSale(house.db, change)
  deleteLinePack(house.db, { lineId: line.line_id, code: pack.code })
}

/** Packs of a line that were scanned; codes fetched for it are none. */
export const scannedPacks = (packs: readonly LinePackRow[]): number => packs.filter((pack) => pack.virtual === 0).length

/** At most so many packs of a scanned drug's line come from the uncoded list; the others go back to it, and the codes fetched for them are taken off. */
export const lowerUncoded = (house: House, caller: Caller, line: LineRow, most: number): void => {
  const uncoded = uncodedPacksOf(house.db, line.line_id)
  if (uncoded <= most) return
  giveBackPacks(house.db, line.line_id, uncoded - most)
  for (const pack of packsOfLine(house, line).filter((row) => row.virtual === 1).slice(most)) releasePack(house, caller, line, pack)
}

/** Units from one open pack onto a split line, as many as the line still wants. Returns how many it took, 10⁻⁴. */
export const takeFromOpenPack = (house: House, caller: Caller, line: LineRow, code: string): number => {
  const { db } = house
  const packs = packsOfLine(house, line)
  const wanted = line.quantity - packs.reduce((sum, pack) => sum + pack.quantity, 0)
  const left = findPack(db, code)?.units_left ?? 0
  const taken = Math.min(wanted, left)
  if (taken <= 0) return 0
  takeUnits(db, { code, saleId: line.sale_id, staffId: caller.staffId, at: now(house), quantity: quantity(taken) })
  const already = packs.find((pack) => pack.code === code)
  if (already === undefined) insertLinePack(db, { lineId: line.line_id, code, quantity: quantity(taken) })
  else setLinePackQuantity(db, { lineId: line.line_id, code, quantity: quantity(already.quantity + taken) })
  return taken
}

/** One more pack (or unit) of a drug, codes still missing, from the first expiring lot that has it. Errors: drug.no-stock, drug.not-splittable. */
export const addDrug = (house: House, saleId: SaleId, drugId: string, sellUnit: SellUnit): LineId =>
  changeSale(house, saleId, () => {
    const drug = getDrugFacts(house.db, drugId)
    if (sellUnit === 'unit' && drug.unitsPerPack === 1) throw new AppError('drug.not-splittable', 'a pack of one unit', { drugName: drug.genericName })
    const step = sellUnit === 'unit' ? QUANTITY_ONE : QUANTITY_ONE * drug.unitsPerPack
    const lot = sellableLots(house.db, drugId, sellingDay(house).day, house.profile.trace.lastSaleDaysBefore).find((candidate) => candidate.onHand - wantedOfLot(house, saleId, drug, candidate.lotId) >= step)
    if (lot === undefined) throw new AppError('drug.no-stock', 'no sellable lot has enough', { drugName: drug.genericName })
    const line = getLineRows(house.db, saleId).find((row) => row.drug_id === drugId && row.lot_id === lot.lotId && row.sell_unit === sellUnit)
    if (line === undefined) return insertLine(house, saleId, drug, lot.lotId, sellUnit, quantity(QUANTITY_ONE))
    updateLine(house, drug, { lineId: line.line_id, lotId: lot.lotId, sellUnit, quantity: quantity(line.quantity + QUANTITY_ONE) })
    return line.line_id
  })

/** Error drug.no-stock when the line's lot, less what other lines of the sale take of it, has not so much. */
export const refuseMoreThanLot = (house: House, line: LineRow, drug: DrugFacts, sellUnit: SellUnit, wanted: Quantity): void => {
  const lot = getLot(house.db, line.lot_id)
  const units = sellUnit === 'unit' ? wanted : wanted * drug.unitsPerPack
  if (lot.onHand - wantedOfLot(house, line.sale_id, drug, lot.lotId, line.line_id) < units) throw new AppError('drug.no-stock', 'the lot has less', { drugName: drug.genericName, lotNumber: lot.lotNumber })
}

/** Errors: sale.quantity-below-scanned, sale.quantity-invalid, drug.no-stock. */
export const setQuantity = (house: House, caller: Caller, saleId: SaleId, lineId: LineId, wanted: Quantity): void =>
  changeSale(house, saleId, () => {
    const line = getLineRow(house.db, saleId, lineId)
    const drug = getDrugFacts(house.db, line.drug_id)
    refuseWrongQuantity(drug, line.sell_unit, wanted)
    const packs = packsOfLine(house, line)
    // A virtual code is nobody's box: surplus ones are simply taken off.
    if (line.sell_unit === 'pack' && drug.codeRequirement === 'virtual') for (const pack of packs.slice(Math.ceil(wanted / QUANTITY_ONE))) releasePack(house, caller, line, pack)
    else if (line.sell_unit === 'pack') {
      const scanned = scannedPacks(packs)
      if (wanted < scanned * QUANTITY_ONE) throw new AppError('sale.quantity-below-scanned', 'more codes than packs', { scanned })
      lowerUncoded(house, caller, line, Math.ceil(wanted / QUANTITY_ONE) - scanned)
    }
    if (wanted > line.quantity) refuseMoreThanLot(house, line, drug, line.sell_unit, wanted)
    updateLine(house, drug, { lineId, lotId: line.lot_id, sellUnit: line.sell_unit, quantity: wanted })
    one(saleStatements(house.db).setByHand.run({ lineId }), 'note a quantity set by hand')
    if (line.sell_unit === 'unit') fitSplitPacks(house, caller, { ...line, quantity: wanted })
  })

/** After a split line's quantity changed: surplus units go back, last pack first; missing ones come from packs already open on the line. */
const fitSplitPacks = (house: House, caller: Caller, line: LineRow): void => {
  let surplus = packsOfLine(house, line).reduce((sum, pack) => sum + pack.quantity, 0) - line.quantity
  for (const pack of packsOfLine(house, line).toReversed()) {
    if (surplus <= 0) break
    if (pack.quantity <= surplus) releasePack(house, caller, line, pack)
    else {
      returnUnits(house.db, { code: pack.code, saleId: line.sale_id, staffId: caller.staffId, at: now(house), quantity: quantity(surplus) })
      setLinePackQuantity(house.db, { lineId: line.line_id, code: pack.code, quantity: quantity(pack.quantity - surplus) })
    }
    surplus -= pack.quantity
  }
  for (const pack of packsOfLine(house, line)) takeFromOpenPack(house, caller, line, pack.code)
}

/** Whole packs to loose units (拆零) and back. Scanned packs are opened for the units; opened packs never become whole again. */
export const setSellUnit = (house: House, caller: Caller, saleId: SaleId, lineId: LineId, sellUnit: SellUnit, wanted: Quantity): void =>
  changeSale(house, saleId, () => {
    const line = getLineRow(house.db, saleId, lineId)
    const drug = getDrugFacts(house.db, line.drug_id)
    if (drug.unitsPerPack === 1) throw new AppError('drug.not-splittable', 'a pack of one unit', { drugName: drug.genericName })
    refuseWrongQuantity(drug, sellUnit, wanted)
    refuseMoreThanLot(house, line, drug, sellUnit, wanted)
    lowerUncoded(house, caller, line, 0)
    const before = packsOfLine(house, line)
    for (const pack of before) releasePack(house, caller, line, pack)
    updateLine(house, drug, { lineId, lotId: line.lot_id, sellUnit, quantity: wanted })
    if (sellUnit === 'pack') return
    const split: LineRow = { ...line, sell_unit: 'unit', quantity: wanted }
    for (const { code } of before) {
      if (packsOfLine(house, split).reduce((sum, pack) => sum + pack.quantity, 0) >= wanted) break
      if (findPack(house.db, code)?.state !== 'split-open') openForSplit(house.db, { code, saleId, staffId: caller.staffId, at: now(house) })
      takeFromOpenPack(house, caller, split, code)
    }
  })

/** Error sale.reason-required once codes were scanned. */
export const voidLine = (house: House, caller: Caller, saleId: SaleId, lineId: LineId, reason: string): void =>
  changeSale(house, saleId, () => {
    const line = getLineRow(house.db, saleId, lineId)
    const packs = packsOfLine(house, line)
    const scanned = scannedPacks(packs)
    if (scanned > 0 && reason.trim() === '') throw new AppError('sale.reason-required', 'codes were scanned', { scanned })
    for (const pack of packs) releasePack(house, caller, line, pack)
    releasePacksOf(house.db, lineId, now(house))
    one(saleStatements(house.db).voidLine.run({ lineId, reason: reason.trim() === '' ? '-' : reason.trim() }), 'void line')
  })

export const holdSale = (house: House, saleId: SaleId, note: string): void => {
  inTransaction(house.db, () => {
    openSaleRow(house.db, saleId)
    one(saleStatements(house.db).setHeld.run({ saleId, note }), 'hold sale')
  })
  house.changed({ saleId })
}
