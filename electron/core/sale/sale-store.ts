import type { BusinessDate, Fen, Instant, LineId, LotId, PurchaseKind, Quantity, SaleId, SaleStatus, SellUnit, TenderMethod, UnitPrice } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { codeSql, keyOf } from '../trace/pack-key.ts'

export interface SaleRow {
  readonly sale_id: SaleId
  readonly receipt_number: string
  readonly status: SaleStatus
  readonly shift_id: string | null
  readonly staff_id: string
  readonly staff_name: string
  readonly opened_at: Instant
  readonly business_date: BusinessDate
  readonly sold_at: Instant | null
  readonly closed_at: Instant | null
  readonly returned_at: Instant | null
  readonly returned_shift_id: string | null
  readonly insured: 0 | 1
  readonly person_id: string | null
  readonly chosen_insurance: number
  readonly credential_kind: 'e-voucher' | 'id-card' | 'social-card' | null
  readonly credential: string | null
  readonly purchase_kind: PurchaseKind
  readonly disease_code: string | null
  readonly held_note: string
  readonly revision: number
}

export interface LineRow {
  readonly line_id: LineId
  readonly sale_id: SaleId
  readonly position: number
  readonly drug_id: string
  readonly lot_id: LotId
  readonly sell_unit: SellUnit
  readonly quantity: Quantity
  readonly unit_price: UnitPrice
  readonly amount_fen: Fen
}

export interface LinePackRow { readonly line_id: LineId; readonly code: string; readonly quantity: Quantity; readonly virtual: 0 | 1 }

export interface TenderRow {
  readonly tender_id: string
  readonly sale_id: SaleId
  readonly shift_id: string
  readonly method: TenderMethod
  readonly amount_fen: Fen
  readonly given_fen: Fen
  readonly change_fen: Fen
  readonly at: Instant
  readonly refund_of: string | null
}

const statements = perDatabase((db) => ({
  insertSale: db.prepare(`insert into sale (sale_id, receipt_number, status, shift_id, staff_id, opened_at, business_date, copied_from)
    values (@saleId, @receiptNumber, 'open', @shiftId, @staffId, @openedAt, @businessDate, @copiedFrom)`),
  lastReceipt: db.prepare(`select receipt_number from sale where receipt_number >= @prefix and receipt_number < @prefix || '~' order by receipt_number desc limit 1`).pluck(),
  getSale: db.prepare(`select sale.*, staff.name as staff_name from sale join staff using (staff_id) where sale_id = ?`),
  setStatus: db.prepare(`update sale set status = @status where sale_id = @saleId`),
  changed: db.prepare(`update sale set revision = revision + 1 where sale_id = ? and status in ('open', 'held')`),
  setHeld: db.prepare(`update sale set status = 'held', held_note = @note where sale_id = @saleId and status = 'open'`),
  recall: db.prepare(`update sale set status = 'open', held_note = '', staff_id = @staffId where sale_id = @saleId and status = 'held'`),
  setNote: db.prepare(`update sale set held_note = @note where sale_id = @saleId`),
  setSold: db.prepare(`update sale set sold_at = @at, status = 'due' where sale_id = @saleId`),
  setClosed: db.prepare(`update sale set closed_at = @at, status = 'closed', credential = null where sale_id = @saleId`),
  setReturning: db.prepare(`update sale set returned_shift_id = @shiftId where sale_id = @saleId`),
  setReturned: db.prepare(`update sale set returned_at = @at, status = 'returned', credential = null where sale_id = @saleId`),
  setEnded: db.prepare(`update sale set closed_at = @at, status = @status, credential = null where sale_id = @saleId`),
  setPerson: db.prepare(`update sale set person_id = @personId, chosen_insurance = @chosenInsurance, credential_kind = @kind, credential = @credential, insured = @insured where sale_id = @saleId`),
  setInsured: db.prepare(`update sale set insured = @insured where sale_id = @saleId`),
  setChosenInsurance: db.prepare(`update sale set chosen_insurance = @index where sale_id = @saleId`),
  setPurchase: db.prepare(`update sale set purchase_kind = @kind, disease_code = @diseaseCode where sale_id = @saleId`),
  setShift: db.prepare(`update sale set shift_id = @shiftId, staff_id = @staffId where sale_id = @saleId`),

  lines: db.prepare(`select line_id, sale_id, position, drug_id, lot_id, sell_unit, quantity, unit_price, amount_fen from sale_line where sale_id = ? and voided_reason is null order by position`),
  nextPosition: db.prepare(`select coalesce(max(position), 0) + 1 from sale_line where sale_id = ?`).pluck(),
  insertLine: db.prepare(`insert into sale_line (line_id, sale_id, position, drug_id, lot_id, sell_unit, quantity, unit_price, amount_fen)
    values (@lineId, @saleId, @position, @drugId, @lotId, @sellUnit, @quantity, @unitPrice, @amountFen)`),
  updateLine: db.prepare(`update sale_line set lot_id = @lotId, sell_unit = @sellUnit, quantity = @quantity, unit_price = @unitPrice, amount_fen = @amountFen where line_id = @lineId and voided_reason is null`),
  setByHand: db.prepare(`update sale_line set quantity_set = 1 where line_id = @lineId and voided_reason is null`),
  voidLine: db.prepare(`update sale_line set voided_reason = @reason where line_id = @lineId and voided_reason is null`),
  packs: db.prepare(`select sale_line_pack.line_id, ${codeSql('sale_line_pack.pack_key')} as code, sale_line_pack.quantity, exists (select 1 from virtual_code where virtual_code.pack_key = sale_line_pack.pack_key) as virtual
    from sale_line join sale_line_pack using (line_id) where sale_line.sale_id = ? and voided_reason is null order by position, nth`),
  insertPack: db.prepare(`insert into sale_line_pack (line_id, pack_key, quantity, nth) values (@lineId, @key, @quantity, (select coalesce(max(nth), 0) + 1 from sale_line_pack where line_id = @lineId))`),
  deletePack: db.prepare(`delete from sale_line_pack where line_id = @lineId and pack_key = @key`),
  setPackQuantity: db.prepare(`update sale_line_pack set quantity = @quantity where line_id = @lineId and pack_key = @key`),

  tenders: db.prepare(`select tender_id, sale_id, shift_id, method, amount_fen, given_fen, change_fen, at, refund_of from tender where sale_id = ? order by at, tender_id`),
  insertTender: db.prepare(`insert into tender (tender_id, sale_id, shift_id, method, amount_fen, given_fen, change_fen, at, refund_of)
    values (@tenderId, @saleId, @shiftId, @method, @amountFen, @givenFen, @changeFen, @at, @refundOf)`),
}))

export const saleStatements = statements

export const getSaleRow = (db: ReadableDb, saleId: SaleId): SaleRow => {
  const row = statements(db).getSale.get(saleId) as SaleRow | undefined
  if (row === undefined) throw new AppError('sale.not-found', 'no such sale', { saleId })
  return row
}
export const getLineRows = (db: ReadableDb, saleId: SaleId): readonly LineRow[] => statements(db).lines.all(saleId) as LineRow[]
export const getLineRow = (db: ReadableDb, saleId: SaleId, lineId: LineId): LineRow => {
  const row = getLineRows(db, saleId).find((line) => line.line_id === lineId)
  if (row === undefined) throw new AppError('sale.line-not-found', 'no such line in this sale', { saleId, lineId })
  return row
}
export const getLinePackRows = (db: ReadableDb, saleId: SaleId): readonly LinePackRow[] => statements(db).packs.all(saleId) as LinePackRow[]

interface LinePack { readonly lineId: LineId; readonly code: string; readonly quantity: Quantity }
const keyed = <T extends { readonly code: string }>(db: ReadableDb, row: T): T & { readonly key: bigint } => {
  const key = keyOf(db, row.code)
  if (key === null) throw new Error('a code on a line is in the ledger')
  return { ...row, key }
}
/** A code onto a line, and how many smallest units of it. */
export const insertLinePack = (db: WritableDb, pack: LinePack): void => one(statements(db).insertPack.run(keyed(db, pack)), 'put a code on a line')
export const deleteLinePack = (db: WritableDb, pack: Omit<LinePack, 'quantity'>): void => one(statements(db).deletePack.run(keyed(db, pack)), 'take a code off a line')
export const setLinePackQuantity = (db: WritableDb, pack: LinePack): void => one(statements(db).setPackQuantity.run(keyed(db, pack)), 'change the units of a code')

export const getTenderRows = (db: ReadableDb, saleId: SaleId): readonly TenderRow[] => statements(db).tenders.all(saleId) as TenderRow[]

export const setSaleStatus = (db: WritableDb, saleId: SaleId, status: SaleStatus): void => one(statements(db).setStatus.run({ saleId, status }), 'set sale status')
/** A quote belongs to one revision of the basket and the person. */
export const touchSale = (db: WritableDb, saleId: SaleId): void => one(statements(db).changed.run(saleId), 'change an open sale')
/** Throws unless the sale is open for the cashier's hands. */
export const openSaleRow = (db: ReadableDb, saleId: SaleId): SaleRow => {
  const row = getSaleRow(db, saleId)
  if (row.status !== 'open') throw new AppError('sale.wrong-state', `sale is ${row.status}`, { status: row.status, receiptNumber: row.receipt_number })
  return row
}
