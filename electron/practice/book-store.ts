import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { z } from 'zod'
import { RECORDS } from './book-records.ts'
import type { CollectionName, RecordOf } from './book-records.ts'

/** Read side of one collection. */
export interface Shelf<T> {
  get(key: string): T | undefined
  values(): IterableIterator<T>
  entries(): IterableIterator<[string, T]>
  readonly size: number
}
type Shelves = { readonly [N in CollectionName]: Shelf<RecordOf<N>> }

export interface BookStore {
  readonly shelves: Shelves
  put<N extends CollectionName>(collection: N, key: string, record: RecordOf<N>): void
  /** As if it had never been put. */
  remove(collection: CollectionName, key: string): void
  /** Next number of a named counter, from 1. */
  next(counter: string): number
  /** Undoes every put since the last commit. */
  rollback(): void
  /** Makes the puts since the last commit durable (against a killed process) in one line. Called before the answer leaves. */
  commit(): void
  /** Empty books, on disk too. */
  clear(): void
  close(): void
}

const Snapshot = z.strictObject({ version: z.literal(1), collections: z.record(z.string(), z.record(z.string(), z.unknown())) })
const JournalLine = z.array(z.tuple([z.enum(Object.keys(RECORDS) as [CollectionName, ...CollectionName[]]), z.string(), z.unknown()]))

const names = Object.keys(RECORDS) as CollectionName[]
type Maps = Record<CollectionName, Map<string, unknown>>

const readSnapshot = (file: string, maps: Maps): void => {
  if (!existsSync(file)) return
  const snapshot = Snapshot.parse(JSON.parse(readFileSync(file, 'utf8')))
  for (const name of names) for (const [key, value] of Object.entries(snapshot.collections[name] ?? {})) maps[name].set(key, RECORDS[name].parse(value))
}

/** A last line cut short by a kill belongs to a message that was never answered: it is dropped. */
const readJournal = (file: string, maps: Maps): void => {
  if (!existsSync(file)) return
  const lines = readFileSync(file, 'utf8').split('\n')
  lines.pop()
  for (const line of lines) for (const [name, key, value] of JournalLine.parse(JSON.parse(line))) {
    // A record is never null: that is one taken out.
    if (value === null) maps[name].delete(key)
    else maps[name].set(key, RECORDS[name].parse(value))
  }
}

const writeSnapshot = (file: string, maps: Maps): void => {
  const collections = Object.fromEntries(names.map((name) => [name, Object.fromEntries(maps[name])]))
  const temporary = `${file}.new`
  const fd = openSync(temporary, 'w')
  try {
    writeSync(fd, `${JSON.stringify({ version: 1, collections }, null, 1)}\n`)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(temporary, file)
}

/**
 * Maps with a journal: `file` is a snapshot (written at open and close, renamed into place), `file.journal` one line a message since then.
 * Reading both again gives the same books also when the journal was already in the snapshot. `null`: in memory only.
 */
export const openBookStore = (file: string | null): BookStore => {
  const maps = Object.fromEntries(names.map((name) => [name, new Map()])) as Maps
  const journal = file === null ? null : `${file}.journal`
  if (file !== null && journal !== null) {
    readSnapshot(file, maps)
    readJournal(journal, maps)
    writeSnapshot(file, maps)
    rmSync(journal, { force: true })
  }
  let fd = journal === null ? null : openSync(journal, 'a')
  let pending: { collection: CollectionName; key: string; before: unknown; after: unknown }[] = []

  const put = <N extends CollectionName>(collection: N, key: string, record: RecordOf<N>): void => {
    pending.push({ collection, key, before: maps[collection].get(key), after: record })
    maps[collection].set(key, record)
  }
  return {
    shelves: maps as unknown as Shelves,
    put,
    remove: (collection, key) => {
      pending.push({ collection, key, before: maps[collection].get(key), after: null })
      maps[collection].delete(key)
    },
    next: (counter) => {
      const value = ((maps.counters.get(counter) as number | undefined) ?? 0) + 1
      put('counters', counter, value)
      return value
    },
    rollback: () => {
      for (const { collection, key, before } of pending.reverse()) {
        if (before === undefined) maps[collection].delete(key)
        else maps[collection].set(key, before)
      }
      pending = []
    },
    commit: () => {
      if (pending.length === 0) return
      if (fd !== null) writeSync(fd, `${JSON.stringify(pending.map(({ collection, key, after }) => [collection, key, after]))}\n`)
      pending = []
    },
    clear: () => {
      pending = []
      for (const name of names) maps[name].clear()
      if (fd === null || file === null) return
      // Opened for appending: after this the next line is the first.
      ftruncateSync(fd)
      writeSnapshot(file, maps)
    },
    close: () => {
      if (fd === null || file === null || journal === null) return
      closeSync(fd)
      fd = null
      writeSnapshot(file, maps)
      rmSync(journal, { force: true })
    },
  }
}
