import type { LineId, LotId, SaleId } from '../../contract/index.ts'
import { AppError, LotId as LotIdParser, QUANTITY_ONE, quantity } from '../../contract/index.ts'
import type { PackTrace } from '../../domain/recognition/trace-of.ts'
import { getDrugFacts } from '../drug/drug-store.ts'
import type { DrugFacts } from '../drug/drug-store.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { sellingDay } from '../selling-day.ts'
import { findLotByNumber, insertLot, sellableLots } from '../stock/lot-store.ts'
import { firstSeePack, openForSplit, putInSale } from '../trace/pack-ledger.ts'
import type { PackRow } from '../trace/pack-store.ts'
import { findPack } from '../trace/pack-store.ts'
import { uncodedPacksOf } from '../uncoded/uncoded-store.ts'
import { insertLine, updateLine } from './change-sale.ts'
import { scannedPacks, takeFromOpenPack } from './edit-lines.ts'
import type { LineRow } from './sale-store.ts'
import { getLinePackRows, getLineRow, getLineRows, insertLinePack, saleStatements } from './sale-store.ts'

/** The lot of a pack that never came in by paper: as its symbol says, else the first expiring one on the shelf. Error drug.no-lot. */
const lotOfUnreceived = (house: House, drug: DrugFacts, trace: PackTrace): LotId => {
  if (trace.lot !== null) {
    const known = findLotByNumber(house.db, drug.drugId, trace.lot)
    if (known !== null) return known.lotId
    if (trace.expiry !== null) {
      const lotId = LotIdParser.parse(house.newId())
      insertLot(house.db, { lotId, drugId: drug.drugId, lotNumber: trace.lot, manufacturedOn: trace.production, expiresOn: trace.expiry, recalled: false })
      return lotId
    }
  }
  const lot = sellableLots(house.db, drug.drugId, sellingDay(house).day, house.profile.trace.lastSaleDaysBefore)[0]
  if (lot === undefined) throw new AppError('drug.no-lot', 'no lot on the shelf for a pack that was never received', { drugName: drug.genericName })
  return lot.lotId
}

/** Enters a pack that was never received, for reconciliation to look at. Call in the scan's transaction. Error drug.no-lot. */
export const enterUnreceived = (house: House, caller: Caller, drugId: string, trace: PackTrace): void => {
  const lotId = lotOfUnreceived(house, getDrugFacts(house.db, drugId), trace)
  firstSeePack(house.db, { code: trace.code, identifier: trace.identifier, serial: trace.serial, symbol: trace.symbol, lotId, at: now(house), staffId: caller.staffId, note: 'never received' })
}

const scannedOn = (house: House, line: LineRow): number => scannedPacks(getLinePackRows(house.db, line.sale_id).filter((pack) => pack.line_id === line.line_id))
/** Packs from the uncoded list are nothing to scan. */
export const lacksCodes = (house: House, line: LineRow): boolean => line.sell_unit === 'pack' && (scannedOn(house, line) + uncodedPacksOf(house.db, line.line_id)) * QUANTITY_ONE < line.quantity

/** The whole-pack line of this drug and lot, made or grown as needed; a line that waits for a code of another lot gives one pack up. */
const packLine = (house: House, saleId: SaleId, drug: DrugFacts, lotId: LotId, wanted: LineId | null): LineId => {
  const lines = getLineRows(house.db, saleId).filter((line) => line.drug_id === drug.drugId && line.sell_unit === 'pack')
  const same = lines.find((line) => line.lot_id === lotId && line.line_id === wanted && lacksCodes(house, line)) ?? lines.find((line) => line.lot_id === lotId && lacksCodes(house, line))
  if (same !== undefined) return same.line_id
  const waiting = lines.find((line) => line.line_id === wanted && lacksCodes(house, line)) ?? lines.find((line) => lacksCodes(house, line))
  if (waiting !== undefined) {
    if (scannedOn(house, waiting) === 0 && waiting.quantity === QUANTITY_ONE) {
      const grown = lines.find((line) => line.lot_id === lotId)
      if (grown === undefined) {
        updateLine(house, drug, { lineId: waiting.line_id, lotId, sellUnit: 'pack', quantity: waiting.quantity })
        return waiting.line_id
      }
      saleStatements(house.db).voidLine.run({ lineId: waiting.line_id, reason: 'other lot scanned' })
    } else updateLine(house, drug, { lineId: waiting.line_id, lotId: waiting.lot_id, sellUnit: 'pack', quantity: quantity(waiting.quantity - QUANTITY_ONE) })
  }
  const grow = lines.find((line) => line.lot_id === lotId)
  if (grow === undefined) return insertLine(house, saleId, drug, lotId, 'pack', quantity(QUANTITY_ONE))
  updateLine(house, drug, { lineId: grow.line_id, lotId, sellUnit: 'pack', quantity: quantity(grow.quantity + QUANTITY_ONE) })
  return grow.line_id
}

/** A split line that lacks units gets them from this pack; another lot is another line. */
const placeSplit = (house: House, caller: Caller, saleId: SaleId, drug: DrugFacts, pack: PackRow, lotId: LotId, lineId: LineId): LineId => {
  const line = getLineRow(house.db, saleId, lineId)
  const covered = getLinePackRows(house.db, saleId).filter((row) => row.line_id === lineId).reduce((sum, row) => sum + row.quantity, 0)
  let target = line
  if (line.lot_id !== lotId) {
    if (covered === 0) updateLine(house, drug, { lineId, lotId, sellUnit: 'unit', quantity: line.quantity })
    else {
      updateLine(house, drug, { lineId, lotId: line.lot_id, sellUnit: 'unit', quantity: quantity(covered) })
      target = getLineRow(house.db, saleId, insertLine(house, saleId, drug, lotId, 'unit', quantity(line.quantity - covered)))
    }
  }
  if (pack.state !== 'split-open') openForSplit(house.db, { code: pack.code, saleId, staffId: caller.staffId, at: now(house) })
  takeFromOpenPack(house, caller, target, pack.code)
  return target.line_id
}

/** Puts a pack that the verdict allows onto its line. Call in the scan's transaction, the sale being open. `target`: the line the verdict spoke of. */
export const placePack = (house: House, caller: Caller, saleId: SaleId, code: string, target: { readonly lineId: LineId; readonly sellUnit: 'pack' | 'unit' } | null): LineId => {
  const pack = findPack(house.db, code)
  if (pack === null || pack.drug_id === null) throw new Error('a pack that may be sold is in the ledger with its drug')
  const drug = getDrugFacts(house.db, pack.drug_id)
  const lotId = pack.lot_id ?? sellableLots(house.db, drug.drugId, sellingDay(house).day, house.profile.trace.lastSaleDaysBefore)[0]?.lotId
  if (lotId === undefined) throw new AppError('drug.no-lot', 'pack without a lot', { drugName: drug.genericName })
  if (target?.sellUnit === 'unit') return placeSplit(house, caller, saleId, drug, pack, lotId, target.lineId)
  const lineId = packLine(house, saleId, drug, lotId, target?.lineId ?? null)
  insertLinePack(house.db, { lineId, code, quantity: quantity(drug.unitsPerPack * QUANTITY_ONE) })
  putInSale(house.db, { code, saleId, staffId: caller.staffId, at: now(house) })
  return lineId
}
