import type { BusinessDate, FoundPack, Instant } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { stateOf } from './ledger-codes.ts'
import { codeOf } from './pack-key.ts'
import { linesOfPack, uploadStateOf } from './pack-lines.ts'

const statements = perDatabase((db) => ({
  row: db.prepare(`select state, generic_name, spec, lot_number, expires_on, (select receipt_number from sale where sale.sale_ref = pack.sale_ref), (select at from pack_event where pack_event.pack_key = pack.pack_key order by seq desc limit 1)
    from pack left join lot using (lot_ref) left join drug using (drug_id) where pack_key = ?`).raw(),
}))

type Columns = [state: number, drugName: string | null, spec: string | null, lotNumber: string | null, expiresOn: BusinessDate | null, receiptNumber: string | null, changedAt: Instant | null]

/** A row of the ledger's list. */
export const foundPack = (db: ReadableDb, key: bigint): FoundPack => {
  const [state, drugName, spec, lotNumber, expiresOn, receiptNumber, changedAt] = statements(db).row.get(key) as Columns
  const [line] = linesOfPack(db, key)
  return {
    code: codeOf(db, key), state: stateOf(state), drugName, spec, lotNumber, expiresOn, changedAt,
    receiptNumber: receiptNumber ?? line?.receiptNumber ?? null,
    upload: uploadStateOf(line?.return ?? line?.sale ?? null),
  }
}
