import type { BusinessDate, Instant, LineId, LotId, SaleId, UncodedEntry, UncodedReason } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { inTransaction, one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

/** A row of `uncoded_use` belongs to its line for ever once the sale is booked; before, what is given back is taken off it. `released_at`: the packs are on the list again. */
const statements = perDatabase((db) => ({
  left: db.prepare(`select coalesce(sum(packs_left), 0) from uncoded_stock where drug_id = @drugId and (@lotId is null or lot_id = @lotId) and closed_at is null`).pluck(),
  insert: db.prepare(`insert into uncoded_stock (uncoded_id, drug_id, lot_id, reason, quantity, packs_left, evidence, told_at, told_by) values (@uncodedId, @drugId, @lotId, @reason, @quantity, @quantity, @evidence, @at, @staffId)`),
  close: db.prepare(`update uncoded_stock set closed_at = @at, closed_by = @staffId, closed_reason = @reason where uncoded_id = @uncodedId and closed_at is null`),
  // First entered, first sold.
  open: db.prepare(`select uncoded_id as uncodedId, packs_left as left from uncoded_stock where lot_id = ? and closed_at is null and packs_left > 0 order by told_at, uncoded_id`),
  takeFrom: db.prepare(`update uncoded_stock set packs_left = packs_left - @packs where uncoded_id = @uncodedId and closed_at is null and packs_left >= @packs`),
  giveBackTo: db.prepare(`update uncoded_stock set packs_left = packs_left + @packs where uncoded_id = @uncodedId`),
  addUse: db.prepare(`insert into uncoded_use (uncoded_id, line_id, packs, at) values (@uncodedId, @lineId, @packs, @at) on conflict (uncoded_id, line_id) do update set packs = packs + excluded.packs, at = excluded.at`),
  uses: db.prepare(`select uncoded_id as uncodedId, packs from uncoded_use where line_id = ? and released_at is null order by at desc, uncoded_id desc`),
  lowerUse: db.prepare(`update uncoded_use set packs = packs - @packs where uncoded_id = @uncodedId and line_id = @lineId`),
  dropUse: db.prepare(`delete from uncoded_use where uncoded_id = @uncodedId and line_id = @lineId`),
  releaseUse: db.prepare(`update uncoded_use set released_at = @at where uncoded_id = @uncodedId and line_id = @lineId and released_at is null`),
  ofLine: db.prepare(`select coalesce(sum(packs), 0) from uncoded_use where line_id = ?`).pluck(),
  linesOfSale: db.prepare(`select line_id from sale_line where sale_id = ? and voided_reason is null and exists (select 1 from uncoded_use where uncoded_use.line_id = sale_line.line_id)`).pluck(),
  shown: db.prepare(`select uncoded_id as uncodedId, drug_id as drugId, generic_name as drugName, pack_spec as packSpec, drug.spec, maker, pack_unit as packUnit, shelf, lot_id as lotId, lot_number as lotNumber, expires_on as expiresOn, recalled = 0 and expires_on >= @from as sellable, reason,
      quantity, packs_left as packsLeft, evidence, told_at as toldAt, teller.name as toldByName, closed_at as closedAt, closer.name as closedByName, closed_reason as closedReason,
      (select coalesce(sum(packs), 0) from uncoded_use join sale_line using (line_id) join sale using (sale_id) where uncoded_use.uncoded_id = uncoded_stock.uncoded_id and released_at is null and sold_at is null) as packsInSales
    from uncoded_stock join drug using (drug_id) join lot using (lot_id, drug_id) join staff as teller on teller.staff_id = told_by left join staff as closer on closer.staff_id = closed_by
    where (@uncodedId is null or uncoded_id = @uncodedId) and (@drugId is null or drug_id = @drugId) and (@closed = 1 or closed_at is null)
      and (@text = '' or instr(generic_name, @text) > 0 or instr(lot_number, @text) > 0 or drug_id = @text collate nocase)
    order by told_at desc, uncoded_id desc limit @limit`),
}))

/** Whole packs of a drug (of one lot, or of all) that may be sold without a code of their own. */
export const packsLeft = (db: ReadableDb, drugId: string, lotId: string | null): number => statements(db).left.get({ drugId, lotId }) as number

interface NewEntry { readonly uncodedId: string; readonly drugId: string; readonly lotId: LotId; readonly reason: UncodedReason; readonly quantity: number; readonly evidence: string; readonly at: Instant; readonly staffId: string }
export const insertEntry = (db: WritableDb, entry: NewEntry): void => one(statements(db).insert.run(entry), 'enter uncoded packs')
/** false: there is no open entry of this id. */
export const closeEntry = (db: WritableDb, entry: { readonly uncodedId: string; readonly reason: string; readonly at: Instant; readonly staffId: string }): boolean => statements(db).close.run(entry).changes === 1

/** `from`: a lot that expires before it is not sold. */
interface Asked { readonly uncodedId: string | null; readonly drugId: string | null; readonly closed: boolean; readonly text: string; readonly limit: number; readonly from: BusinessDate }
type Shown = Omit<UncodedEntry, 'sellable'> & { readonly packSpec: string; readonly sellable: 0 | 1 }
/** Newest first. */
export const listEntries = (db: ReadableDb, asked: Asked): readonly UncodedEntry[] =>
  (statements(db).shown.all({ ...asked, closed: asked.closed ? 1 : 0 }) as Shown[]).map(({ packSpec, sellable, ...entry }) => ({ ...entry, spec: packSpec === '' ? entry.spec : packSpec, sellable: sellable === 1 }))
export const findEntry = (db: ReadableDb, uncodedId: string, from: BusinessDate): UncodedEntry | null => listEntries(db, { uncodedId, drugId: null, closed: true, text: '', limit: 1, from })[0] ?? null

/** Whole packs of this line that came from the list, also after it was sold and returned. */
export const uncodedPacksOf = (db: ReadableDb, lineId: LineId): number => statements(db).ofLine.get(lineId) as number

/** Takes up to so many packs of a lot for a line, first entered first; returns how many. Call in the sale's transaction. */
export const takePacks = (db: WritableDb, { lotId, lineId, packs, at }: { readonly lotId: LotId; readonly lineId: LineId; readonly packs: number; readonly at: Instant }): number => {
  if (!db.inTransaction) throw new Error('uncoded packs are taken inside the sale’s transaction')
  let wanted = packs
  for (const { uncodedId, left } of statements(db).open.all(lotId) as { uncodedId: string; left: number }[]) {
    const taken = Math.min(wanted, left)
    if (taken <= 0) break
    one(statements(db).takeFrom.run({ uncodedId, packs: taken }), 'take uncoded packs')
    one(statements(db).addUse.run({ uncodedId, lineId, packs: taken, at }), 'note uncoded packs')
    wanted -= taken
  }
  return packs - wanted
}

/** So many packs of an open sale's line go back to the list, last taken first. */
export const giveBackPacks = (db: WritableDb, lineId: LineId, packs: number): void =>
  inTransaction(db, () => {
    let surplus = packs
    for (const { uncodedId, packs: used } of statements(db).uses.all(lineId) as { uncodedId: string; packs: number }[]) {
      const given = Math.min(surplus, used)
      if (given <= 0) break
      one(statements(db).giveBackTo.run({ uncodedId, packs: given }), 'give uncoded packs back')
      one(given === used ? statements(db).dropUse.run({ uncodedId, lineId }) : statements(db).lowerUse.run({ uncodedId, lineId, packs: given }), 'take uncoded packs off a line')
      surplus -= given
    }
    if (surplus > 0) throw new Error('more uncoded packs given back than were taken')
  })

/** The line came to nothing or was returned: its packs are on the list again, less `kept` (damaged ones), and the line still tells how many there were. */
export const releasePacksOf = (db: WritableDb, lineId: LineId, at: Instant, kept = 0): void =>
  inTransaction(db, () => {
    let stays = kept
    for (const { uncodedId, packs } of statements(db).uses.all(lineId) as { uncodedId: string; packs: number }[]) {
      const back = Math.max(0, packs - stays)
      stays -= packs - back
      if (back > 0) one(statements(db).giveBackTo.run({ uncodedId, packs: back }), 'give uncoded packs back')
      one(statements(db).releaseUse.run({ uncodedId, lineId, at }), 'release uncoded packs')
    }
  })

/** `releasePacksOf` for every line of a sale that came to nothing. */
export const releasePacksOfSale = (db: WritableDb, saleId: SaleId, at: Instant): void => {
  for (const lineId of statements(db).linesOfSale.all(saleId) as LineId[]) releasePacksOf(db, lineId, at)
}
