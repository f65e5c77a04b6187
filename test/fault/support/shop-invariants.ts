import type { ReadableDb } from '../../../electron/core/db/database.ts'
import { verifyChain } from '../../../electron/core/audit/audit-log.ts'
import { lotsOutOfBalance } from '../../../electron/core/stock/move-stock.ts'

/** What a shop's books say at every moment, not only at the end of a day: each query finds the rows that break it. */
const RULES: readonly (readonly [rule: string, breaks: string])[] = [
  // A sale is whole or not there.
  ['a sold sale without lines', `select receipt_number from sale where sold_at is not null and not exists (select 1 from sale_line where sale_line.sale_id = sale.sale_id and voided_reason is null)`],
  ['sold, but no time of sale; or the other way round', `select receipt_number from sale where (status in ('due', 'closed', 'returned')) <> (sold_at is not null) and status not in ('returning')`],
  ['a sold line whose stock did not leave', `select receipt_number, position from sale join sale_line using (sale_id) where sold_at is not null and voided_reason is null
      and (select count(*) from stock_movement where stock_movement.line_id = sale_line.line_id and kind = 'sale') <> 1`],
  ['stock left for a line that was not sold', `select movement_id from stock_movement left join sale on sale.sale_id = stock_movement.sale_id left join sale_line on sale_line.line_id = stock_movement.line_id where stock_movement.kind = 'sale' and (sold_at is null or sale_line.sale_id is null or voided_reason is not null)`],
  ['a returned line whose stock did not come back', `select receipt_number, position from sale join sale_line using (sale_id) where status = 'returned' and voided_reason is null
      and (select count(*) from stock_movement where stock_movement.line_id = sale_line.line_id and kind = 'return') <> 1`],
  ['stock came back for a line that was not returned', `select movement_id from stock_movement left join sale using (sale_id) where stock_movement.kind = 'return' and sale.status is not 'returned'`],
  ['a sold line without its upload', `select receipt_number, position from sale join sale_line using (sale_id) join drug using (drug_id) where sold_at is not null and voided_reason is null and code_requirement <> 'none'
      and not exists (select 1 from outbox where kind = 'upload-sale' and effect_key = 'S' || replace(receipt_number, '-', '') || printf('%03d', position) and payload ->> 'lineId' = line_id)`],
  ['a returned line without its upload', `select receipt_number, position from sale join sale_line using (sale_id) join drug using (drug_id) where status = 'returned' and voided_reason is null and code_requirement <> 'none'
      and not exists (select 1 from outbox where kind = 'upload-return' and effect_key = 'R' || replace(receipt_number, '-', '') || printf('%03d', position) and payload ->> 'lineId' = line_id)`],
  ['an upload of something not sold', `select effect_key from outbox left join sale on sale.sale_id = aggregate_id left join sale_line on line_id = payload ->> 'lineId' where kind = 'upload-sale' and (sold_at is null or sale_line.line_id is null or voided_reason is not null)`],
  ['a return upload of something not returned', `select effect_key from outbox left join sale on sale.sale_id = aggregate_id where kind = 'upload-return' and sale.status is not 'returned'`],
  ['a sold line with fewer codes than packs', `select receipt_number, position from sale join sale_line using (sale_id) join drug using (drug_id) where sold_at is not null and voided_reason is null and code_requirement = 'scan' and sell_unit = 'pack'
      and not exists (select 1 from uncoded_use where uncoded_use.line_id = sale_line.line_id) and (select count(*) from sale_line_pack where sale_line_pack.line_id = sale_line.line_id) * 10000 <> sale_line.quantity`],
  ['a code of a sold line without the event of its sale', `select receipt_number, printf('%d', pack_key) from sale join sale_line using (sale_id) join sale_line_pack using (line_id) where sold_at is not null and voided_reason is null
      and not exists (select 1 from virtual_code where virtual_code.pack_key = sale_line_pack.pack_key)
      and not exists (select 1 from pack_event where pack_event.pack_key = sale_line_pack.pack_key and pack_event.sale_ref = sale.sale_ref and kind in (5, 6))`],
  // Money.
  ['a closed sale that is not paid to the fen', `select receipt_number from sale left join settlement using (sale_id) where status = 'closed'
      and (select coalesce(sum(amount_fen), 0) from tender where tender.sale_id = sale.sale_id) <> coalesce(figures ->> 'cashFen', (select sum(amount_fen) from sale_line where sale_line.sale_id = sale.sale_id and voided_reason is null))`],
  ['a returned sale whose money was not given back', `select receipt_number from sale where status = 'returned' and (select coalesce(sum(amount_fen), 0) from tender where tender.sale_id = sale.sale_id) <> 0`],
  ['money for a sale that was never sold', `select receipt_number from sale where status in ('voided', 'reversed') and exists (select 1 from tender where tender.sale_id = sale.sale_id)`],
  // The settlement and what the till calls the sale.
  ['sale and settlement say different things', `select receipt_number, status, state from sale join settlement using (sale_id) where
      (state = 'settling') <> (status = 'settling') or (state in ('unknown', 'reversing', 'parked')) <> (status = 'unconfirmed') or (state = 'reversed') <> (status = 'reversed')
      or (state in ('cancelling', 'cancel-unknown')) <> (status = 'returning') or (state = 'settled' and status not in ('due', 'closed')) or (state = 'cancelled' and status <> 'returned')`],
  ['asked, but the bytes are not here', `select sale_id, state from settlement where (state in ('settling', 'unknown', 'reversing', 'parked', 'settled', 'cancelling', 'cancel-unknown', 'cancelled') and not exists
      (select 1 from platform_message where message_id = settle_message_id and infno = '2102' and platform_message.sale_id = settlement.sale_id))
      or (state in ('cancelling', 'cancel-unknown') and not exists (select 1 from platform_message where message_id = cancel_message_id and infno = '2103'))`],
  ['unconfirmed, and nobody asks', `select sale_id from settlement where state = 'unknown' and not exists (select 1 from outbox where aggregate_id = settlement.sale_id and kind = 'reverse-settlement' and status <> 'done')`],
  ['a lost cancellation, and nobody asks', `select sale_id from settlement where state = 'cancel-unknown' and not exists (select 1 from outbox where aggregate_id = settlement.sale_id and kind = 'cancel-settlement' and status <> 'done')`],
  ['the story does not end where the settlement is', `select sale_id from settlement where state <> 'draft' and state is not (select state from settlement_event where settlement_event.sale_id = settlement.sale_id order by event_id desc limit 1)`],
  // Packs.
  ['a whole pack in two sales', `select printf('%d', pack_key) from sale_line_pack join sale_line using (line_id) join sale using (sale_id) where voided_reason is null and sell_unit = 'pack'
      and status in ('open', 'held', 'settling', 'unconfirmed', 'due', 'closed', 'returning') group by pack_key having count(*) > 1`],
  ['a pack in a sale that does not know it', `select printf('%d', pack_key) from pack where state in (0, 1, 3) and not exists (select 1 from sale_line_pack join sale_line using (line_id) join sale using (sale_id)
      where sale_line_pack.pack_key = pack.pack_key and voided_reason is null and sale.sale_ref = pack.sale_ref
      and iif(pack.state = 3, status in ('open', 'held', 'settling', 'unconfirmed'), status in ('due', 'closed', 'returning')))`],
  ['a pack whose state is not that of its last event', `select printf('%d', pack_key), state, kind from pack join (select pack_key, kind, max(seq) from pack_event where kind in (1, 2, 3, 4, 5, 6, 8, 10, 11, 15, 16, 17) group by pack_key) using (pack_key)
      where not exists (select 1 from split_pack where split_pack.pack_key = pack.pack_key)
      and state <> case kind when 1 then 2 when 2 then 2 when 3 then 3 when 4 then 2 when 5 then 1 when 6 then 0 when 8 then 4 when 10 then 2 when 11 then 5 when 15 then 2 when 16 then 7 else 8 end`],
  ['an opened pack that is closed again', `select printf('%d', pack_key) from split_pack join pack using (pack_key) where state not in (5, 6, 7)`],
  ['an opened pack whose units are not what is left of it', `select printf('%d', pack_key) from split_pack join pack using (pack_key) join lot using (lot_ref) join drug using (drug_id) where state <> 7 and units_left + coalesce((
      select sum(sale_line_pack.quantity) from sale_line_pack join sale_line using (line_id) join sale using (sale_id) where sale_line_pack.pack_key = split_pack.pack_key and voided_reason is null and sell_unit = 'unit'
      and status in ('open', 'held', 'settling', 'unconfirmed', 'due', 'closed', 'returning')), 0) <> units_per_pack * 10000`],
  ['a pack without a history, or with a gap in it', `select printf('%d', pack.pack_key) from pack left join (select pack_key, count(*) as n, max(seq) as last from pack_event group by pack_key) as told on told.pack_key = pack.pack_key where n is null or n <> last`],
  ['a history without a pack', `select printf('%d', pack_key) from pack_event where not exists (select 1 from pack where pack.pack_key = pack_event.pack_key)`],
]

/** Everything that is wrong in this database by itself; empty when all is well. The database's own structure first: without it nothing else can be believed. */
export const brokenRules = (db: ReadableDb): readonly string[] => {
  const whole = db.prepare('pragma integrity_check(3)').pluck().all() as string[]
  if (whole[0] !== 'ok') return [`integrity: ${whole.join('; ')}`]
  const wrong: string[] = []
  const dangling = db.prepare('pragma foreign_key_check').all()
  if (dangling.length > 0) wrong.push(`references: ${JSON.stringify(dangling[0])}`)
  for (const [rule, breaks] of RULES) {
    const rows = db.prepare(`${breaks} limit 3`).raw().all()
    if (rows.length > 0) wrong.push(`${rule}: ${JSON.stringify(rows)}`)
  }
  const lots = lotsOutOfBalance(db)
  if (lots.length > 0) wrong.push(`lots that are not the sum of their movements: ${lots.length}`)
  if (!verifyChain(db).intact) wrong.push('the audit chain is broken')
  return wrong
}
