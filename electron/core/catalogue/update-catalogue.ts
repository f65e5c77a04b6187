import { rm } from 'node:fs/promises'
import { AppError, isAppError } from '../../contract/index.ts'
import type { ErrorBody, Instant } from '../../contract/index.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import type { Operator } from '../platform/client.ts'
import type { BuildReport, Source } from './build-generation.ts'
import { fetchArchive, fetchPages, versionHere } from './fetch-list.ts'
import type { CatalogueList, FileList, PagedList } from './lists.ts'
import { PAGED_LISTS } from './lists.ts'
import type { RunBuild } from './run-build.ts'
import { errorBody, noteAsked, takeSource } from './take-source.ts'

export type UpdatingHouse = Pick<House, 'db' | 'clock' | 'newId' | 'log' | 'catalogue' | 'reach' | 'changed' | 'platform' | 'profile'>

export interface UpdateOptions {
  /** Left out: every list of the profile. */
  readonly lists?: readonly CatalogueList[]
  readonly acceptShrinking?: boolean
  readonly build?: RunBuild
}
export interface ListUpdate {
  readonly list: CatalogueList
  /** One a file or a run of pages; none: nothing was newer. */
  readonly taken: readonly BuildReport[]
  readonly error: ErrorBody | null
}
export interface Progress {
  readonly list: CatalogueList
  readonly step: 'asking' | 'building'
  readonly startedAt: Instant
}

const running = new WeakMap<object, Progress>()
/** What an update is doing now; null: none runs. */
export const catalogueProgress = (house: Pick<House, 'db'>): Progress | null => running.get(house.db) ?? null

const isPaged = (list: CatalogueList): list is PagedList => PAGED_LISTS.includes(list as PagedList)
const fetchNext = (house: UpdatingHouse, operator: Operator, list: CatalogueList): Promise<Source | null> =>
  isPaged(list) ? fetchPages(house, operator, list) : fetchArchive(house, operator, list as FileList)

/** A province that gives the same file for ever is stopped by the version that does not rise; this only bounds a defect. */
const MOST_FILES = 100

/** Until nothing is newer. What one file or one run of pages brought is in use before the next is asked for. */
const updateList = async (house: UpdatingHouse, staffId: string | null, operator: Operator, list: CatalogueList, options: UpdateOptions, step: (step: Progress['step']) => void): Promise<ListUpdate> => {
  const taken: BuildReport[] = []
  try {
    while (taken.length < MOST_FILES) {
      step('asking')
      const before = versionHere(house, list)
      const source = await fetchNext(house, operator, list)
      if (source === null) {
        noteAsked(house, staffId, list, 'nothing-newer', { versionBefore: before, versionAfter: before })
        break
      }
      house.reach('catalogue:fetched')
      step('building')
      try {
        taken.push(await takeSource(house, source, { staffId, acceptShrinking: options.acceptShrinking ?? false, ...(options.build === undefined ? {} : { build: options.build }) }))
      } finally {
        await rm(source.file, { force: true })
      }
      if (isPaged(list) || versionHere(house, list) === before) break
    }
    return { list, taken, error: null }
  } catch (error) {
    if (!isAppError(error)) throw error
    // What was built and not believed is noted where it was built.
    if (house.db.open && (error.code.startsWith('platform.') || error.code === 'disk.full')) noteAsked(house, staffId, list, 'not-asked', { error: errorBody(error) })
    house.log.warn({ list, code: error.code, detail: error.detail }, 'a catalogue was not updated')
    return { list, taken, error: errorBody(error) }
  }
}

/** Nobody answers: the other lists would only wait as long. */
const isOver = (house: UpdatingHouse, { error }: ListUpdate): boolean => !house.db.open || error?.code === 'platform.offline' || error?.code === 'disk.full'

/** Every list of the profile, one after the other; a till sells on meanwhile. A list that fails does not keep the next from coming. Errors catalogue.busy, catalogue.none. */
export const updateCatalogue = async (house: UpdatingHouse, staffId: string | null, operator: Operator, options: UpdateOptions = {}): Promise<readonly ListUpdate[]> => {
  if (house.catalogue.folder === '') throw new AppError('catalogue.none', 'no folder for a catalogue')
  if (running.has(house.db)) throw new AppError('catalogue.busy', 'an update is under way')
  const startedAt = now(house)
  const updates: ListUpdate[] = []
  try {
    for (const list of options.lists ?? house.profile.files.catalogues) {
      running.set(house.db, { list, step: 'asking', startedAt })
      const update = await updateList(house, staffId, operator, list, options, (step) => running.set(house.db, { list, step, startedAt }))
      updates.push(update)
      if (isOver(house, update)) break
    }
  } finally {
    running.delete(house.db)
    if (house.db.open) house.changed('status')
  }
  return updates
}

/** An archive that somebody brought, instead of one from the platform. Errors catalogue.busy, catalogue.none, file.broken, catalogue.refused, disk.full. */
export const importArchive = async (house: UpdatingHouse, staffId: string, list: FileList, file: string, acceptShrinking: boolean): Promise<BuildReport> => {
  if (house.catalogue.folder === '') throw new AppError('catalogue.none', 'no folder for a catalogue')
  if (running.has(house.db)) throw new AppError('catalogue.busy', 'an update is under way')
  running.set(house.db, { list, step: 'building', startedAt: now(house) })
  try {
    return await takeSource(house, { kind: 'archive', list, file, rows: null }, { staffId, acceptShrinking })
  } finally {
    running.delete(house.db)
  }
}
