import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

const statements = perDatabase((db) => ({
  recalled: db
    .prepare(
      `select exists (select 1 from recall where drug_id = @drugId and lifted_at is null and (lot_number is null or lot_number = @lotNumber collate nocase))
        or exists (select 1 from lot where drug_id = @drugId and lot_number = @lotNumber and recalled = 1)`,
    )
    .pluck(),
}))

/** Is this lot under a recall that was not lifted? A lot that is not known (null) is only under a recall of every lot. Case makes no other lot: papers disagree about it. */
export const isRecalled = (db: ReadableDb, drugId: string, lotNumber: string | null): boolean => statements(db).recalled.get({ drugId, lotNumber }) === 1
