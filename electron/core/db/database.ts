import type Database from 'better-sqlite3'

/** The same connection seen by those who only read. Branded so that a writer cannot be handed to a reader's caller by accident. */
export type ReadableDb = Pick<Database.Database, 'prepare' | 'inTransaction' | 'function'> & { readonly readable: true }
/** Held by writers. One connection in core. */
export type WritableDb = ReadableDb & Pick<Database.Database, 'exec' | 'pragma' | 'transaction' | 'close' | 'backup' | 'open'> & { readonly writable: true }

const endings = new WeakMap<object, (() => void)[]>()
/** Runs after every outermost `inTransaction`, committed or undone: what was read inside and is kept may not be true. */
export const onTransactionEnd = (db: ReadableDb, ended: () => void): void => {
  endings.set(db, [...(endings.get(db) ?? []), ended])
}

/** One immediate transaction; nested calls join it. `body` must not return a promise: nothing may be awaited inside (better-sqlite3 throws). */
export const inTransaction = <T>(db: WritableDb, body: () => T): T => {
  if (db.inTransaction) return body()
  try {
    return db.transaction(body).immediate()
  } finally {
    for (const ended of endings.get(db) ?? []) ended()
  }
}

/** A write that must touch exactly one row. */
export const one = (result: { readonly changes: number }, what: string): void => {
  if (result.changes !== 1) throw new Error(`${what}: ${result.changes} rows changed, 1 expected`)
}
