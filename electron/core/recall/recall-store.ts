import type { Instant, Recall, RecalledLot, RecallDetail, SaleId } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { stateNumber, stateOf } from '../trace/ledger-codes.ts'
import { codeSql } from '../trace/pack-key.ts'

/** Case makes no other lot: papers disagree about it. */
const SAME_LOT = `(recall.lot_number is null or recall.lot_number = lot.lot_number collate nocase)`
const STANDS = `exists (select 1 from recall where recall.drug_id = lot.drug_id and lifted_at is null and ${SAME_LOT})`
/** `isRecalled` of a row of `lot`, by its own mark or by a recall that names it. */
export const LOT_RECALLED_SQL = `(lot.recalled = 1 or ${STANDS})`
const NOT_BOOKED = `sale.sold_at is null and sale.status not in ('voided', 'reversed')`
const HERE = `state not in (${stateNumber('settled')}, ${stateNumber('sold')}) and state not in (${stateNumber('destroyed')}, ${stateNumber('transferred')})`
const SHOWN_PACKS = 200

const statements = perDatabase((db) => ({
  recalled: db
    .prepare(
      `select exists (select 1 from recall where drug_id = @drugId and lifted_at is null and (lot_number is null or lot_number = @lotNumber collate nocase))
        or exists (select 1 from lot where drug_id = @drugId and lot_number = @lotNumber and recalled = 1)`,
    )
    .pluck(),
  standing: db.prepare(`select recall_id from recall where drug_id = @drugId and lifted_at is null and (lot_number is @lotNumber or lot_number = @lotNumber collate nocase)`).pluck(),
  insert: db.prepare(`insert into recall (recall_id, drug_id, lot_number, reason, source, told_at, told_by) values (@recallId, @drugId, @lotNumber, @reason, @source, @at, @staffId)`),
  lift: db.prepare(`update recall set lifted_at = @at, lifted_by = @staffId, lifted_reason = @reason where recall_id = @recallId and lifted_at is null`),
  mark: db.prepare(`update lot set recalled = ${STANDS} where drug_id = @drugId and recalled <> ${STANDS} and (@lotNumber is null or lot_number = @lotNumber collate nocase)`),
  openSales: db.prepare(`select distinct sale.sale_id from sale_line join lot using (lot_id) join sale using (sale_id)
    where lot.drug_id = @drugId and (@lotNumber is null or lot_number = @lotNumber collate nocase) and voided_reason is null and ${NOT_BOOKED}`).pluck(),
  shown: db.prepare(`select recall_id as recallId, drug_id as drugId, generic_name as drugName, iif(pack_spec = '', drug.spec, pack_spec) as spec, maker, pack_unit as packUnit, recall.lot_number as lotNumber, reason, source,
      told_at as toldAt, teller.name as toldByName, lifted_at as liftedAt, lifter.name as liftedByName, lifted_reason as liftedReason,
      coalesce((select sum(on_hand) from lot where lot.drug_id = recall.drug_id and ${SAME_LOT}), 0) / units_per_pack as onHand,
      coalesce((select sum((quantity + 9999) / 10000) from sale_line join lot using (lot_id) join sale using (sale_id) where lot.drug_id = recall.drug_id and ${SAME_LOT} and sell_unit = 'pack' and voided_reason is null and ${NOT_BOOKED}), 0) as inSales
    from recall join drug using (drug_id) left join staff as teller on teller.staff_id = told_by left join staff as lifter on lifter.staff_id = lifted_by
    where (@recallId is null or recall_id = @recallId) and (@lifted = 1 or lifted_at is null)
      and (@text = '' or instr(generic_name, @text) > 0 or instr(coalesce(recall.lot_number, ''), @text) > 0 or instr(source, @text) > 0 or drug_id = @text collate nocase)
    order by told_at desc, recall_id desc limit @limit`),
  lots: db.prepare(`select lot_id as lotId, lot_ref as lotRef, lot_number as lotNumber, expires_on as expiresOn, shelf, on_hand / units_per_pack as onHand,
      (select coalesce(sum(packs_left), 0) from uncoded_stock where uncoded_stock.lot_id = lot.lot_id and closed_at is null) as uncodedPacks,
      (select coalesce(sum((quantity + 9999) / 10000), 0) from sale_line join sale using (sale_id) where sale_line.lot_id = lot.lot_id and sell_unit = 'pack' and voided_reason is null and sold_at is not null and returned_at is null) as soldPacks
    from lot join drug using (drug_id) where drug_id = @drugId and (@lotNumber is null or lot_number = @lotNumber collate nocase) order by expires_on, lot_number`),
  packs: db.prepare(`select ${codeSql('pack.pack_key')} as code, state, receipt_number as receiptNumber from pack left join sale using (sale_ref)
    where pack.lot_ref = @lotRef and ${HERE} and not exists (select 1 from virtual_code where virtual_code.pack_key = pack.pack_key) order by state <> ${stateNumber('in-sale')}, pack.pack_key limit ${SHOWN_PACKS}`),
  packCount: db.prepare(`select count(*) from pack where pack.lot_ref = @lotRef and ${HERE} and not exists (select 1 from virtual_code where virtual_code.pack_key = pack.pack_key)`).pluck(),
  salesWith: db.prepare(`select distinct sale.sale_id as saleId, receipt_number as receiptNumber, sale.status, staff.name as staffName, lot.lot_number as lotNumber from sale_line join lot using (lot_id) join sale using (sale_id) join staff using (staff_id)
    where lot.drug_id = @drugId and (@lotNumber is null or lot_number = @lotNumber collate nocase) and voided_reason is null and ${NOT_BOOKED} order by receipt_number`),
}))

/** Is this lot under a recall that was not lifted? A lot that is not known (null) is only under a recall of every lot. */
export const isRecalled = (db: ReadableDb, drugId: string, lotNumber: string | null): boolean => statements(db).recalled.get({ drugId, lotNumber }) === 1

export interface RecalledGoods { readonly drugId: string; readonly lotNumber: string | null }
/** A recall of exactly this that was not lifted. */
export const standingRecall = (db: ReadableDb, goods: RecalledGoods): string | null => (statements(db).standing.get(goods) as string | undefined) ?? null
export const insertRecall = (db: WritableDb, recall: RecalledGoods & { readonly recallId: string; readonly reason: string; readonly source: string; readonly at: Instant; readonly staffId: string | null }): void =>
  one(statements(db).insert.run(recall), 'enter a recall')
/** false: lifted already. */
export const liftRecall = (db: WritableDb, recall: { readonly recallId: string; readonly reason: string; readonly at: Instant; readonly staffId: string }): boolean => statements(db).lift.run(recall).changes === 1
/** Makes `lot.recalled` of these goods what the recalls say. */
export const markLots = (db: WritableDb, goods: RecalledGoods): void => {
  statements(db).mark.run(goods)
}
/** Sales not yet booked that hold such goods. */
export const openSalesWith = (db: ReadableDb, goods: RecalledGoods): readonly SaleId[] => statements(db).openSales.all(goods) as SaleId[]

interface Asked { readonly recallId: string | null; readonly lifted: boolean; readonly text: string; readonly limit: number }
export const listRecalls = (db: ReadableDb, asked: Asked): readonly Recall[] => statements(db).shown.all({ ...asked, lifted: asked.lifted ? 1 : 0 }) as Recall[]
export const findRecall = (db: ReadableDb, recallId: string): Recall | null => listRecalls(db, { recallId, lifted: true, text: '', limit: 1 })[0] ?? null

type LotRow = Omit<RecalledLot, 'packs' | 'morePacks'> & { readonly lotRef: number }
type PackColumns = Omit<RecalledLot['packs'][number], 'state'> & { readonly state: number }
/** Where the goods are: on the shelf, in sales, sold. */
export const recallDetail = (db: ReadableDb, recall: Recall): RecallDetail => {
  const goods = { drugId: recall.drugId, lotNumber: recall.lotNumber }
  const lots = (statements(db).lots.all(goods) as LotRow[]).map(({ lotRef, ...lot }): RecalledLot => {
    const packs = (statements(db).packs.all({ lotRef }) as PackColumns[]).map((pack) => ({ ...pack, state: stateOf(pack.state) }))
    return { ...lot, packs, morePacks: packs.length < SHOWN_PACKS ? 0 : (statements(db).packCount.get({ lotRef }) as number) - packs.length }
  })
  return { recall, lots, sales: statements(db).salesWith.all(goods) as RecallDetail['sales'] }
}
