import { existsSync, openSync, readFileSync, readSync, rmSync, closeSync } from 'node:fs'
import Database from 'better-sqlite3'
import { databaseFile } from '../../../electron/core/core.ts'
import { openForReading } from '../../../electron/core/db/open-database.ts'
import { TEST_KEY } from '../../support/real-till.ts'
import type { Fact, SentMessage } from '../support/facts.ts'
import { factChecker, sentChecker } from '../support/facts.ts'
import { randomFrom } from '../support/random.ts'
import { brokenRules } from '../support/shop-invariants.ts'
import type { Operation } from './recording.ts'
import type { Fate } from './surviving-file.ts'
import { SurvivingFile, torn } from './surviving-file.ts'

export interface ReplayOrders {
  /** The database as it stood before the recorded process began. */
  readonly before: string
  /** A folder of a memory file system, for this replay alone. */
  readonly folder: string
  readonly states: number
  readonly seed: number
  /** Every moment is as likely as any other; else long batches, whose cuts are much alike, get fewer than they have cuts. */
  readonly evenly: boolean
  /** Of the batches of writes between two syncs, every `of`-th from `share`. */
  readonly share: number
  readonly of: number
}

export interface ReplayReport {
  /** Distinct by their bytes; every one was opened by SQLite and recovered. */
  readonly states: number
  /** States drawn that had been seen already: not counted, not opened again. */
  readonly repeated: number
  /** Distinct contents after recovery: each was checked wholly. A state that recovers to the same bytes has the same content. */
  readonly contents: number
  readonly cuts: number
  /** Of the states: nothing had been told or sent yet. */
  readonly early: number
  readonly sound: number
  /** Whole, but something that had been told or sent is not there. */
  readonly lost: number
  /** Drawn again, with something told since that is not there. */
  readonly lostAgain: number
  /** The rules of the shop's books are broken. */
  readonly broken: number
  /** Not a database any more, or damaged inside. */
  readonly corrupt: number
  readonly examples: readonly string[]
  readonly names: readonly string[]
  readonly milliseconds: number
  readonly cpuSeconds: number
}

interface Judged {
  readonly kind: 'whole' | 'broken' | 'corrupt'
  readonly text: string
  /** Position of the first thing told or sent that is not true here. */
  readonly unmetAt: number
}

const DATABASE = 'yaogui.db'
const WAL = 'yaogui.db-wal'
const WAL_HEAD = 32
const FRAME_HEAD = 24
/** Long batches (a checkpoint, or everything when nothing is synced) hold many cuts that are alike. */
const LONG = 48
const BEGINNING = 100
const NOTHING = 101

/** What SQLite took over of its log: from the index it made for itself when it recovered. */
const recovered = (shm: string): { readonly frames: number; readonly pageBytes: number } => {
  const head = Buffer.alloc(48)
  const fd = openSync(shm, 'r')
  try {
    if (readSync(fd, head, 0, 48, 0) < 48) throw new Error('no index after recovery')
  } finally {
    closeSync(fd)
  }
  const page = head.readUInt16LE(14)
  return { frames: head.readUInt32LE(16), pageBytes: page === 1 ? 65_536 : page }
}

/**
 * What a reader sees: the log up to its last whole commit, and of the database the pages that the log does not hold.
 * Two states alike in both are the same database, byte for byte, whatever else lies on the disk.
 */
const contentOf = (main: SurvivingFile, wal: SurvivingFile, shm: string): string => {
  // No index: SQLite took it for an empty file, or one that never had a log.
  if (!existsSync(shm)) return `${main.name()}|without a log`
  const { frames, pageBytes } = recovered(shm)
  if (frames === 0) return main.name()
  const pages = new Set<number>()
  for (let frame = 0; frame < frames; frame += 1) pages.add(wal.wordAt(WAL_HEAD + frame * (FRAME_HEAD + pageBytes)))
  return `${main.nameWithout([...pages].map((page) => (page - 1) * pageBytes), pageBytes)}|${wal.name(WAL_HEAD + frames * (FRAME_HEAD + pageBytes))}`
}

/** Opens as little as makes SQLite recover: the whole schema is read only where the content is new. */
const recover = (file: string): Database.Database => {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  db.pragma(`cipher = 'aegis'`)
  db.pragma(`key = "x'${Buffer.from(TEST_KEY).toString('hex')}'"`)
  db.pragma('user_version')
  return db
}

/** What SQLite, or we after it, say of a file that is no whole database. Any other error is one of this program. */
const isDamage = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'database.wrong-key' || error.code === 'database.corrupt' || /^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(String(error.code)))

/**
 * Walks a recording and cuts the power in it. What had been synced is there; what was done since is there, or not, or in part, write by write and sector by sector.
 * Not played: a folder's entries that are lost (SQLite makes its log once and syncs it), and a disk that lies about a sync. The rounds on a real ext4 play the first.
 */
export const replay = (operations: readonly Operation[], orders: ReplayOrders): ReplayReport => {
  const started = performance.now()
  const random = randomFrom(orders.seed)
  const database = databaseFile(orders.folder)
  const files = new Map<string, SurvivingFile>([
    [DATABASE, new SurvivingFile(openSync(database, 'w+'), readFileSync(orders.before))],
    [WAL, new SurvivingFile(openSync(`${database}-wal`, 'w+'), Buffer.alloc(0))],
  ])
  const [main, wal] = [...files.values()] as [SurvivingFile, SurvivingFile]
  const told: { readonly at: number; readonly fact: Fact }[] = []
  const sent: { readonly at: number; readonly message: SentMessage }[] = []
  for (const [at, operation] of operations.entries()) {
    if (operation.kind === 'told') told.push({ at, fact: operation.fact })
    if (operation.kind === 'sent') sent.push({ at, message: operation.message })
  }
  const firstAt = Math.min(told[0]?.at ?? Infinity, sent[0]?.at ?? Infinity)
  const known = new Map<string, Judged>()
  const names = new Map<string, Judged>()
  const tally = { repeated: 0, sound: 0, lost: 0, broken: 0, corrupt: 0, cuts: 0, early: 0, lostAgain: 0 }
  const examples: string[] = []

  const judge = (db: ReturnType<typeof openForReading>): Judged => {
    if (db.prepare(`select count(*) from sqlite_schema where name = 'sale'`).pluck().get() === 0) return { kind: 'corrupt', text: 'the tables are gone', unmetAt: Infinity }
    const [wrong] = brokenRules(db)
    if (wrong !== undefined) return { kind: wrong.startsWith('integrity') ? 'corrupt' : 'broken', text: wrong, unmetAt: Infinity }
    const fact = factChecker(db)
    const unmet = told.find((entry) => fact(entry.fact) !== null)
    const message = sentChecker(db)
    const unstored = sent.find((entry) => message(entry.message) !== null)
    const first = unmet !== undefined && unmet.at < (unstored?.at ?? Infinity) ? fact(unmet.fact) : unstored === undefined ? null : message(unstored.message)
    return { kind: 'whole', text: first ?? '', unmetAt: Math.min(unmet?.at ?? Infinity, unstored?.at ?? Infinity) }
  }
  const look = (): Judged => {
    rmSync(`${database}-shm`, { force: true })
    let opened: Database.Database | null = null
    let db: ReturnType<typeof openForReading> | null = null
    try {
      opened = recover(database)
      const content = contentOf(main, wal, `${database}-shm`)
      let judged = known.get(content)
      if (judged === undefined) {
        db = openForReading(database, TEST_KEY)
        judged = judge(db)
        known.set(content, judged)
      }
      return judged
    } catch (error) {
      if (!isDamage(error)) throw error
      return { kind: 'corrupt', text: error instanceof Error ? error.message : String(error), unmetAt: Infinity }
    } finally {
      db?.close()
      opened?.close()
    }
  }
  /** The power goes after operation `at`. */
  const cutHere = (at: number): boolean => {
    const name = `${main.name()}|${wal.name()}`
    const before = names.get(name)
    if (before !== undefined) {
      tally.repeated += 1
      // The same bytes, but more has been told since.
      if (before.kind === 'whole' && before.unmetAt <= at) tally.lostAgain += 1
      return false
    }
    for (const one of files.values()) one.write()
    const judged = look()
    names.set(name, judged)
    const kind = judged.kind === 'whole' ? (judged.unmetAt <= at ? 'lost' : 'sound') : judged.kind
    tally[kind] += 1
    if (at < firstAt) tally.early += 1
    if (kind !== 'sound' && examples.length < 5) examples.push(`cut after operation ${at}: ${kind}: ${judged.text}`)
    return true
  }

  /** Everything, the last write torn, any subset, any subset with torn writes, a beginning, nothing. */
  const fatesOf = (file: SurvivingFile, kind: number): readonly Fate[] => {
    const last = file.pending.length - 1
    if (kind === BEGINNING || kind === NOTHING) {
      const kept = kind === NOTHING ? 0 : random.between(0, last)
      return file.pending.map((one, n): Fate => (n < kept ? 'kept' : n === kept && kind === BEGINNING ? torn(one, random) : 'lost'))
    }
    const keep = kind % 4 === 2 ? 0.5 : random.pick([0.1, 0.5, 0.8, 0.95])
    return file.pending.map((one, n): Fate => {
      if (kind === 0) return 'kept'
      if (kind % 4 === 1) return n === last ? torn(one, random) : 'kept'
      if (kind % 4 === 3 && random.chance(0.2)) return torn(one, random)
      return random.chance(keep) ? 'kept' : 'lost'
    })
  }
  // A first walk finds the cuts and how much each weighs; a second one makes them.
  const weights: number[] = []
  const walk = (visit: (at: number, file: SurvivingFile | null) => void, apply: boolean): void => {
    let batch = 0
    const lengths = new Map<string, number>()
    for (const [at, operation] of operations.entries()) {
      if (!('file' in operation)) {
        // What was just told or sent must be there if the power goes at once.
        if (apply && batch % orders.of === orders.share) visit(at, null)
        continue
      }
      if (operation.file === `${DATABASE}-journal`) throw new Error('a rollback journal is not expected here')
      const file = files.get(operation.file)
      if (file === undefined) continue
      switch (operation.kind) {
        case 'written':
        case 'resized':
          if (apply) file.pending.push(operation.kind === 'written' ? { at: operation.offset, bytes: operation.bytes } : { length: operation.length })
          lengths.set(operation.file, (lengths.get(operation.file) ?? 0) + 1)
          if (batch % orders.of === orders.share) {
            if (apply) visit(at, file)
            else weights.push(orders.evenly ? 1 : Math.min(1, LONG / (lengths.get(operation.file) ?? 1)))
          }
          break
        case 'synced':
          batch += 1
          lengths.set(operation.file, 0)
          if (apply) file.sync()
          break
        case 'removed':
          batch += 1
          lengths.set(operation.file, 0)
          if (apply) file.remove()
          break
        case 'moved':
          throw new Error('the database is never renamed')
      }
    }
  }
  walk(() => {}, false)
  const perWeight = orders.states / Math.max(1, weights.reduce((sum, weight) => sum + weight, 0))
  let cut = 0
  let owed = 0
  walk((at, file) => {
    if (file === null) {
      for (const one of files.values()) one.show(one.pending.map(() => (random.chance(0.5) ? 'kept' : 'lost')))
      cutHere(at)
      return
    }
    owed += (weights[cut] ?? 0) * perWeight
    cut += 1
    tally.cuts += 1
    for (let kind = owed >= 1 && random.chance(0.3) ? 0 : random.between(1, 3), tries = 0; owed >= 1 && tries < owed + 12; kind += 1, tries += 1) {
      // A control asks whether a loss is seen: something is always taken. Else a beginning is mostly what an earlier cut was.
      const drawn = orders.evenly ? random.pick([1, 2, 3, BEGINNING, NOTHING]) : random.chance(0.05) ? random.pick([BEGINNING, NOTHING]) : kind
      for (const one of files.values()) one.show(fatesOf(one, drawn))
      if (cutHere(at)) owed -= 1
    }
  }, true)
  return {
    states: names.size, repeated: tally.repeated, contents: known.size, cuts: tally.cuts, early: tally.early, sound: tally.sound, lost: tally.lost, lostAgain: tally.lostAgain, broken: tally.broken, corrupt: tally.corrupt,
    examples, names: [...names.keys()], cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6, milliseconds: Math.round(performance.now() - started),
  }
}
