import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { catalogueFolder } from '../../electron/core/core.ts'
import type { ItemRow } from '../../electron/core/catalogue/catalogue-row.ts'
import { itemRow } from '../../electron/core/catalogue/catalogue-row.ts'
import { INDEXES, TABLES } from '../../electron/core/catalogue/catalogue-tables.ts'
import { COLUMNS } from '../../electron/core/catalogue/lists.ts'
import { runBuild } from '../../electron/core/catalogue/run-build.ts'
import { takeSource } from '../../electron/core/catalogue/take-source.ts'
import type { Cells } from '../../electron/core/files/zip-rows.ts'
import { writeZipRows } from '../../electron/core/files/zip-rows.ts'
import { probeDisk, quantile } from './measure.ts'
import type { BenchShop } from './open-bench-shop.ts'
import { openBenchShop } from './open-bench-shop.ts'

// node test/bench/catalogue.ts [--rows 280000]: the national catalogue built beside a till that sells (platform.md §9: some 280,000 rows of 97 columns).
const { values } = parseArgs({ options: { rows: { type: 'string', default: '280000' } } })
const ROWS = Number(values.rows)
const KEY = new Uint8Array(32).fill(7)

/** Made up in the shape of 1301: a third of the columns filled, some 700 bytes a row. */
function* rows(version: string, every: number): Generator<Cells> {
  for (let i = 0; i < ROWS; i += every) {
    const cells: (string | null)[] = Array.from({ length: 97 }, (_, column) => (column % 3 === 0 ? `值${column}-${(i * 7919 + column) % 1000}` : null))
    const put = (column: number, text: string | null): void => { cells[column - 1] = text }
    put(1, `X${String(i).padStart(22, '0')}`); put(4, `药品${i % 5000}片`); put(9, `8690${String(i).padStart(10, '0')}`); put(34, '用于敏感菌所致的感染。'.repeat(4)); put(37, null); put(38, null)
    put(51, `YP${(i % 5000).toString(26).toUpperCase()}`); put(62, `国药准字H${String(i % 90_000).padStart(8, '0')}`); put(79, '1'); put(80, `R${i}`); put(82, '2026-01-01 00:00:00'); put(83, version); put(95, `T${version}${i}`); put(96, '2020-01-01'); put(97, null)
    yield cells
  }
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(2)} s`

/** The floor: the same rows, parsed already, inserted by hand into an encrypted file without a journal, with the same indexes. */
const byHand = (folder: string): number => {
  const file = join(folder, 'by-hand.db')
  const prepared: ItemRow[] = []
  let line = 0
  for (const cells of rows('20260101', 1)) prepared.push(itemRow(cells, COLUMNS['1301'], '1301', (line += 1)))
  const started = performance.now()
  const db = new Database(file)
  db.pragma(`cipher = 'aegis'`)
  db.pragma(`key = "x'${Buffer.from(KEY).toString('hex')}'"`)
  db.pragma('journal_mode = off')
  db.pragma('synchronous = off')
  db.pragma('cache_size = -65536')
  db.exec(TABLES)
  const insert = db.prepare('insert into item (list, row_id, code, name, pinyin, base_code, approval_number, valid, valid_from, valid_until, version, order_key, cells) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  db.exec('begin')
  for (const row of prepared) insert.run(1301, row.rowId, row.code, row.name, row.pinyin, row.baseCode, row.approvalNumber, row.valid, row.validFrom, row.validUntil, row.version, row.orderKey, row.cells)
  db.exec(INDEXES)
  db.exec('commit')
  db.close()
  const took = performance.now() - started
  rmSync(file)
  return took
}

/** Self-paid sales of one pack, one after the other: what each commit of the money took, in ms. */
const sellUntil = async ({ core, client }: BenchShop, over: () => boolean, codes: string[]): Promise<number[]> => {
  const commits: number[] = []
  while (!over()) {
    const code = codes.pop()
    if (code === undefined) throw new Error('sold out')
    let sale = await client.command('sale.startSale', {});
    ({ sale } = await client.command('sale.scanCode', { saleId: sale.saleId, raw: code, step: 'drug', via: 'hid' }))
    if (sale.dueFen === 0) continue
    const started = performance.now()
    await client.command('sale.takeTender', { saleId: sale.saleId, method: 'cash', givenFen: sale.dueFen })
    commits.push(performance.now() - started)
    await sleep(20)
  }
  if (core.house.db.inTransaction) throw new Error('a transaction was left open')
  return commits
}
const say = (name: string, commits: readonly number[]): void => console.log(`${name.padEnd(46)} p50 ${quantile(commits, 0.5).toFixed(2)} ms · p95 ${quantile(commits, 0.95).toFixed(2)} ms · longest ${Math.max(...commits).toFixed(2)} ms · ${commits.length} sales`)

const folder = mkdtempSync(join(tmpdir(), 'yaogui-bench-'))
console.log(`node ${process.version} · ${cpus().length} × ${cpus()[0]?.model ?? '?'} · load ${loadavg()[0]?.toFixed(2) ?? '?'} · ${ROWS} rows`)
probeDisk(folder)
const shop = await openBenchShop(folder)
try {
  const [first, second] = [join(folder, 'first.zip'), join(folder, 'second.zip')]
  await writeZipRows(first, '1301.txt', rows('20260101', 1))
  await writeZipRows(second, '1301.txt', rows('20260301', 56))
  console.log(`archive ${(statSync(first).size / 1e6).toFixed(1)} MB, update of ${Math.ceil(ROWS / 56)} rows ${(statSync(second).size / 1e6).toFixed(1)} MB`)
  const floors: number[] = []
  const ours: number[] = []
  for (let round = 0; round < 3; round += 1) {
    floors.push(byHand(folder))
    const started = performance.now()
    const to = join(folder, `alone-${round}.db`)
    await runBuild()({ from: null, to, key: KEY, source: { kind: 'archive', list: '1301', file: first, rows: ROWS }, acceptShrinking: false })
    ours.push(performance.now() - started)
    if (round === 0) console.log(`generation ${(statSync(to).size / 1e6).toFixed(0)} MB`)
    rmSync(to)
  }
  const ratio = quantile(ours.map((took, at) => took / (floors[at] ?? Number.NaN)), 0.5)
  console.log(`${'archive → synced generation, own thread'.padEnd(46)} ${(quantile(ours, 0.5) / 1000).toFixed(2)} s ÷ ${(quantile(floors, 0.5) / 1000).toFixed(2)} s rows by hand, same indexes = ${ratio.toFixed(2)}`)

  const codes = shop.core.house.db.prepare(`select code from pack_shown join lot using (lot_id, drug_id) join drug using (drug_id)
    where state = 'in-stock' and code like '8%' and expires_on > '2028-01-01' and recalled = 0 and code_requirement = 'scan' and pack_price > 0 order by code`).pluck().all() as string[]
  const idleUntil = performance.now() + 6_000
  say('sale commit, nothing else', await sellUntil(shop, () => performance.now() > idleUntil, codes))
  for (const [name, file, count] of [['while 280,000 rows are taken', first, ROWS], ['while an update is taken', second, null]] as const) {
    let over = false
    const started = performance.now()
    const taking = takeSource(shop.core.house, { kind: 'archive', list: '1301', file, rows: count }, { staffId: null, acceptShrinking: false }).finally(() => { over = true })
    const commits = await sellUntil(shop, () => over, codes)
    await taking
    say(`sale commit, ${name} (${seconds(started)})`, commits)
  }
  console.log(`in use: generation of ${(statSync(join(catalogueFolder(folder), shop.core.house.catalogue.read((_db, generation) => generation.file) ?? '')).size / 1e6).toFixed(0)} MB`)
} finally {
  await shop.close()
  rmSync(folder, { recursive: true, force: true })
}
