import { constants, createReadStream } from 'node:fs'
import { copyFile, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { asDatabaseError } from '../db/database-errors.ts'
import { readZipPortions } from '../files/zip-rows.ts'
import type { ListedRow } from '../platform/calls/list-page.ts'
import type { ItemRow } from './catalogue-row.ts'
import { itemRow, refusedCatalogue } from './catalogue-row.ts'
import { FORMAT, INDEXES, TABLES } from './catalogue-tables.ts'
import type { CatalogueList, FileList, PagedList } from './lists.ts'
import { COLUMNS, isNewerVersion } from './lists.ts'

/** What goes into the next generation: a catalogue's archive, or pages of rows, one JSON a line. */
export type Source =
  | { readonly kind: 'archive'; readonly list: FileList; readonly file: string; /** As the platform said; null: it did not. */ readonly rows: number | null }
  | { readonly kind: 'pages'; readonly list: PagedList; readonly file: string }

export interface BuildOrder {
  /** The generation in use; null: there is none. It is only read. */
  readonly from: string | null
  readonly to: string
  readonly key: Uint8Array | null
  readonly source: Source
  /** A person has looked and says that so many items really went. */
  readonly acceptShrinking: boolean
}

export interface BuildReport {
  readonly list: CatalogueList
  /** Greatest version, or last date of change; '' when the list is empty. */
  readonly versionBefore: string
  readonly version: string
  readonly read: number
  readonly new: number
  readonly changed: number
  /** Of the changed: valid before, not any more. */
  readonly withdrawn: number
  readonly rows: number
  readonly validRows: number
}

/** A list that loses a fifth of what was valid is more likely half a file than a decision. */
const SHRUNK_TO = 0.8
const SHRINKS_FROM = 100

const openShadow = (file: string, key: Uint8Array | null, isNew: boolean): Database.Database => {
  const db = new Database(file)
  if (key !== null) {
    db.pragma(`cipher = 'aegis'`)
    db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`)
  }
  // Nobody reads this file before it is whole and synced; a build that stops is thrown away (performance.md §3).
  db.pragma('journal_mode = off')
  db.pragma('synchronous = off')
  db.pragma('locking_mode = exclusive')
  db.pragma('temp_store = memory')
  db.pragma('cache_size = -65536')
  if (isNew) {
    db.exec(TABLES)
    db.prepare(`insert into about (name, value) values ('format', ?)`).run(FORMAT)
  }
  return db
}

interface Counts { read: number; new: number; changed: number; withdrawn: number }
interface Change { readonly counts: Counts; readonly version: string }

const listState = (db: Database.Database, list: string): { readonly version: string; readonly validRows: number } =>
  (db.prepare(`select version, valid_rows as validRows from list where list = ?`).get(list) as { version: string; validRows: number } | undefined) ?? { version: '', validRows: 0 }

const newerOf = (version: string, found: string): string => (found === '' || isNewerVersion(version, found) ? version : found)

const takeArchive = async (db: Database.Database, source: Extract<Source, { kind: 'archive' }>, before: string): Promise<Change> => {
  const columns = COLUMNS[source.list]
  const list = Number(source.list)
  const find = db.prepare(`select id, order_key as orderKey, valid, cells from item where list = ? and row_id = ?`)
  const insert = db.prepare(`insert into item (list, row_id, code, name, pinyin, base_code, approval_number, valid, valid_from, valid_until, version, order_key, cells)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (list, row_id) do nothing`)
  const update = db.prepare(`update item set code = ?, name = ?, pinyin = ?, base_code = ?, approval_number = ?, valid = ?, valid_from = ?, valid_until = ?, version = ?, order_key = ?, cells = ? where id = ?`)
  const counts: Counts = { read: 0, new: 0, changed: 0, withdrawn: 0 }
  let version = before
  const take = (row: ItemRow): void => {
    const values = [row.code, row.name, row.pinyin, row.baseCode, row.approvalNumber, row.valid, row.validFrom, row.validUntil, row.version, row.orderKey, row.cells] as const
    version = row.version === version ? version : newerOf(row.version, version)
    if (insert.run(list, row.rowId, ...values).changes === 1) {
      counts.new += 1
      return
    }
    const known = find.get(list, row.rowId) as { id: number; orderKey: string; valid: number; cells: string }
    // Rows may come twice and in any order: what was written last about a record holds.
    if (row.orderKey < known.orderKey || (row.orderKey === known.orderKey && row.cells <= known.cells)) return
    update.run(...values, known.id)
    counts.changed += 1
    if (known.valid === 1 && row.valid === 0) counts.withdrawn += 1
  }
  for await (const portion of readZipPortions(source.file, { columns: columns.count })) {
    for (const cells of portion) {
      counts.read += 1
      take(itemRow(cells, columns, source.list, counts.read))
    }
  }
  if (source.rows !== null && source.rows !== counts.read) throw refusedCatalogue('count', source.list, null, { said: source.rows, found: counts.read })
  return { counts, version }
}

const takePages = async (db: Database.Database, source: Extract<Source, { kind: 'pages' }>, before: string): Promise<Change> => {
  const list = Number(source.list)
  const find = db.prepare(`select id, updated, valid, row from listed where list = ? and row_id = ?`)
  const insert = db.prepare(`insert into listed (list, row_id, list_code, code, area, kind, way, amount, valid, valid_from, valid_until, updated, row) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const update = db.prepare(`update listed set list_code = ?, code = ?, area = ?, kind = ?, way = ?, amount = ?, valid = ?, valid_from = ?, valid_until = ?, updated = ?, row = ? where id = ?`)
  const counts: Counts = { read: 0, new: 0, changed: 0, withdrawn: 0 }
  let version = before
  for await (const line of createInterface({ input: createReadStream(source.file, 'utf8') })) {
    // Our own spool of this very run, written from parsed rows.
    const row = JSON.parse(line) as ListedRow
    counts.read += 1
    const [updated, text] = [row.updatedOn ?? '', JSON.stringify(row.row)]
    if (updated > version) version = updated
    const values = [row.listCode, row.code, row.area, row.kind, row.way, row.amount, row.valid ? 1 : 0, row.from ?? '', row.until ?? '', updated, text] as const
    const known = find.get(list, row.rowId) as { id: number; updated: string; valid: number; row: string } | undefined
    if (known === undefined) {
      insert.run(list, row.rowId, ...values)
      counts.new += 1
    } else if (updated > known.updated || (updated === known.updated && text > known.row)) {
      update.run(...values, known.id)
      counts.changed += 1
      if (known.valid === 1 && !row.valid) counts.withdrawn += 1
    }
  }
  return { counts, version }
}

const apply = async (db: Database.Database, { source, acceptShrinking }: BuildOrder, isNew: boolean): Promise<BuildReport> => {
  const { list } = source
  const before = listState(db, list)
  const table = source.kind === 'archive' ? 'item' : 'listed'
  // The first rows of all come without indexes, but every row is looked for by its number.
  db.exec(isNew ? `create unique index item_row on item (list, row_id); create unique index listed_row on listed (list, row_id)` : INDEXES)
  db.exec('begin')
  const { counts, version } = source.kind === 'archive' ? await takeArchive(db, source, before.version) : await takePages(db, source, before.version)
  if (counts.read === 0 && before.version === '') throw refusedCatalogue('empty', list)
  const { rows, validRows } = db.prepare(`select count(*) as rows, coalesce(sum(valid), 0) as validRows from ${table} where list = ?`).get(Number(list)) as { rows: number; validRows: number }
  if (!acceptShrinking && before.validRows >= SHRINKS_FROM && validRows < before.validRows * SHRUNK_TO) throw refusedCatalogue('shrunk', list, null, { before: before.validRows, after: validRows })
  db.prepare(`insert into list (list, version, rows, valid_rows) values (?, ?, ?, ?) on conflict (list) do update set version = excluded.version, rows = excluded.rows, valid_rows = excluded.valid_rows`)
    .run(list, version, rows, validRows)
  if (isNew) db.exec(INDEXES)
  db.exec('commit')
  return { list, versionBefore: before.version, version, ...counts, rows, validRows }
}

const sync = async (file: string, flags: 'r' | 'r+'): Promise<void> => {
  const handle = await open(file, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Builds the next generation beside the one in use and leaves it at `to`, whole and synced, or leaves nothing. The pointer to it is not touched here.
 * Errors file.broken, catalogue.refused, disk.full, database.wrong-key, database.corrupt.
 */
export const buildGeneration = async (order: BuildOrder): Promise<BuildReport> => {
  const { from, to, key } = order
  const building = `${to}.building`
  let db: Database.Database | null = null
  try {
    await rm(building, { force: true })
    if (from !== null) await copyFile(from, building, constants.COPYFILE_FICLONE)
    db = openShadow(building, key, from === null)
    const report = await apply(db, order, from === null)
    db.close()
    db = null
    await sync(building, 'r+')
    await rename(building, to)
    // Windows cannot open a folder, and keeps its entries in a journal of its own.
    if (process.platform !== 'win32') await sync(path.dirname(to), 'r')
    return report
  } catch (error) {
    db?.close()
    await rm(building, { force: true })
    throw asDatabaseError(error)
  }
}
