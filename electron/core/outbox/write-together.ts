import type { WritableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'

interface Waiting { readonly body: () => unknown; readonly done: (value: never) => void; readonly failed: (cause: unknown) => void }

/** So many at most in one commit: the till waits no longer than for these. */
const MOST = 8
const queues = new WeakMap<WritableDb, Waiting[]>()

/** One after the other, each by itself whole or not at all. Returns who has to be told what, after the commit. */
const runAll = (db: WritableDb, batch: readonly Waiting[]): readonly (() => void)[] =>
  inTransaction(db, () => batch.map(({ body, done, failed }) => {
    try {
      // Inside a transaction this is a savepoint.
      const value = db.transaction(body)() as never
      return () => done(value)
    } catch (cause) {
      // A full disk ends the whole transaction, not only this part.
      if (!db.inTransaction) throw cause
      return () => failed(cause)
    }
  }))

const flush = (db: WritableDb, queue: Waiting[]): void => {
  const batch = queue.splice(0, MOST)
  if (queue.length > 0) setImmediate(flush, db, queue)
  else queues.delete(db)
  try {
    for (const tell of runAll(db, batch)) tell()
  } catch (cause) {
    for (const { failed } of batch) failed(cause)
  }
}

/**
 * A transaction of its own in meaning, one commit with whatever else arrives in the same turn of the loop: answers that come together cost one write to the disk.
 * Resolves after the commit; until then nothing of it may be told to anybody.
 */
export const writeTogether = <T>(db: WritableDb, body: () => T): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    const waiting: Waiting = { body, done: resolve as (value: never) => void, failed: reject }
    const queue = queues.get(db)
    if (queue !== undefined) {
      queue.push(waiting)
      return
    }
    const started = [waiting]
    queues.set(db, started)
    setImmediate(flush, db, started)
  })
