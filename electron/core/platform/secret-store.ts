import type { Instant } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

const statements = perDatabase((db) => ({
  all: db.prepare(`select name, value from secret`),
  names: db.prepare(`select name, set_at as setAt from secret order by name`),
  set: db.prepare(`insert into secret (name, value, set_at) values (@name, @value, @at) on conflict do update set value = excluded.value, set_at = excluded.set_at`),
  remove: db.prepare(`delete from secret where name = ?`),
}))

/** Every key that a profile may name, by its name. They never leave core but as signatures. */
export const readSecrets = (db: ReadableDb): Readonly<Record<string, string>> =>
  Object.fromEntries((statements(db).all.all() as { readonly name: string; readonly value: string }[]).map(({ name, value }) => [name, value]))
export const secretNames = (db: ReadableDb): readonly { readonly name: string; readonly setAt: Instant }[] => statements(db).names.all() as { name: string; setAt: Instant }[]
export const setSecret = (db: WritableDb, name: string, value: string, at: Instant): void => { statements(db).set.run({ name, value, at }) }
/** False: there was none of that name. */
export const removeSecret = (db: WritableDb, name: string): boolean => statements(db).remove.run(name).changes === 1
