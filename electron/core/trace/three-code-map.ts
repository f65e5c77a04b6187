import type { DrugId, Instant } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

export interface IdentifiedDrug {
  readonly drugId: DrugId
  /** 1 smallest sales pack, 2 middle, 3 carton (trace-codes.md §1.2). */
  readonly level: number
}

const statements = perDatabase((db) => ({
  // Two rows are enough to know that it is not one.
  resolve: db.prepare(`select drug_id, level from code_link where kind = 'trace-identifier' and value = ? and trust <> 'revoked' limit 2`).raw(),
  ofDrug: db.prepare(`select value as identifier, level from code_link where kind = 'trace-identifier' and drug_id = ? and trust <> 'revoked' order by level, value`),
  learn:
    db.prepare(`insert into code_link (link_id, kind, value, drug_id, level, source, source_note, trust, first_seen_at, last_verified_at)
    values (lower(hex(randomblob(16))), 'trace-identifier', @identifier, @drugId, @level, 'chain', @source, 'confirmed', @at, @at)
    on conflict (kind, value, drug_id) where trust <> 'revoked' do update set level = excluded.level, source_note = excluded.source_note, last_verified_at = excluded.last_verified_at`),
}))

/**
 * What the front of a trace code means (first 7 digits, or a 14-digit GTIN). Null when nothing is known **or** two drugs claim it:
 * a guess between two drugs is never made, a person picks (trace-codes.md §3.5: the map is many-to-many).
 */
export const resolveIdentifier = (db: ReadableDb, identifier: string): IdentifiedDrug | null => {
  const rows = statements(db).resolve.all(identifier) as [DrugId, number][]
  const [row] = rows
  return rows.length === 1 && row !== undefined ? { drugId: row[0], level: row[1] } : null
}

export const identifiersOf = (db: ReadableDb, drugId: string): readonly { readonly identifier: string; readonly level: number }[] =>
  statements(db).ofDrug.all(drugId) as { identifier: string; level: number }[]

/** Adds to the map, or says again what it says. `source`: who told us. */
export const learnIdentifier = (
  db: WritableDb,
  known: { readonly identifier: string; readonly drugId: DrugId; readonly level: number; readonly source: string; readonly at: Instant },
): void => {
  statements(db).learn.run(known)
}
