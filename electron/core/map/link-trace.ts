import type { BusinessDate, CodeLink, Instant, LinkedPack, LinkTrace, SaleId, SaleStatus } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { eventNumber, stateNumber, stateOf } from '../trace/ledger-codes.ts'
import { codeOf, digitsKey } from '../trace/pack-key.ts'
import { gtinOfBarcode } from './link-value.ts'

const FIRST_SEEN = `exists (select 1 from pack_event where pack_event.pack_key = pack.pack_key and seq = 1 and kind = ${eventNumber('first-seen')})`
/**
 * Packs that this link named: noted under it while it was provisional, or of its identifier and item and first seen in a cashier's hand. A pack that was received has a paper,
 * unless it was noted. Of a revoked link what was noted is all: packs of the next link between the same two are not its own. `onlyThis`: no other link that is not revoked was noted for it.
 */
const NOT_ANOTHERS = `not exists (select 1 from link_use where link_use.pack_key = pack.pack_key)`
const UNDER = `select pack_key from link_use where link_id = @linkId
  union select pack.pack_key from pack join lot using (lot_ref) where @first is not null and pack.pack_key between @first and @last and lot.drug_id = @drugId and ${FIRST_SEEN} and ${NOT_ANOTHERS}
  union select pack.pack_key from other_code join pack using (pack_key) join lot using (lot_ref) where @identifier <> '' and other_code.identifier = @identifier and lot.drug_id = @drugId and ${FIRST_SEEN} and ${NOT_ANOTHERS}`
const ONLY_THIS = `not exists (select 1 from link_use as other join code_link on code_link.link_id = other.link_id where other.pack_key = under.pack_key and other.link_id <> @linkId and code_link.trust <> 'revoked')`

const statements = perDatabase((db) => ({
  packs: db
    .prepare(`with under as (${UNDER})
      select under.pack_key, pack.state, lot.lot_number, lot.expires_on, ${ONLY_THIS} from under join pack using (pack_key) left join lot using (lot_ref)
      order by pack.state in (${stateNumber('settled')}, ${stateNumber('sold')}) desc, under.pack_key`)
    .raw()
    .safeIntegers(),
  sales: db.prepare(`select distinct sale.sale_id as saleId, sale.receipt_number as receiptNumber, sale.status, coalesce(sale.sold_at, sale.opened_at) as at
      from sale_line_pack join sale_line using (line_id) join sale using (sale_id)
      where sale_line_pack.pack_key = ? and voided_reason is null and sale.status not in ('voided', 'reversed') order by sale.sale_ref`),
}))

export interface PackUnderLink extends Omit<LinkedPack, 'sales'> {
  readonly key: bigint
}

/** Every pack that entered under the link; sold ones first. */
export const packsUnder = (
  db: ReadableDb,
  { linkId, kind, value, drugId, trust }: Pick<CodeLink, 'linkId' | 'kind' | 'value' | 'drugId' | 'trust'>,
): readonly PackUnderLink[] => {
  const identifier = trust === 'revoked' ? '' : kind === 'trace-identifier' ? value : kind === 'barcode' ? gtinOfBarcode(value) : ''
  const [first, last] = /^8\d{6}$/.test(identifier) ? [digitsKey(`${identifier}${'0'.repeat(13)}`), digitsKey(`${identifier}${'9'.repeat(13)}`)] : [null, null]
  const rows = statements(db).packs.all({ linkId, drugId, identifier, first, last }) as [bigint, bigint, string | null, BusinessDate | null, bigint][]
  return rows.map(([key, state, lotNumber, expiresOn, onlyThis]) => ({
    key,
    code: codeOf(db, key),
    state: stateOf(Number(state)),
    lotNumber,
    expiresOn,
    onlyThisLink: onlyThis === 1n,
  }))
}

const MOST = 200

export const traceOfLink = (db: ReadableDb, packs: readonly PackUnderLink[]): LinkTrace => {
  const count = (...states: readonly LinkedPack['state'][]): number => packs.filter((pack) => states.includes(pack.state)).length
  return {
    packs: packs.slice(0, MOST).map(({ key, ...pack }) => ({
      ...pack,
      sales: statements(db).sales.all(key) as { saleId: SaleId; receiptNumber: string; status: SaleStatus; at: Instant }[],
    })),
    total: packs.length,
    onShelf: count('in-stock', 'returned', 'split-open'),
    inSale: count('in-sale'),
    sold: count('sold', 'settled'),
    locked: count('locked'),
  }
}

const note = perDatabase((db) => db.prepare(`insert into link_use (link_id, pack_key, at) values (@linkId, @key, @at) on conflict do nothing`))
/** Keeps for good what a link named, whatever is learnt later. */
export const notePacks = (db: WritableDb, linkId: string, packs: readonly PackUnderLink[], at: Instant): void => {
  for (const { key } of packs) note(db).run({ linkId, key, at })
}
