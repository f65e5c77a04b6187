import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import Database from 'better-sqlite3'
import type { BuildOrder, BuildReport, Source } from '../../../electron/core/catalogue/build-generation.ts'
import { buildGeneration } from '../../../electron/core/catalogue/build-generation.ts'
import type { Cells } from '../../../electron/core/files/zip-rows.ts'
import { writeZipRows } from '../../../electron/core/files/zip-rows.ts'

export const KEY = new Uint8Array(32).fill(7)

export const ownFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'yaogui-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface Drug {
  readonly id: string
  readonly version: string
  readonly code?: string
  readonly name?: string
  readonly valid?: string
  readonly from?: string | null
  readonly until?: string | null
  readonly begin?: string | null
  readonly end?: string | null
  readonly updated?: string
  readonly note?: string | null
  readonly pinyin?: string
}
/** A row of 97 columns (platform.md §9), made up. */
export const drugCells = ({ id, version, code = `XTEST${id.padStart(18, '0')}`, name = `练习药${id}`, valid = '1', from = '2026-01-01', until = null, begin = null, end = null, updated = '2026-01-01 00:00:00', note = null, pinyin = 'LXY' }: Drug): Cells => {
  const cells: (string | null)[] = Array.from({ length: 97 }, () => null)
  const put = (column: number, text: string | null): void => { cells[column - 1] = text }
  put(1, code); put(4, name); put(9, `86${id.padStart(12, '0')}`); put(14, '0.5g'); put(32, '12片/盒'); put(37, begin); put(38, end); put(51, pinyin); put(54, '练习制药'); put(62, '国药准字H00000001')
  put(69, note); put(79, valid); put(80, id); put(82, updated); put(83, version); put(92, '甲'); put(95, `T${version}${id}`); put(96, from); put(97, until)
  return cells
}

let made = 0
export const archive = async (folder: string, rows: Iterable<Cells>): Promise<string> => {
  const file = path.join(folder, `${(made += 1)}.zip`)
  await writeZipRows(file, '1301.txt', rows)
  return file
}
export const drugArchive = (folder: string, drugs: readonly Drug[]): Promise<string> => archive(folder, drugs.map(drugCells))

export const build = (folder: string, source: Source, from: string | null = null, more: Partial<BuildOrder> = {}): Promise<BuildReport & { readonly file: string }> => {
  const to = path.join(folder, `generation-${(made += 1)}.db`)
  return buildGeneration({ from, to, key: KEY, source, acceptShrinking: false, ...more }).then((report) => ({ ...report, file: to }))
}
export const archiveSource = (file: string, rows: number | null = null): Source => ({ kind: 'archive', list: '1301', file, rows })

/** Everything in a generation but the numbers SQLite gives to rows. */
export const contentsOf = (file: string): unknown => {
  const db = new Database(file, { readonly: true })
  try {
    db.pragma(`cipher = 'aegis'`)
    db.pragma(`key = "x'${Buffer.from(KEY).toString('hex')}'"`)
    return {
      items: db.prepare(`select list, row_id, code, name, pinyin, base_code, approval_number, valid, valid_from, valid_until, version, order_key, cells from item order by list, row_id`).all(),
      listed: db.prepare(`select list, row_id, list_code, code, area, kind, way, amount, valid, valid_from, valid_until, updated, row from listed order by list, row_id`).all(),
      lists: db.prepare(`select * from list order by list`).all(),
      check: db.pragma('integrity_check', { simple: true }),
      indexes: db.prepare(`select name from sqlite_schema where type = 'index' and sql is not null order by name`).pluck().all(),
    }
  } finally {
    db.close()
  }
}
