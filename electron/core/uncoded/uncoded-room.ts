import type { UncodedRoom } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { stateNumber } from '../trace/ledger-codes.ts'

const [SETTLED, SOLD, OPEN, LOCKED] = [stateNumber('settled'), stateNumber('sold'), stateNumber('split-open'), stateNumber('locked')]
const GONE = `${stateNumber('destroyed')}, ${stateNumber('transferred')}`

/** Open sales have not moved any stock yet. */
const NOT_BOOKED = `sale.sold_at is null and sale.status not in ('voided', 'reversed')`

const statements = perDatabase((db) => ({
  // Virtual codes are on no box; one that was locked stands for a damaged box without a code.
  rooms: db.prepare(`select lot_id as lotId, lot_number as lotNumber, expires_on as expiresOn, recalled, on_hand as onHand, units_per_pack * 10000 as whole,
      (select count(*) from pack where pack.lot_ref = lot.lot_ref and state not in (${SETTLED}, ${SOLD}) and state not in (${GONE}, ${OPEN})
        and (state = ${LOCKED} or not exists (select 1 from virtual_code where virtual_code.pack_key = pack.pack_key))) as coded,
      (select coalesce(sum(units_left), 0) from pack join split_pack using (pack_key) where pack.lot_ref = lot.lot_ref and state not in (${SETTLED}, ${SOLD}) and state = ${OPEN}) as openUnits,
      (select coalesce(sum(sale_line_pack.quantity), 0) from sale_line join sale using (sale_id) join sale_line_pack using (line_id) where sale_line.lot_id = lot.lot_id and voided_reason is null and sell_unit = 'unit' and ${NOT_BOOKED}) as unitsInSales,
      (select coalesce(sum(packs_left), 0) from uncoded_stock where uncoded_stock.lot_id = lot.lot_id and closed_at is null) as listed,
      (select coalesce(sum(packs), 0) from uncoded_stock join uncoded_use using (uncoded_id) join sale_line using (line_id) join sale using (sale_id) where uncoded_stock.lot_id = lot.lot_id and released_at is null and ${NOT_BOOKED}) as listedInSales
    from lot join drug using (drug_id) where drug_id = ? and on_hand > 0 order by expires_on, lot_number`),
}))

interface Row {
  readonly lotId: UncodedRoom['lotId']
  readonly lotNumber: string
  readonly expiresOn: UncodedRoom['expiresOn']
  readonly recalled: 0 | 1
  readonly onHand: number
  readonly whole: number
  readonly coded: number
  readonly openUnits: number
  readonly unitsInSales: number
  readonly listed: number
  readonly listedInSales: number
}

/** How many packs of each lot may still be listed as uncoded: what is on hand and is neither a pack with a code on the shelf, nor an opened one, nor listed. */
export const uncodedRoom = (db: ReadableDb, drugId: string): readonly UncodedRoom[] =>
  (statements(db).rooms.all(drugId) as Row[]).map(({ lotId, lotNumber, expiresOn, recalled, ...row }) => {
    const listedPacks = row.listed + row.listedInSales
    const free = row.onHand - row.openUnits - row.unitsInSales - (row.coded + listedPacks) * row.whole
    return {
      lotId, lotNumber, expiresOn, recalled: recalled === 1, onHandPacks: Math.floor(row.onHand / row.whole), codedPacks: row.coded, listedPacks, room: Math.max(0, Math.floor(free / row.whole)),
    }
  })
