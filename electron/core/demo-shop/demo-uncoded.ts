import type { BusinessDate, Instant, LotId, UncodedReason } from '../../contract/index.ts'
import { wholeUnits } from '../../contract/index.ts'
import { addDays } from '../../domain/calendar.ts'
import type { WritableDb } from '../db/database.ts'
import { getDrugFacts } from '../drug/drug-store.ts'
import { insertRecall, markLots } from '../recall/recall-store.ts'
import { insertLot, lotsOf } from '../stock/lot-store.ts'
import { moveStock } from '../stock/move-stock.ts'
import { insertEntry } from '../uncoded/uncoded-store.ts'
import { productId } from './demo-codes.ts'
import { RECALLED_ROW, UNCODED_ROWS } from './demo-plan.ts'

interface House { readonly newId: () => string }

const list = (db: WritableDb, { newId }: House, row: number, packs: number, reason: UncodedReason, evidence: string, today: BusinessDate, at: Instant): void => {
  const drug = getDrugFacts(db, productId(row))
  const lotId = newId() as LotId
  const expiresOn = addDays(today, 300)
  insertLot(db, { lotId, drugId: drug.drugId, lotNumber: `${expiresOn.slice(2, 4)}${expiresOn.slice(5, 7)}W${row}`, manufacturedOn: addDays(expiresOn, -1095), expiresOn, recalled: false })
  moveStock(db, { lotId, kind: 'received', quantity: wholeUnits(packs * drug.unitsPerPack), saleId: null, lineId: null, at, newId })
  insertEntry(db, { uncodedId: newId(), drugId: drug.drugId, lotId, reason, quantity: packs, evidence, at, staffId: '2001' })
}

/** Two entries of the uncoded list: lots of their own, on whose packs nothing is printed. */
export const listUncoded = (db: WritableDb, house: House, today: BusinessDate, at: Instant): void => {
  list(db, house, UNCODED_ROWS.boughtBefore, 8, 'bought-before', '2025-05-12 购进单 GJ20250512-07，练习医药公司', today, at)
  list(db, house, UNCODED_ROWS.madeWithout, 5, 'made-without', '厂家无码说明（练习），随货同行单 SH-1182', today, (at + 60_000) as Instant)
}

/** The paper behind the lot that the shop recalled. */
export const tellRecall = (db: WritableDb, { newId }: House, at: Instant): void => {
  const drugId = productId(RECALLED_ROW)
  const lot = lotsOf(db, drugId).find((one) => one.recalled)
  if (lot === undefined) throw new Error('the practice shop has a recalled lot')
  insertRecall(db, { recallId: newId(), drugId, lotNumber: lot.lotNumber, reason: '含量测定不合格（练习）', source: '练习药监通告第 11 号', at, staffId: '2001' })
  markLots(db, { drugId, lotNumber: lot.lotNumber })
}
