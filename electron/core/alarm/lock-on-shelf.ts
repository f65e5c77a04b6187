import type { ReadableDb, WritableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { keyOf } from '../trace/pack-key.ts'
import type { PackChange } from '../trace/pack-ledger.ts'
import { lockPack } from '../trace/pack-ledger.ts'
import { findPack } from '../trace/pack-store.ts'
import { openAlarmOf } from './alarm-store.ts'

const statements = perDatabase((db) => ({
  // Loose units of an opened pack that a sale still holds.
  held: db.prepare(`select exists (select 1 from sale_line_pack join sale_line using (line_id) join sale using (sale_id)
    where sale_line_pack.pack_key = ? and voided_reason is null and sale.status in ('open', 'held', 'settling', 'unconfirmed'))`).pluck(),
}))

const onShelf = (db: ReadableDb, code: string): boolean => {
  const pack = findPack(db, code)
  if (pack === null) return false
  if (pack.state === 'in-stock' || pack.state === 'returned') return true
  return pack.state === 'split-open' && statements(db).held.get(keyOf(db, code)) === 0
}

/** Locks a pack with an open alarm as soon as it is on the shelf: when the alarm is raised, and when it comes back from a sale. */
export const lockOnShelf = (db: WritableDb, change: PackChange): void => {
  const key = keyOf(db, change.code)
  if (key === null || !onShelf(db, change.code)) return
  const alarmId = openAlarmOf(db, key)
  if (alarmId !== null) lockPack(db, { ...change, document: alarmId })
}
