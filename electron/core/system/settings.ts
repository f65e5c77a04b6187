import type { ReadableDb, WritableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

/** Closed list of what a shop sets once. */
export type SettingName = 'shop.name' | 'shop.address' | 'shop.phone' | 'till.number' | 'mapping.read'

const statements = perDatabase((db) => ({
  get: db.prepare(`select value from setting where name = ?`).pluck(),
  set: db.prepare(`insert into setting (name, value) values (@name, @value) on conflict do update set value = excluded.value`),
}))
export const getSetting = (db: ReadableDb, name: SettingName): string | null => (statements(db).get.get(name) as string | undefined) ?? null
export const setSetting = (db: WritableDb, name: SettingName, value: string): void => { statements(db).set.run({ name, value }) }
