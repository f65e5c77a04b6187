import type { SaleId } from '../../contract/index.ts'
import { QUANTITY_ONE, quantity } from '../../contract/index.ts'
import { fetchesMissing } from '../../domain/sale/packs-needed.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { operatorOf } from '../person/read-person.ts'
import type { Operator, Outcome } from '../platform/client.ts'
import { addVirtualPack, markReturned, markSold, openForSplit, putInSale, returnUnits, takeUnits } from '../trace/pack-ledger.ts'
import { codedLine } from './coded-line.ts'
import type { LineDetails } from './line-details.ts'
import { getLineDetails } from './line-details.ts'
import { getLinePackRows, getSaleRow, insertLinePack } from './sale-store.ts'

const packsOf = (house: House, line: LineDetails) => getLinePackRows(house.db, line.sale_id).filter((pack) => pack.line_id === line.line_id)
const missing = (house: House, line: LineDetails): number => fetchesMissing(codedLine(house, line, packsOf(house, line)))

const addToLine = (house: House, staffId: string, line: LineDetails, code: string): void => {
  const { db } = house
  const at = now(house)
  const whole = quantity(QUANTITY_ONE * line.units_per_pack)
  const change = { code, saleId: line.sale_id, staffId, at }
  addVirtualPack(db, { code, lotId: line.lot_id, staffId, at, note: '3592B' })
  const covered = packsOf(house, line).reduce((sum, pack) => sum + pack.quantity, 0)
  const taken = line.sell_unit === 'unit' ? quantity(Math.min(whole, line.quantity - covered)) : whole
  insertLinePack(db, { lineId: line.line_id, code, quantity: taken })
  if (line.sell_unit === 'unit') {
    openForSplit(db, change)
    takeUnits(db, { ...change, quantity: taken })
  } else putInSale(db, change)
  // A self-paid sale may be closed, even returned, before the line came back: its pack went the same way.
  const sale = getSaleRow(db, line.sale_id)
  if (sale.sold_at !== null) markSold(db, change)
  if (sale.returned_at === null) return
  if (line.sell_unit === 'unit') returnUnits(db, { ...change, quantity: taken })
  markReturned(db, change)
}

/** As it is now; null when it was voided, or its sale came to nothing. A returned sale was one: both its uploads want the code. */
const lineNow = (house: House, line: LineDetails): LineDetails | null => {
  const { status } = getSaleRow(house.db, line.sale_id)
  if (status === 'voided' || status === 'reversed') return null
  return getLineDetails(house.db, line.sale_id).find((row) => row.line_id === line.line_id) ?? null
}

type NoCode = Exclude<Outcome<string>, { kind: 'answered' }>

const fetchMissing = async (house: House, operator: Operator, asked: LineDetails): Promise<NoCode | null> => {
  for (;;) {
    const line = lineNow(house, asked)
    if (line === null || missing(house, line) === 0) return null
    const answer = await house.platform.virtualCode(operator, {
      nationalCode: line.national_code, drugId: line.drug_id, drugName: line.generic_name, rowKey: `N${getSaleRow(house.db, line.sale_id).receipt_number.replaceAll('-', '')}${line.position}x${packsOf(house, line).length}`,
    })
    if (answer.kind !== 'answered') return answer
    inTransaction(house.db, () => {
      const then = lineNow(house, line)
      if (then !== null && missing(house, then) > 0) addToLine(house, operator.operatorId, then, answer.value)
    })
  }
}

/** Who is fetching for a line: the next waits, so that no code is asked for twice and then belongs to nothing. */
const fetching = new WeakMap<House, Map<string, Promise<NoCode | null>>>()

/** Virtual codes for what one line lacks, of a drug that has none or for packs from the uncoded list (3592B); null when nothing is lacking any more. Each code is stored as it comes. */
export const fetchVirtualCodesOfLine = (house: House, operator: Operator, line: LineDetails): Promise<NoCode | null> => {
  const running = fetching.get(house) ?? new Map<string, Promise<NoCode | null>>()
  fetching.set(house, running)
  const mine = (running.get(line.line_id) ?? Promise.resolve(null)).catch(() => null).then(() => fetchMissing(house, operator, line))
  running.set(line.line_id, mine)
  return mine.finally(() => {
    if (running.get(line.line_id) === mine) running.delete(line.line_id)
  })
}

/** For every line of a sale; what cannot be had now stays missing and is shown so. */
export const fetchVirtualCodes = async (house: House, caller: Caller, saleId: SaleId): Promise<void> => {
  for (const line of getLineDetails(house.db, saleId)) {
    if (missing(house, line) > 0 && (await fetchVirtualCodesOfLine(house, operatorOf(caller), line)) !== null) return
  }
}
