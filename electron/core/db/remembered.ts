import type { ReadableDb, WritableDb } from './database.ts'

/** Columns of a table whose change is felt; every insert and delete is. `null`: all its columns. */
export type Watched = Readonly<Record<string, readonly string[] | null>>

interface Memory {
  readonly values: Map<unknown, unknown>
  changed: boolean
}

/** More than a shop has in stock; beyond it everything is read anew rather than kept. */
const MOST = 50_000

const isWritable = (db: ReadableDb): db is WritableDb => 'writable' in db && db.writable === true

/**
 * Triggers of this connection alone, not of the file: whoever writes, by whatever statement, is felt. Only the one writing connection of core may remember, others would not hear of its changes.
 * Never made inside a transaction: a rollback would take them away again.
 */
const watch = (db: WritableDb, name: string, watched: Watched, memory: Memory): void => {
  db.function(name, () => {
    if (!memory.changed) {
      memory.changed = true
      // Transactions are synchronous, so this one has ended by then.
      queueMicrotask(() => { forgetIfEnded(db, memory) })
    }
    return null
  })
  for (const [table, columns] of Object.entries(watched)) {
    for (const event of ['insert', 'delete', columns === null ? 'update' : `update of ${columns.join(', ')}`]) {
      db.exec(`create temp trigger ${name}_${table}_${event.slice(0, 6)} after ${event} on main.${table} begin select ${name}(); end`)
    }
  }
}

const forgetIfEnded = (db: WritableDb, memory: Memory): void => {
  if (db.inTransaction) return
  memory.values.clear()
  memory.changed = false
}

export interface Remembered<K, V> {
  (db: ReadableDb, key: K): V
  /** Starts to remember, outside any transaction: at core's start. Before it, everything is read. */
  readonly start: (db: WritableDb) => void
}

/**
 * `read` by its key, kept in memory until one of the watched tables changes. What a transaction changed is read, not remembered, until it has ended: a rollback leaves nothing behind.
 * `name` is the name of an SQL function, one for each use.
 */
export const remembered = <K, V>(name: string, watched: Watched, read: (db: ReadableDb, key: K) => V): Remembered<K, V> => {
  const memories = new WeakMap<ReadableDb, Memory>()
  const get = (db: ReadableDb, key: K): V => {
    const memory = memories.get(db)
    if (memory === undefined) return read(db, key)
    if (memory.changed) {
      forgetIfEnded(db as WritableDb, memory)
      if (memory.changed) return read(db, key)
    }
    const known = memory.values.get(key) as V | undefined
    if (known !== undefined) return known
    const value = read(db, key)
    if (memory.values.size >= MOST) memory.values.clear()
    memory.values.set(key, value)
    return value
  }
  const start = (db: WritableDb): void => {
    if (memories.has(db) || !isWritable(db)) return
    if (db.inTransaction) throw new Error(`${name}: started inside a transaction`)
    const memory: Memory = { values: new Map(), changed: false }
    watch(db, name, watched, memory)
    memories.set(db, memory)
  }
  return Object.assign(get, { start })
}
