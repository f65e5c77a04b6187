import type { WritableDb } from '../../electron/core/db/database.ts'
import { inTransaction } from '../../electron/core/db/database.ts'
import { packCode } from '../../electron/core/demo-shop/demo-codes.ts'
import { digitsKey } from '../../electron/core/trace/pack-key.ts'
import type { DrugKey } from './small-shop.ts'
import { drugIdOf, ROWS } from './small-shop.ts'

const DRUGS: readonly DrugKey[] = ['amoxicillin', 'ibuprofen', 'coldTablets', 'amlodipine']
/** Made up, of the drug's own identifier; serials that no fixture uses. */
const codeOf = (drug: DrugKey, n: number): string => `${packCode(ROWS[drug], 1, 1).slice(0, 7)}6${String(n).padStart(12, '0')}`
const uuidOf = (kind: number, n: number): string => `0000000${kind}-0000-7000-8000-${String(n).padStart(12, '0')}`

export interface Backlog { readonly rows: number; readonly at: number; readonly first?: number; readonly status?: 'pending' | 'done' }

/**
 * Self-paid sales of one pack each, booked, with their upload rows waiting (or told already): by statements, because ten thousand sales through the counter take minutes.
 * The codes are such as the practice province knows. Returns the row keys.
 */
export const fillBacklog = (db: WritableDb, { rows, at, first = 1, status = 'pending' }: Backlog): readonly string[] => {
  const lots = new Map(DRUGS.map((drug) => [drug, db.prepare(`select lot_id, lot_ref, pack_price, units_per_pack from lot join drug using (drug_id) where drug_id = ? order by lot_number limit 1`)
    .get(drugIdOf(drug)) as { lot_id: string; lot_ref: number; pack_price: number; units_per_pack: number }]))
  const sale = db.prepare(`insert into sale (sale_id, receipt_number, status, staff_id, opened_at, business_date, sold_at, closed_at) values (@saleId, @receipt, 'closed', 'C1', @at, '2026-11-21', @at, @at)`)
  const saleRef = db.prepare(`select sale_ref from sale where sale_id = ?`).pluck()
  const line = db.prepare(`insert into sale_line (line_id, sale_id, position, drug_id, lot_id, sell_unit, quantity, unit_price, amount_fen) values (@lineId, @saleId, 1, @drugId, @lotId, 'pack', 10000, @price, @fen)`)
  const pack = db.prepare(`insert into pack (pack_key, facts) values (?, (? << 24) | (? << 4) | 1)`)
  const event = db.prepare(`insert into pack_event (pack_key, seq, at, kind, sale_ref, staff_ref) values (?, 1, ?, 5, ?, 1)`)
  const linePack = db.prepare(`insert into sale_line_pack (line_id, pack_key, quantity, nth) values (?, ?, ?, 1)`)
  const job = db.prepare(`insert into outbox (outbox_id, kind, aggregate_id, sequence, effect_key, payload, status, created_at, due_at, done_at) values (@outboxId, 'upload-sale', @saleId, 1, @rowKey, @payload, @status, @at, @at, @doneAt)`)
  const keys: string[] = []
  inTransaction(db, () => {
    for (let n = first; n < first + rows; n += 1) {
      const drug = DRUGS[n % DRUGS.length] as DrugKey
      const lot = lots.get(drug)
      if (lot === undefined) throw new Error(`no lot of ${drug}`)
      const saleId = uuidOf(1, n)
      const lineId = uuidOf(2, n)
      const rowKey = `S20261121B1${String(n).padStart(7, '0')}001`
      sale.run({ saleId, receipt: `20261121-B1-${String(n).padStart(7, '0')}`, at })
      const ref = saleRef.get(saleId) as number
      line.run({ lineId, saleId, drugId: drugIdOf(drug), lotId: lot.lot_id, price: lot.pack_price, fen: Math.round(lot.pack_price / 10_000) })
      const key = digitsKey(codeOf(drug, n))
      pack.run(key, ref, lot.lot_ref)
      event.run(key, at, ref)
      linePack.run(lineId, key, lot.units_per_pack * 10_000)
      job.run({ outboxId: uuidOf(3, n), saleId, rowKey, payload: JSON.stringify({ lineId }), status, at, doneAt: status === 'done' ? at : null })
      keys.push(rowKey)
    }
  })
  return keys
}
