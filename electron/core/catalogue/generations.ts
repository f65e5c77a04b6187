import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Logger } from 'pino'
import { AppError } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { asDatabaseError } from '../db/database-errors.ts'
import { openForReading } from '../db/open-database.ts'
import { FORMAT } from './catalogue-tables.ts'
import type { Generation } from './generation-store.ts'

type Opened = ReadableDb & { readonly close: () => void }

/** A generation in use by somebody: it stays although a newer one takes over, and goes when the last holder lets go. */
export interface Held {
  readonly db: ReadableDb
  readonly generation: Generation
  readonly release: () => void
}

/** The catalogue as core reads it: one generation in use, a newer one taken over between two reads. */
export interface Generations {
  readonly folder: string
  readonly key: Uint8Array | null
  /** null: there is none, or it cannot be read. Errors database.corrupt. */
  readonly read: <T>(use: (db: ReadableDb, generation: Generation) => T) => T | null
  readonly hold: () => Held | null
  /** Opens the new generation, moves the pointer (`point` commits), reads from it from then on. The older file goes when nobody holds it. Whatever `point` throws leaves the old one in use. */
  readonly takeOver: (generation: Generation, point: () => void) => void
  readonly fileOf: (generation: Pick<Generation, 'file'>) => string
  /** Aborted by `close`: a build that is under way stops. */
  readonly closing: AbortSignal
  readonly close: () => void
}

export interface GenerationsOptions {
  readonly folder: string
  readonly key: Uint8Array | null
  readonly current: Generation | null
  readonly log: Logger
}

interface InUse {
  readonly db: Opened
  readonly generation: Generation
  holders: number
  /** A newer one is in use. */
  old: boolean
}

const formatOf = (db: ReadableDb): unknown => db.prepare(`select value from about where name = 'format'`).pluck().get()

/** Files that are not the one in use: generations before it, builds that were stopped, archives that were fetched. A file that is still open somewhere (Windows) goes at the next start. */
const sweep = (folder: string, keep: ReadonlySet<string>): void => {
  for (const name of readdirSync(folder)) {
    if (keep.has(name)) continue
    try {
      rmSync(path.join(folder, name), { recursive: true, force: true })
    } catch {
      // Held open by another process: it only costs its bytes.
    }
  }
}

export const openGenerations = ({ folder, key, current, log }: GenerationsOptions): Generations => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  sweep(folder, new Set(current === null ? [] : [current.file]))
  const fileOf = ({ file }: Pick<Generation, 'file'>): string => path.join(folder, path.basename(file))

  /** Errors database.wrong-key, database.corrupt; another format is an Error. */
  const openOne = (generation: Generation): InUse => {
    const db = openForReading(fileOf(generation), key)
    if (formatOf(db) !== FORMAT) {
      db.close()
      throw new Error('a catalogue of another format')
    }
    return { db, generation, holders: 0, old: false }
  }

  const closing = new AbortController()
  const inUse = new Set<InUse>()
  let newest: InUse | null = null
  const begin = (one: InUse): void => {
    newest = one
    inUse.add(one)
  }
  const end = (one: InUse): void => {
    inUse.delete(one)
    one.db.close()
    rmSync(fileOf(one.generation), { force: true, maxRetries: 2 })
  }
  const tryEnd = (one: InUse): void => {
    if (!one.old || one.holders > 0) return
    try {
      end(one)
    } catch (error) {
      log.warn({ err: error, generation: one.generation.generation }, 'an old catalogue was not removed')
    }
  }
  try {
    if (current !== null) begin(openOne(current))
  } catch (error) {
    log.error({ err: error, generation: current?.generation }, 'the catalogue cannot be read: the next update builds it anew')
  }

  return {
    folder, key, fileOf,
    closing: closing.signal,
    read: (use) => {
      const one = newest
      if (one === null) return null
      one.holders += 1
      try {
        return use(one.db, one.generation)
      } catch (error) {
        throw asDatabaseError(error)
      } finally {
        one.holders -= 1
        tryEnd(one)
      }
    },
    hold: () => {
      const one = newest
      if (one === null) return null
      one.holders += 1
      let held = true
      return {
        db: one.db,
        generation: one.generation,
        release: () => {
          if (!held) return
          held = false
          one.holders -= 1
          tryEnd(one)
        },
      }
    },
    takeOver: (generation, point) => {
      const before = newest
      const next = openOne(generation)
      try {
        point()
      } catch (error) {
        next.db.close()
        throw error
      }
      begin(next)
      if (before === null) return
      before.old = true
      tryEnd(before)
    },
    close: () => {
      closing.abort()
      newest = null
      for (const one of inUse) one.db.close()
      inUse.clear()
    },
  }
}

/** A core without a folder, as tests have it: no catalogue, and no place for one. */
export const generationsNowhere = (): Generations => {
  const nowhere = (): never => { throw new AppError('catalogue.none', 'no folder for a catalogue') }
  return { folder: '', key: null, read: () => null, hold: () => null, takeOver: nowhere, fileOf: nowhere, closing: new AbortController().signal, close: () => {} }
}
