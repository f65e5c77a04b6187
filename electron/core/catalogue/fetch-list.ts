import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import type { BusinessDate } from '../../contract/index.ts'
import { addDays } from '../../domain/calendar.ts'
import type { ReadableDb } from '../db/database.ts'
import { asDatabaseError } from '../db/database-errors.ts'
import { perDatabase } from '../db/statements.ts'
import type { House } from '../house.ts'
import type { ListedRow } from '../platform/calls/list-page.ts'
import type { Operator, Outcome } from '../platform/client.ts'
import { refusalError } from '../platform/outcome-error.ts'
import type { Source } from './build-generation.ts'
import { refusedCatalogue } from './catalogue-row.ts'
import type { FileList, PagedList } from './lists.ts'

const statements = perDatabase((db) => ({
  version: db.prepare(`select version from list where list = ?`).pluck(),
  listed: db.prepare(`select 1 from listed where list = ? and row_id = ? and updated = ? and row = ?`).pluck(),
}))

export type FetchingHouse = Pick<House, 'catalogue' | 'platform' | 'profile' | 'newId' | 'log'>

/** Greatest version of a list here; '': nothing of it is here. */
export const versionHere = (house: Pick<House, 'catalogue'>, list: FileList | PagedList): string =>
  house.catalogue.read((db) => (statements(db).version.get(list) as string | undefined) ?? '') ?? ''

const valueOf = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'answered') throw refusalError(outcome)
  return outcome.value
}

/** What came in this run; gone with the run, or at the next start. */
const incoming = async (house: FetchingHouse, ending: string): Promise<string> => {
  const folder = path.join(house.catalogue.folder, 'incoming')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return path.join(folder, `${house.newId()}.${ending}`)
}

/** A line that breaks in the middle of a national file is no news: it is asked for again. */
const TRIES = 3

/** The archive of what is newer than what is here; null: nothing is. Errors platform.*, disk.full. */
export const fetchArchive = async (house: FetchingHouse, operator: Operator, list: FileList): Promise<Source | null> => {
  const { platform, profile } = house
  const asked = valueOf(await platform.files.catalogueFile(operator, list, versionHere(house, list) || profile.files.firstVersion))
  if (asked === null) return null
  const file = await incoming(house, 'zip')
  for (let tried = 1; ; tried += 1) {
    const outcome = await platform.files.download(operator, { fileQueryNumber: asked.fileQueryNumber, fileName: asked.fileName, catalogue: true }, file)
    if (outcome.kind === 'answered') return { kind: 'archive', list, file, rows: asked.rows }
    if (outcome.kind !== 'unknown' || tried === TRIES) {
      await rm(`${file}.part`, { force: true })
      throw refusalError(outcome)
    }
    house.log.warn({ list, tried, reason: outcome.code }, 'a catalogue broke off; asked for again')
  }
}

const isKnown = (db: ReadableDb, list: PagedList, row: ListedRow): boolean => statements(db).listed.get(Number(list), row.rowId, row.updatedOn ?? '', JSON.stringify(row.row)) !== undefined

const MOST_PAGES = 9999

/**
 * Pages of what changed since a day before the last change that is here (the time of change has no hours: what changed later that day would be missed), one row a line.
 * null: nothing that is not here already. Errors platform.*, catalogue.refused, disk.full.
 */
export const fetchPages = async (house: FetchingHouse, operator: Operator, list: PagedList): Promise<Source | null> => {
  const { platform, profile: { files } } = house
  const here = versionHere(house, list)
  const since = here === '' ? (files.firstDay as BusinessDate) : addDays(here as BusinessDate, -1)
  const file = await incoming(house, 'rows')
  const spool = createWriteStream(file, { mode: 0o600 })
  const failed = new Promise<never>((_resolve, reject) => spool.once('error', reject))
  failed.catch(() => {})
  const seen = new Set<string>()
  let fresh = 0
  try {
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const rows = valueOf(await platform.files.listPage(operator, list, { since, page, pageSize: files.pageSize }))
      const before = seen.size
      for (const row of rows) seen.add(`${row.rowId}\t${row.updatedOn ?? ''}`)
      // A platform that does not know pages gives the same one for ever.
      if (rows.length > 0 && seen.size === before) throw refusedCatalogue('pages', list)
      house.catalogue.read((db) => { for (const row of rows) if (isKnown(db, list, row)) fresh -= 1 })
      fresh += rows.length
      const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
      if (text !== '' && !spool.write(text)) await Promise.race([failed, new Promise<void>((resolve) => spool.once('drain', () => resolve()))])
      if (rows.length < files.pageSize) break
    }
    spool.end()
    await Promise.race([failed, finished(spool)])
    if (fresh > 0) return { kind: 'pages', list, file }
    await rm(file, { force: true })
    return null
  } catch (error) {
    spool.destroy()
    await rm(file, { force: true })
    throw asDatabaseError(error)
  }
}
