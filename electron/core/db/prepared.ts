import type { Statement } from 'better-sqlite3'
import type { ReadableDb } from './database.ts'

const statements = new WeakMap<ReadableDb, Map<string, Statement>>()

/**
 * The statement of this text, prepared once for this connection (preparing costs twenty times a lookup). One result form for a text:
 * give `pluck()` or `raw()` statements their own text, and do not start the same text again while iterating over it.
 */
export const prepared = <P extends unknown[], R = unknown>(db: ReadableDb, sql: string): Statement<P, R> => {
  let known = statements.get(db)
  if (known === undefined) statements.set(db, known = new Map())
  let statement = known.get(sql)
  if (statement === undefined) known.set(sql, statement = db.prepare(sql))
  return statement as unknown as Statement<P, R>
}
