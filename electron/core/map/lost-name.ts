import type { LineId, SaleId } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { eventNumber } from '../trace/ledger-codes.ts'
import { codeSql } from '../trace/pack-key.ts'

/**
 * As SQL over a pack's key: the revoked link that alone said which drug the pack is; null where another link, or a person who released it since, says so too.
 * Such a pack is neither sold nor put back on the shelf before somebody looked at it.
 */
export const lostNameSql = (
  key: string,
): string => `(select link_use.link_id from link_use join code_link using (link_id) where link_use.pack_key = ${key} and code_link.trust = 'revoked'
  and not exists (select 1 from link_use as other join code_link as live on live.link_id = other.link_id where other.pack_key = ${key} and live.trust <> 'revoked')
  and not exists (select 1 from pack_event as looked where looked.pack_key = ${key} and looked.kind = ${eventNumber('released')}
    and looked.seq > (select max(seq) from pack_event where pack_event.pack_key = ${key} and pack_event.kind = ${eventNumber('link-revoked')})) limit 1)`

const ofSale = perDatabase((db) =>
  // From the sale's lines to the links: by index all the way.
  db.prepare(`select sale_line.line_id as lineId, ${codeSql('sale_line_pack.pack_key')} as code from sale_line cross join sale_line_pack using (line_id)
    where sale_line.sale_id = ? and voided_reason is null and ${lostNameSql('sale_line_pack.pack_key')} is not null order by position`),
)

/** Packs on the lines of a sale whose link was revoked after they were scanned. */
export const unnamedPacks = (db: ReadableDb, saleId: SaleId): readonly { readonly lineId: LineId; readonly code: string }[] =>
  ofSale(db).all(saleId) as { lineId: LineId; code: string }[]
