import { rmSync } from 'node:fs'
import { isAppError } from '../../contract/index.ts'
import type { AppError, ErrorBody } from '../../contract/index.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import type { BuildReport, Source } from './build-generation.ts'
import type { CatalogueChange } from './generation-store.ts'
import { currentGeneration, noteChange, pointTo } from './generation-store.ts'
import type { CatalogueList } from './lists.ts'
import { runBuild } from './run-build.ts'
import type { RunBuild } from './run-build.ts'

export type CatalogueHouse = Pick<House, 'db' | 'clock' | 'newId' | 'log' | 'catalogue' | 'reach' | 'changed'>

export const errorBody = (error: AppError): ErrorBody => ({ code: error.code, message: error.message, detail: error.detail })

const nothing = { generation: null, versionBefore: '', versionAfter: '', read: 0, new: 0, changed: 0, withdrawn: 0, error: null } as const

/** Kept for the page: a list that was asked about, with whatever ending. */
export const noteAsked = (house: CatalogueHouse, staffId: string | null, list: CatalogueList, outcome: 'nothing-newer' | 'refused' | 'not-asked', more: Partial<CatalogueChange> = {}): void =>
  noteChange(house.db, { ...nothing, changeId: house.newId(), at: now(house), list, outcome, staffId, ...more })

export interface TakeOptions {
  readonly staffId: string | null
  readonly acceptShrinking: boolean
  readonly build?: RunBuild
}

/**
 * One archive, or the pages of one list, into the next generation: built in another thread, then taken over by one commit. Whatever goes wrong before that leaves the one in use.
 * Errors file.broken, catalogue.refused (both noted), disk.full, catalogue.none (no folder).
 */
export const takeSource = async (house: CatalogueHouse, source: Source, { staffId, acceptShrinking, build = runBuild(house.catalogue.closing) }: TakeOptions): Promise<BuildReport> => {
  const { catalogue, db } = house
  const held = catalogue.hold()
  const generation = (currentGeneration(db)?.generation ?? 0) + 1
  const file = `catalogue-${generation}-${house.newId().slice(-12)}.db`
  const to = catalogue.fileOf({ file })
  let report: BuildReport
  try {
    report = await build({ from: held === null ? null : catalogue.fileOf(held.generation), to, key: catalogue.key, source, acceptShrinking })
  } catch (error) {
    // A core that closed meanwhile writes nothing any more.
    if (isAppError(error) && db.open) noteAsked(house, staffId, source.list, 'refused', { error: errorBody(error) })
    throw error
  } finally {
    held?.release()
  }
  house.reach('catalogue:built')
  try {
    const made = { generation, file, madeAt: now(house) }
    catalogue.takeOver(made, () => pointTo(db, made, {
      changeId: house.newId(), at: made.madeAt, list: report.list, outcome: 'changed', staffId, generation, versionBefore: report.versionBefore, versionAfter: report.version,
      read: report.read, new: report.new, changed: report.changed, withdrawn: report.withdrawn, error: null,
    }))
  } catch (error) {
    rmSync(to, { force: true })
    throw error
  }
  house.reach('catalogue:pointed')
  house.changed('status')
  return report
}
