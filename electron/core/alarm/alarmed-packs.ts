import type { LineId, SaleId } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { codeSql } from '../trace/pack-key.ts'

const statements = perDatabase((db) => ({
  // From the sale's lines to the alarm: by index all the way, whatever the ledger holds.
  ofSale:
    db.prepare(`select sale_line.line_id as lineId, ${codeSql('sale_line_pack.pack_key')} as code from sale_line cross join sale_line_pack using (line_id) cross join alarm on alarm.pack_key = sale_line_pack.pack_key
    where sale_line.sale_id = ? and voided_reason is null and alarm.status <> 'closed' order by position`),
}))

export interface AlarmedPack {
  readonly lineId: LineId
  readonly code: string
}

/** Packs on the lines of a sale that are under suspicion: told after they were scanned. */
export const alarmedPacks = (db: ReadableDb, saleId: SaleId): readonly AlarmedPack[] => statements(db).ofSale.all(saleId) as AlarmedPack[]
