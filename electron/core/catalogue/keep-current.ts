import type { House } from '../house.ts'
import { now } from '../now.ts'
import type { Operator } from '../platform/client.ts'
import { lastAsked, newestChanges } from './generation-store.ts'
import { catalogueProgress, updateCatalogue } from './update-catalogue.ts'
import type { UpdatingHouse } from './update-catalogue.ts'

const HOUR_MS = 3_600_000

/** Whether a list is older than the profile allows, and nothing was tried for an hour: a platform that refuses is not asked all day. */
export const isCatalogueDue = (house: Pick<House, 'db' | 'clock' | 'profile' | 'catalogue'>): boolean => {
  const { catalogueEveryHours, catalogues } = house.profile.files
  if (catalogueEveryHours === null || house.catalogue.folder === '' || catalogueProgress(house) !== null) return false
  const tried = newestChanges(house.db, 1)[0]?.at
  if (tried !== undefined && Math.abs(now(house) - tried) < HOUR_MS) return false
  const asked = lastAsked(house.db)
  return catalogues.some((list) => {
    const at = asked.get(list)
    // A time that has not come yet was written by another clock.
    return at === undefined || at > now(house) || now(house) - at >= catalogueEveryHours * HOUR_MS
  })
}

/** Looks every `everyMs`; null: only when asked (tests, scripts). The returned function stops it. */
export const keepCatalogueCurrent = (house: UpdatingHouse, operator: () => Operator, everyMs: number | null): (() => void) => {
  if (everyMs === null) return () => {}
  const timer = setInterval(() => {
    if (!isCatalogueDue(house)) return
    const failed = (error: unknown): void => house.log.error({ err: error }, 'the catalogue was not updated')
    try {
      updateCatalogue(house, null, operator()).catch(failed)
    } catch (error) {
      failed(error)
    }
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
