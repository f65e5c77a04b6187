import { v7 } from 'uuid'
import type { WritableDb } from '../../electron/core/db/database.ts'

/** The same rows as a self-paid sale's booking, by hand-prepared statements on the same connection: the stored answer and the audit row among them: the floor that no architecture can beat. */
export const prepareRawSale = (db: WritableDb): ((saleId: string, shiftId: string, answerText: string) => void) => {
  const lines = db.prepare(`select line_id, lot_id, quantity, units_per_pack, position from sale_line join drug using (drug_id) where sale_id = ? and voided_reason is null`)
  const packs = db.prepare(`select pack_key from sale_line_pack where line_id = ?`).pluck().safeIntegers()
  const total = db.prepare(`select sum(amount_fen) from sale_line where sale_id = ?`).pluck()
  const lot = db.prepare(`update lot set on_hand = on_hand - ? where lot_id = ?`)
  const movement = db.prepare(`insert into stock_movement (movement_id, lot_id, at, kind, quantity, sale_id, line_id) values (?, ?, ?, 'sale', ?, ?, ?)`)
  const pack = db.prepare(`update pack set facts = facts & ~15 | 1 where pack_key = ? and state = 3`)
  const event = db.prepare(`insert into pack_event (pack_key, seq, at, kind, sale_ref, staff_ref) values (@key, (select max(seq) + 1 from pack_event where pack_key = @key), @at, 5, (select sale_ref from sale where sale_id = @saleId), 1)`)
  const outbox = db.prepare(`insert into outbox (outbox_id, kind, aggregate_id, sequence, effect_key, payload, status, created_at, due_at) values (?, 'upload-sale', ?, ?, ?, ?, 'pending', ?, ?)`)
  const tender = db.prepare(`insert into tender (tender_id, sale_id, shift_id, method, amount_fen, given_fen, change_fen, at, refund_of) values (?, ?, ?, 'cash', ?, ?, 0, ?, null)`)
  const close = db.prepare(`update sale set sold_at = ?, closed_at = ?, status = 'closed', credential = null where sale_id = ?`)
  const answer = db.prepare(`insert into command_answer (command_id, name, input_hash, answer, answered_at) values (?, 'sale.takeTender', ?, ?, ?)`)
  const lastAudit = db.prepare(`select seq, hash from audit_log order by seq desc limit 1`)
  const audit = db.prepare(`insert into audit_log (seq, at, staff_id, action, sale_id, outcome, detail, previous_hash, hash) values (?, ?, '1001', 'sale.takeTender', ?, 'ok', '{}', ?, ?)`)
  const body = db.transaction((saleId: string, shiftId: string, answerText: string) => {
    const at = Date.now()
    const amount = total.get(saleId) as number
    tender.run(v7(), saleId, shiftId, amount, amount, at)
    for (const line of lines.all(saleId) as { line_id: string; lot_id: string; quantity: number; units_per_pack: number; position: number }[]) {
      const units = line.quantity * line.units_per_pack
      lot.run(units, line.lot_id)
      movement.run(v7(), line.lot_id, at, 0 - units, saleId, line.line_id)
      for (const key of packs.all(line.line_id) as bigint[]) {
        pack.run(key)
        event.run({ key, at, saleId })
      }
      outbox.run(v7(), saleId, line.position, `RAW${saleId}${line.position}`, JSON.stringify({ lineId: line.line_id }), at, at)
    }
    close.run(at, at, saleId)
    answer.run(v7(), 'x'.repeat(64), answerText, at)
    const last = lastAudit.get() as { seq: number; hash: string }
    audit.run(last.seq + 1, at, saleId, last.hash, 'y'.repeat(64))
  })
  return (saleId, shiftId, answerText) => { body.immediate(saleId, shiftId, answerText) }
}
