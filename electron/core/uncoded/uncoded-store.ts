import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

const statements = perDatabase((db) => ({
  left: db.prepare(`select coalesce(sum(packs_left), 0) from uncoded_stock where drug_id = @drugId and (@lotId is null or lot_id = @lotId) and closed_at is null`).pluck(),
}))

/** Whole packs of a drug (of one lot, or of all) that may be sold without a code of their own. */
export const packsLeft = (db: ReadableDb, drugId: string, lotId: string | null): number => statements(db).left.get({ drugId, lotId }) as number
