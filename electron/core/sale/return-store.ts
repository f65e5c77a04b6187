import type { BroughtBack, ReturnedAs, SaleId } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { codeSql, keyOf } from '../trace/pack-key.ts'

const CONDITIONS = { sellable: 'good', damaged: 'damaged', unscannable: 'unscannable' } as const satisfies Record<ReturnedAs, string>
type Condition = (typeof CONDITIONS)[ReturnedAs]

const statements = perDatabase((db) => ({
  forget: db.prepare(`delete from return_pack where sale_id = ?`),
  note: db.prepare(`insert into return_pack (sale_id, pack_key, condition, note) values (@saleId, @key, @condition, @note)`),
  noted: db.prepare(`select ${codeSql('return_pack.pack_key')} as code, condition, note from return_pack where sale_id = ?`),
  packAlarm: db.prepare(`select exists (select 1 from alarm where pack_key = ? and status <> 'closed')`).pluck(),
  saleAlarm: db.prepare(`select exists (select 1 from alarm where sale_id = ? and status <> 'closed')`).pluck(),
}))

/** How the packs came back, kept until the return is booked: the settlement's cancellation may be answered days later. What was noted for an attempt that came to nothing is forgotten. */
export const noteBroughtBack = (db: WritableDb, saleId: SaleId, packs: readonly BroughtBack[], unscannableReason: string): void => {
  statements(db).forget.run(saleId)
  for (const { code, back } of packs) {
    const key = keyOf(db, code)
    if (key === null) throw new Error('a code of the sale is in the ledger')
    one(statements(db).note.run({ saleId, key, condition: CONDITIONS[back], note: back === 'unscannable' ? unscannableReason.trim() : '' }), 'note a pack brought back')
  }
}

export const broughtBack = (db: ReadableDb, saleId: SaleId): ReadonlyMap<string, { readonly condition: Condition; readonly note: string }> =>
  new Map((statements(db).noted.all(saleId) as { code: string; condition: Condition; note: string }[]).map(({ code, ...pack }) => [code, pack]))

export const packHasOpenAlarm = (db: ReadableDb, code: string): boolean => {
  const key = keyOf(db, code)
  return key !== null && statements(db).packAlarm.get(key) === 1
}
export const saleHasOpenAlarm = (db: ReadableDb, saleId: SaleId): boolean => statements(db).saleAlarm.get(saleId) === 1
