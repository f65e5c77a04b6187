// The experiment behind the ledger's storage; its table is kept in ../LEDGER.md. Not part of `npm run bench`.
//   node build/run.mjs test/bench/ledger/storages.ts [--rows 2000000] [--life 1000000] [--only PART-OF-A-NAME,…] [--folder FOLDER]
// --rows: codes of the sorted build, on which look-ups and commits are measured. --life: codes that come in random order and are sold later, for the bytes that such a file has.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { median, probeDisk, quantile } from '../measure.ts'
import type { Layout, Prepared } from './layouts.ts'
import { LAYOUTS } from './layouts.ts'
import type { MadeUpCodes } from './made-up-codes.ts'
import { makeUpCodes, randomFrom, shuffled } from './made-up-codes.ts'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '2000000' }, life: { type: 'string', default: '1000000' }, only: { type: 'string', default: '' }, folder: { type: 'string' } } })
const rows = Number(values.rows)
const life = Math.min(rows, Number(values.life))
const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'yaogui-storages-'))
mkdirSync(folder, { recursive: true })
/** Codes at the end that are not built: they are put in one by one. */
const SPARE = 20_000
const CHUNK = 50_000

const open = (file: string, cacheKb: number): Database.Database => {
  const db = new Database(file)
  db.pragma(`cipher = 'aegis'`)
  db.pragma(`key = "x'${'07'.repeat(32)}'"`)
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = full')
  db.pragma('temp_store = memory')
  db.pragma(`cache_size = -${cacheKb}`)
  return db
}
const bytesOf = (db: Database.Database, file: string): number => {
  db.pragma('wal_checkpoint(truncate)')
  return statSync(file).size
}
const inChunks = (db: Database.Database, count: number, each: (at: number) => void, after?: (done: number) => void): number => {
  const start = performance.now()
  for (let from = 0; from < count; from += CHUNK) {
    db.transaction(() => { for (let at = from; at < Math.min(count, from + CHUNK); at += 1) each(at) })()
    after?.(Math.min(count, from + CHUNK))
  }
  return performance.now() - start
}

const sortedBy = (codes: MadeUpCodes, order: Layout['order']): Uint32Array => {
  // Order keys fit 53 bits without their last three digits; ties are harmless.
  const key = new Float64Array(rows)
  for (let n = 0; n < rows; n += 1) { const ref = codes.prefixRef[n] ?? 0; key[n] = (order === 'code' ? (codes.prefixes[ref] ?? 0) - 8_900_000 : ref) * 1e10 + Math.floor((codes.serial[n] ?? 0) / 1e3) }
  return Uint32Array.from({ length: rows }, (_, n) => n).sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0))
}

interface Built { readonly layout: Layout; readonly file: string; readonly db: Database.Database; readonly does: Prepared; readonly sorted: number; readonly sortedSeconds: number; readonly lived: readonly number[]; readonly randomMicros: number }

const between = (list: readonly number[]): string => `${Math.min(...list).toFixed(1)}–${Math.max(...list).toFixed(1)}`

const build = (layout: Layout, codes: MadeUpCodes, order: Uint32Array): Built => {
  const lifeFile = join(folder, 'life.db')
  let db = open(lifeFile, 1_000_000)
  db.exec(layout.schema)
  let does = layout.prepare(db, codes)
  const arrival = shuffled(life, randomFrom(7))
  const at = (n: number): number => arrival[n] ?? 0
  // Pages fill and split in waves: what a shop has is anywhere between them.
  const lived: number[] = []
  // A pack is sold some time after it came: 4 % stay in stock.
  const micros = inChunks(db, life, (n) => {
    does.add(at(n))
    if (n >= CHUNK && n % 25 !== 0) does.sell(at(n - CHUNK), codes.saleRef[at(n - CHUNK)] ?? 0)
  }, (done) => { if (done > life / 3) lived.push(Number(db.pragma('page_count', { simple: true })) * 4096 / done) }) / life * 1_000
  db.close()
  rmSync(lifeFile)
  const file = join(folder, `${LAYOUTS.indexOf(layout)}.db`)
  db = open(file, 1_000_000)
  db.exec(layout.schema)
  does = layout.prepare(db, codes)
  const seconds = inChunks(db, rows, (n) => {
    const code = order[n] ?? 0
    does.add(code)
    if (code % 25 !== 0) does.sell(code, codes.saleRef[code] ?? 0)
  }) / 1_000
  const sorted = bytesOf(db, file) / rows
  db.close()
  db = open(file, 16_000)
  console.log(`${layout.name.padEnd(46)} ${sorted.toFixed(1).padStart(6)} B/code sorted (${seconds.toFixed(0)} s)  ${between(lived).padStart(12)} B/code as life fills it (${micros.toFixed(1)} µs a pack)`)
  return { layout, file, db, does: layout.prepare(db, codes), sorted, sortedSeconds: seconds, lived, randomMicros: micros }
}

const sample = (run: () => void): number => {
  const start = process.hrtime.bigint()
  run()
  return Number(process.hrtime.bigint() - start) / 1_000
}

console.log(`node ${process.version} · ${cpus().length} × ${cpus()[0]?.model ?? '?'} · load ${loadavg()[0]?.toFixed(2) ?? '?'} · ${rows} codes, ${life} in random order`)
const codes = makeUpCodes(rows + SPARE)
const orders = { code: sortedBy(codes, 'code'), reference: sortedBy(codes, 'reference') }
const built = LAYOUTS.filter((layout) => values.only.split(',').some((part) => layout.name.includes(part))).map((layout) => build(layout, codes, orders[layout.order]))
const figures = built.map(() => ({ hot: [] as number[], spread: [] as number[], add: [] as number[], five: [] as number[] }))
const pick = randomFrom(99)
const hot = Array.from({ length: 2_000 }, () => Math.floor(pick() * rows))
let spare = rows
try {
  // What the builds wrote must not be still on its way to the disk.
  if (process.platform !== 'win32') execFileSync('sync')
  probeDisk(folder)
  for (let round = 0; round < 40; round += 1) {
    const spread = Array.from({ length: 500 }, () => Math.floor(pick() * rows))
    for (const [which, { does, db }] of built.entries()) {
      const figure = figures[which]
      if (figure === undefined) continue
      for (const n of spread) figure.spread.push(sample(() => { if (does.stateOf(n) < 0) throw new Error('a code is missing') }))
      for (const n of hot.slice(0, 500)) does.stateOf(n)
      for (const n of hot.slice(0, 500)) figure.hot.push(sample(() => does.stateOf(n)))
      for (let n = 0; n < 5; n += 1) figure.add.push(sample(() => does.add(spare + n)))
      for (let n = 0; n < 5; n += 1) figure.five.push(sample(() => db.transaction(() => { for (const code of spread.slice(n * 5, n * 5 + 5)) does.sell(code, 1 + Math.floor(pick() * 8_000_000)) }).immediate()))
    }
    spare += 5
  }
  probeDisk(folder)
  const us = (list: number[]): string => `${median(list).toFixed(1)} / ${quantile(list, 0.99).toFixed(1)}`
  console.log('\n| layout | B/code sorted | B/code as life fills it | sorted build | random order, a pack | get, page cached p50/p99 µs | get anywhere p50/p99 µs | 1 row FULL p50/p99 µs | 5 packs sold in one p50/p99 µs |\n|---|---|---|---|---|---|---|---|---|')
  for (const [which, { layout, sorted, lived, sortedSeconds, randomMicros }] of built.entries()) {
    const figure = figures[which]
    if (figure !== undefined) console.log(`| ${layout.name} | ${sorted.toFixed(1)} | ${between(lived)} | ${sortedSeconds.toFixed(0)} s | ${randomMicros.toFixed(1)} µs | ${us(figure.hot)} | ${us(figure.spread)} | ${us(figure.add)} | ${us(figure.five)} |`)
  }
} finally {
  for (const { db } of built) db.close()
  for (const { file } of built) for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true })
  rmSync(join(folder, 'probe'), { force: true })
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true })
}
