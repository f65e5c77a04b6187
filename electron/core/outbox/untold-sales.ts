import type { SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import { wakeJobsOfSale } from './outbox-store.ts'
import type { OutboxRunner } from './run-outbox.ts'

interface Untold { readonly saleId: SaleId; readonly lineId: string; readonly drugName: string; readonly receiptNumber: string }

const statements = perDatabase((db) => ({
  untold: db.prepare(`select earlier.aggregate_id as saleId, line.line_id as lineId, generic_name as drugName, receipt_number as receiptNumber
    from sale_line as line join drug using (drug_id) join sale_line_pack as mine using (line_id)
      join sale_line_pack as theirs on theirs.pack_key = mine.pack_key and theirs.line_id <> mine.line_id join sale_line as their_line on their_line.line_id = theirs.line_id
      join outbox as earlier on earlier.aggregate_id = their_line.sale_id and earlier.payload ->> 'lineId' = theirs.line_id and earlier.status <> 'done'
      join sale on sale.sale_id = earlier.aggregate_id left join settlement on settlement.sale_id = earlier.aggregate_id
    where line.sale_id = ? and line.voided_reason is null and (line.sell_unit = 'pack' or their_line.sell_unit = 'pack') and setl_id is null`),
}))

const untoldSales = (db: ReadableDb, saleId: SaleId): readonly Untold[] => statements(db).untold.all(saleId) as Untold[]

/**
 * A returned pack whose last sale the country was not told of yet must not be settled with the fund: its code would then be taken, and the sale before it could never be uploaded.
 * What waits is sent now; what still waits then stands in the way. Error sale.blocked (upload-waiting).
 */
export const tellLastSales = async (house: House, runner: OutboxRunner, saleId: SaleId): Promise<void> => {
  const { db } = house
  for (const earlier of new Set(untoldSales(db, saleId).map((row) => row.saleId))) {
    inTransaction(db, () => wakeJobsOfSale(db, earlier, now(house)))
    await runner.runSale(earlier)
  }
  const [left] = untoldSales(db, saleId)
  if (left !== undefined) throw new AppError('sale.blocked', 'blocked: upload-waiting', { blocker: 'upload-waiting', lineId: left.lineId, drugName: left.drugName, receiptNumber: left.receiptNumber })
}
