// Verdict and ledger at years of history: `npm run bench` runs it with a million codes, `npm run bench -- --codes 20000000` with twenty million (2 GB of disk for a while, some minutes to fill).
// By itself, keeping the file for the next run:
//   node build/run.mjs test/bench/ledger/verdict-at-scale.ts --codes 20000000 --folder FOLDER --keep
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import type { Instant, LotId, Output } from '../../../electron/contract/index.ts'
import { startCore } from '../../../electron/core/core.ts'
import { databaseFile } from '../../../electron/core/core.ts'
import { inTransaction } from '../../../electron/core/db/database.ts'
import type { ReadableDb, WritableDb } from '../../../electron/core/db/database.ts'
import { openDatabase, openForReading } from '../../../electron/core/db/open-database.ts'
import type { House } from '../../../electron/core/house.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import { createDispatcher } from '../../../electron/core/rpc/dispatcher.ts'
import { nodePortChannel } from '../../../electron/core/rpc/port-channel.ts'
import { checkCode } from '../../../electron/core/trace/judge-code.ts'
import { receivePack } from '../../../electron/core/trace/pack-ledger.ts'
import { readAhead } from '../../../electron/core/trace/warm-up.ts'
import { traceHandlers } from '../../../electron/core/trace/trace-handlers.ts'
import { createCoreClient } from '../../../renderer/core-client/core-client.ts'
import { median, probeDisk, quantile, timed } from '../measure.ts'
import { fillLedger, othersFor } from './fill-ledger.ts'
import { randomFrom, shuffled } from './made-up-codes.ts'
import { p50p99, printTurns, say, takeTurns } from './samples.ts'

export interface ScaleOptions { readonly codes: number; readonly folder: string; readonly keep: boolean }

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
const KEY = new Uint8Array(32).fill(7)
const CENTRE = 5_000_000_000_000_000_000n
const SERIALS = 10_000_000_000_000n
const digitsOf = (key: bigint): string => `8${String(key + CENTRE).padStart(19, '0')}`
/** Through bytes: a text put together by `+` would be joined up at its first use, which is not the verdict's work. */
const textOf = (key: bigint): string => Buffer.from(digitsOf(key)).toString()
/** Others in every run: a kept file has the packs that an earlier run put in. */
const random = randomFrom(Date.now() % 1_000_000_007 | 1)

/** What the file was made from: another schema or another way to fill it makes a new one. */
const fingerprint = (codes: number): string => {
  const hash = createHash('sha256').update(String(codes))
  for (const name of readdirSync(MIGRATIONS).toSorted()) hash.update(readFileSync(join(MIGRATIONS, name)))
  return hash.update(readFileSync(join(import.meta.dirname, 'fill-ledger.ts'))).digest('hex')
}

const fill = ({ codes, folder }: ScaleOptions): void => {
  const [file, mark] = [databaseFile(folder), join(folder, 'filled.txt')]
  const print = fingerprint(codes)
  if (existsSync(mark) && readFileSync(mark, 'utf8') === print) {
    say('ledger of an earlier run', `${(statSync(file).size / 1e6).toFixed(0)} MB`)
    return
  }
  for (const name of [file, `${file}-wal`, `${file}-shm`, mark]) rmSync(name, { force: true })
  const start = performance.now()
  const db = openDatabase({ file, key: KEY, migrationsFolder: MIGRATIONS, clock: Date.now, appVersion: '0' })
  try {
    fillLedger(db, codes)
  } finally {
    db.close()
  }
  writeFileSync(mark, print)
  say(`ledger of ${codes} codes filled`, `${((performance.now() - start) / 1_000).toFixed(0)} s, ${(statSync(file).size / 1e6).toFixed(0)} MB`)
}

const bytes = (db: ReadableDb, codes: number): void => {
  const of = (name: string): number => Number(db.prepare('select sum(pgsize) from dbstat where name = ?').pluck().get(name) ?? 0)
  const rows = (table: string): number => Number(db.prepare(`select count(*) from ${table}`).pluck().get())
  const others = othersFor(codes)
  say('bytes a 20-digit code (table pack)', `${(of('pack') / rows('pack')).toFixed(1)}   aim ≤ 24   (pages as life fills them: LEDGER.md)`)
  say('bytes a pack not simply sold, its indexes', `${((of('pack_lot') + of('pack_rare') + of('pack_sale')) / Number(db.prepare('select count(*) from pack where state > 1').pluck().get())).toFixed(1)}`)
  say('bytes an event of a pack', `${(of('pack_event') / rows('pack_event')).toFixed(1)}   (${rows('pack_event')} events, of every hundredth pack)`)
  say('bytes another code (beside its row in pack)', `${((of('other_code') + of('sqlite_autoindex_other_code_1') + of('other_code_identity')) / others).toFixed(1)}   (${others} GS1 codes of 32 characters)`)
  say('bytes a sale, with indexes', `${((of('sale') + of('sqlite_autoindex_sale_1') + of('sqlite_autoindex_sale_2') + of('sale_ref') + of('sale_date')) / rows('sale')).toFixed(1)}   (one for 50 packs)`)
}

type Kind = 'in stock' | 'sold here' | 'never received'
/** Random codes from anywhere in the ledger, each asked once: its page is not in the cache unless by chance. */
const sample = (db: ReadableDb, kind: Kind, count: number): bigint[] => {
  if (kind === 'in stock') {
    const keys = db.prepare('select pack_key from pack where state > 1 and state = 2 and lot_ref > 1 and pack_key < 6000000000000000000').pluck().safeIntegers().all() as bigint[]
    if (keys.length === 0) throw new Error('a ledger without stock')
    const order = shuffled(keys.length, random)
    // A small ledger is asked twice.
    return Array.from({ length: count }, (_, n) => keys[order[n % order.length] ?? 0] ?? 0n)
  }
  // Weighted as the packs are: a random row of those in stock, then a serial near it.
  const around = sample(db, 'in stock', count)
  const step = BigInt(Math.floor(random() * 1e9))
  if (kind === 'never received') return around.map((key) => { const number = key + CENTRE; return number - (number % SERIALS) + ((number + step) % SERIALS) - CENTRE })
  const next = db.prepare('select pack_key from pack where pack_key > ? and state <= 1 order by pack_key limit 1').pluck().safeIntegers()
  // Behind the last one it begins again.
  return around.map((key) => (next.get(key + step) ?? next.get(0n)) as bigint)
}

const BARE = 'select state, lot_ref, sale_ref from pack where pack_key = ?'
const ROWS = `select pack.state, lot.lot_number, lot.expires_on, lot.recalled, lot.lot_id, drug.drug_id, drug.generic_name, drug.kind, drug.code_requirement, drug.smallest_unit, sale.sale_id, sale.receipt_number, sale.status, sale.sold_at
  from pack left join lot on lot.lot_ref = pack.lot_ref left join drug on drug.drug_id = lot.drug_id left join sale on sale.sale_ref = pack.sale_ref where pack_key = ?`
const KINDS: readonly (readonly [Kind, string])[] = [['in stock', 'pack-ok'], ['sold here', 'sold-here'], ['never received', 'never-received']]

const judge = (house: House, raw: string, reason: string): void => {
  const verdict = checkCode(house, { raw, step: 'drug', saleId: null })
  if (verdict.reason !== reason) throw new Error(`${verdict.reason} instead of ${reason}`)
}

const ROUNDS = 45
const CALLS = 100
const COMPILED = 30_000
const warm = (house: House): void => {
  const [bare, rows] = [house.db.prepare(BARE).raw(), house.db.prepare(ROWS).raw()]
  for (const [kind, reason] of KINDS) {
    const keys = sample(house.db, kind, ROUNDS * CALLS * 3)
    const texts = keys.map(textOf)
    const at = (who: number, round: number, n: number): number => (round * 3 + who) * CALLS + n
    // A program that has judged for a while is compiled; SQLite always was.
    for (let n = 0; n < COMPILED; n += 1) judge(house, texts[n % CALLS] ?? '', reason)
    const anywhere = takeTurns([
      { name: 'verdict', run: (round, n) => judge(house, texts[at(0, round, n)] ?? '', reason) },
      { name: 'select', run: (round, n) => bare.get(keys[at(1, round, n)]) },
      { name: 'rows', run: (round, n) => rows.get(keys[at(2, round, n)]) },
    ], ROUNDS, CALLS)
    printTurns(`verdict, ${kind}, anywhere`, anywhere[0] ?? [], anywhere[1] ?? [], 'bare select', '≤ 1.3')
    printTurns('', anywhere[0] ?? [], anywhere[2] ?? [], 'select of the same rows')
    const again = takeTurns([
      { name: 'verdict', run: (_round, n) => judge(house, texts[n] ?? '', reason) },
      { name: 'select', run: (_round, n) => bare.get(keys[n]) },
    ], ROUNDS, CALLS)
    printTurns(`verdict, ${kind}, the same 100 again`, again[0] ?? [], again[1] ?? [], 'bare select')
  }
}

/** False: not permitted here. */
const dropCaches = (): boolean => {
  try {
    writeFileSync('/proc/sys/vm/drop_caches', '3')
    return true
  } catch {
    return false
  }
}

const COLD = 600
/** Ten times what is read in a round. */
const COLD_FROM = 200_000_000
const coldIsFair = (file: string): boolean => {
  const { size } = statSync(file)
  if (size < COLD_FROM) say('verdict from a cold disk', `SKIPPED: ${(size / 1e6).toFixed(0)} MB are in memory after a few reads; see --codes 20000000`)
  return size >= COLD_FROM
}

const cold = (house: House, file: string, warmUp: boolean): void => {
  const { size } = statSync(file)
  const keysOf = new Map(KINDS.map(([kind]) => [kind, sample(house.db, kind, COLD * 2)]))
  const block = Buffer.alloc(4096)
  for (const [kind, reason] of KINDS) {
    const keys = keysOf.get(kind) ?? []
    const texts = keys.map(textOf)
    if (!dropCaches()) {
      say('verdict from a cold disk', 'SKIPPED: this user may not drop the page cache')
      return
    }
    const db = openForReading(file, KEY)
    const raw = openSync(file, 'r')
    const blocks = Math.floor(size / 4096)
    // In the shop the program runs: its code is there, statements are prepared. Only the ledger's pages are cold.
    const there: House = { ...house, db: db as unknown as WritableDb }
    const bare = db.prepare(BARE).raw()
    bare.get(1n)
    checkCode(there, { raw: texts[0] ?? '', step: 'drug', saleId: null })
    if (warmUp) {
      const spent = performance.now()
      Array.from(readAhead(db))
      say('reading ahead at the start', `${(performance.now() - spent).toFixed(0)} ms`)
    }
    const [ours, theirs, disk]: [number[], number[], number[]] = [[], [], []]
    for (let n = 0; n < COLD; n += 1) {
      const times = takeTurns([
        { name: 'verdict', run: () => judge(there, texts[1 + n] ?? '', reason) },
        { name: 'select', run: () => bare.get(keys[COLD + n]) },
        { name: 'pread', run: () => readSync(raw, block, 0, 4096, Math.floor(random() * blocks) * 4096) },
      ], 1, 1, 0).map((list) => list[0]?.[0] ?? Number.NaN)
      ours.push(times[0] ?? Number.NaN)
      theirs.push(times[1] ?? Number.NaN)
      disk.push(times[2] ?? Number.NaN)
    }
    closeSync(raw)
    db.close()
    say(`cold: verdict, ${kind}`, `${p50p99(ours)} · bare select ${p50p99(theirs)} · random 4 kB read ${p50p99(disk)} · ÷ read: p50 ${(median(ours) / median(disk)).toFixed(2)}, p99 ${(quantile(ours, 0.99) / quantile(disk, 0.99)).toFixed(2)}   aim p99 ≤ 2`)
  }
}

type Checked = Output<'trace.checkCode'>
/** The port, the JSON and the SELECT, nothing else. */
const barePort = (db: ReadableDb, answer: Checked): { readonly ask: (raw: string) => Promise<unknown>; readonly close: () => void } => {
  const { port1, port2 } = new MessageChannel()
  const bare = db.prepare(BARE).raw()
  port1.on('message', (text: string) => {
    const { id, input } = JSON.parse(text) as { id: number; input: { raw: string } }
    bare.get(BigInt(input.raw.slice(1)) - CENTRE)
    port1.postMessage(JSON.stringify({ t: 'result', id, output: answer }))
  })
  let id = 0
  return {
    ask: (raw) => new Promise((resolve) => {
      port2.once('message', (text: string) => resolve((JSON.parse(text) as { output: unknown }).output))
      port2.postMessage(JSON.stringify({ t: 'call', id: ++id, name: 'trace.checkCode', input: { raw, step: 'drug', saleId: null } }))
    }),
    close: () => port1.close(),
  }
}

const throughContract = async (house: House): Promise<void> => {
  const dispatcher = createDispatcher({
    handlers: { ...traceHandlers(house), 'session.signIn': async (call) => { call.connection.setCaller({ staffId: '9001', staffName: '', role: 'cashier' }); return { staff: { staffId: '9001', name: '', role: 'cashier' } } } },
    db: house.db, clock: house.clock, log: house.log, appVersion: '0',
  })
  const { port1, port2 } = new MessageChannel()
  dispatcher.serve(nodePortChannel(port1))
  const client = createCoreClient({ connect: () => nodePortChannel(port2), reconnect: false })
  await client.command('session.signIn', { staffId: '9001', pin: '9001' })
  for (const [kind] of KINDS) {
    const [rounds, calls] = [30, 60]
    const texts = sample(house.db, kind, rounds * calls * 2).map(textOf)
    const bare = barePort(house.db, await client.query('trace.checkCode', { raw: texts[0] ?? '', step: 'drug', saleId: null }))
    for (let n = 0; n < COMPILED / 3; n += 1) {
      await client.query('trace.checkCode', { raw: texts[n % CALLS] ?? '', step: 'drug', saleId: null })
      await bare.ask(texts[n % CALLS] ?? '')
    }
    const [ours, theirs]: [number[][], number[][]] = [[], []]
    for (let round = 0; round < rounds; round += 1) {
      const mine: number[] = []
      const base: number[] = []
      for (let n = 0; n < calls; n += 1) {
        const at = (round * calls + n) * 2
        mine.push(await timed(() => client.query('trace.checkCode', { raw: texts[at] ?? '', step: 'drug', saleId: null })))
        base.push(await timed(() => bare.ask(texts[at + 1] ?? '')))
      }
      if (round < 5) continue
      ours.push(mine)
      theirs.push(base)
    }
    printTurns(`through the contract, ${kind}`, ours, theirs, 'echo of the same bytes + select', '≤ 1.2')
    bare.close()
  }
  client.close()
  await dispatcher.close(100)
}

const CARTON = 200
const inserts = (house: House): void => {
  const { db } = house
  const at = Date.now() as Instant
  const lotId = db.prepare('select lot_id from lot where lot_ref = 1').pluck().get() as LotId
  const keys = sample(db, 'never received', 4_000)
  const pack = db.prepare('insert into pack (pack_key, facts) values (?, 18)')
  const event = db.prepare('insert into pack_event (pack_key, seq, at, kind, staff_ref) values (?, 1, ?, 1, 1)')
  const ours = (key: bigint): void => receivePack(db, { code: textOf(key), lotId, at, staffId: '9001' })
  const bare = (key: bigint): void => {
    pack.run(key)
    event.run(key, at)
  }
  let next = 0
  const fresh = (): bigint => keys[next++] ?? 0n
  const single = takeTurns([{ name: 'ours', run: () => ours(fresh()) }, { name: 'bare', run: () => inTransaction(db, () => bare(fresh())) }], 40, 10)
  printTurns('one pack received, FULL commit', single[0] ?? [], single[1] ?? [], 'the two inserts, FULL')
  // The packs of a carton were coded one after another: numbers a few thousand apart.
  const carton = (one: (key: bigint) => void): void => {
    const first = fresh()
    inTransaction(db, () => { for (let n = 0n; n < BigInt(CARTON); n += 1n) one(first + n * 4_099n) })
  }
  const cartons = takeTurns([{ name: 'ours', run: () => carton(ours) }, { name: 'bare', run: () => carton(bare) }], 30, 3)
  printTurns(`a carton of ${CARTON} received in one`, cartons[0] ?? [], cartons[1] ?? [], 'the same inserts, FULL')
}

export const benchScale = async (options: ScaleOptions): Promise<void> => {
  const { folder } = options
  mkdirSync(folder, { recursive: true })
  try {
    fill(options)
    const start = performance.now()
    const core = await startCore({ dataFolder: folder, key: KEY, profile: loadProfile(shippedProfileFile('practice')), devices: null, printer: { kind: 'file', folder }, demoShop: false, outboxEveryMs: null })
    const { house } = core
    say('core started over it', `${((performance.now() - start) / 1_000).toFixed(2)} s`)
    try {
      bytes(house.db, options.codes)
      // As core does beside its first calls.
      const ahead = performance.now()
      Array.from(readAhead(house.db))
      say('inner pages, lots on hand, fronts read ahead', `${(performance.now() - ahead).toFixed(0)} ms, in portions`)
      warm(house)
      await throughContract(house)
      if (coldIsFair(databaseFile(folder))) for (const warmed of [false, true]) cold(house, databaseFile(folder), warmed)
      probeDisk(folder)
      // Last: it changes the ledger.
      inserts(house)
      probeDisk(folder)
    } finally {
      await core.close()
    }
  } finally {
    rmSync(join(folder, 'probe'), { force: true })
    if (!options.keep) for (const name of ['yaogui.db', 'yaogui.db-wal', 'yaogui.db-shm', 'yaogui.db-lock', 'filled.txt']) rmSync(join(folder, name), { force: true })
  }
}

if (import.meta.main) {
  const { parseArgs } = await import('node:util')
  const { values } = parseArgs({ options: { codes: { type: 'string', default: '1000000' }, folder: { type: 'string' }, keep: { type: 'boolean', default: false } } })
  const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'yaogui-scale-'))
  await benchScale({ codes: Number(values.codes), folder, keep: values.keep })
  if (values.folder === undefined && !values.keep) rmSync(folder, { recursive: true, force: true })
}
