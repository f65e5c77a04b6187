import type { DrugId, Instant } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { barcodeOfGtin } from './link-value.ts'

export interface LinkCandidate {
  readonly linkId: string
  readonly drugId: DrugId
  /** 1 smallest sales pack, 2 middle, 3 carton (trace-codes.md §1.2). */
  readonly level: number
  readonly trust: 'confirmed' | 'provisional'
}
export interface Resolved {
  /** At most one a drug. Confirmed links hide provisional ones; two drugs are never guessed between, a person picks (trace-codes.md §3.5: the map is many-to-many). */
  readonly candidates: readonly LinkCandidate[]
  /** Who said that no issuer ever gave this identifier out; null: nobody. */
  readonly neverIssued: string | null
}

type Row = [linkId: string, drugId: DrugId, level: number, trust: LinkCandidate['trust']]

const statements = perDatabase((db) => ({
  identifier: db
    .prepare(`select link_id, drug_id, level, trust from code_link where kind = 'trace-identifier' and value = ? and trust <> 'revoked' order by drug_id`)
    .raw(),
  barcode: db.prepare(`select link_id, drug_id, 1, trust from code_link where kind = 'barcode' and value = ? and trust <> 'revoked' order by drug_id`).raw(),
  neverIssued: db.prepare(`select source from identifier_mark where identifier = ? and mark = 'never-issued'`).pluck(),
}))

/** A GTIN whose indicator is 0 is the number of the bar code on the box (trace-codes.md §1.3). */
const SMALLEST_PACK = /^0\d{13}$/

/** What the front of a trace code means: first 7 digits, GTIN-14 or MA identifier. Revoked links never answer. */
export const resolveIdentifier = (db: ReadableDb, identifier: string): Resolved => {
  const by = statements(db)
  let rows = by.identifier.all(identifier) as Row[]
  if (SMALLEST_PACK.test(identifier)) {
    const barcodes = (by.barcode.all(barcodeOfGtin(identifier)) as Row[]).filter(
      ([, drugId, , trust]) => !rows.some((row) => row[1] === drugId && (row[3] === 'confirmed' || trust === 'provisional')),
    )
    rows = [...rows.filter(([, drugId]) => !barcodes.some((row) => row[1] === drugId)), ...barcodes]
  }
  const confirmed = rows.filter(([, , , trust]) => trust === 'confirmed')
  return {
    candidates: (confirmed.length > 0 ? confirmed : rows).map(([linkId, drugId, level, trust]) => ({ linkId, drugId, level, trust })),
    neverIssued: (by.neverIssued.get(identifier) as string | undefined) ?? null,
  }
}

export interface IdentifierOfDrug {
  readonly linkId: string
  readonly identifier: string
  readonly level: number
  readonly trust: LinkCandidate['trust']
  readonly lastVerifiedAt: Instant
}
const ofDrug = perDatabase((db) =>
  db.prepare(`select link_id as linkId, value as identifier, level, trust, last_verified_at as lastVerifiedAt from code_link
    where drug_id = ? and kind = 'trace-identifier' and trust <> 'revoked' order by level, value`),
)
/** Every identifier of a drug that is not revoked, smallest packs first. */
export const identifiersOf = (db: ReadableDb, drugId: string): readonly IdentifierOfDrug[] => ofDrug(db).all(drugId) as IdentifierOfDrug[]
