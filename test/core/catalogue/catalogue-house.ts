import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { currentGeneration } from '../../../electron/core/catalogue/generation-store.ts'
import type { Generations } from '../../../electron/core/catalogue/generations.ts'
import { openGenerations } from '../../../electron/core/catalogue/generations.ts'
import type { UpdatingHouse } from '../../../electron/core/catalogue/update-catalogue.ts'
import type { CrashPoint } from '../../../electron/core/crash-points.ts'
import type { Operator } from '../../../electron/core/platform/client.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import { RegionProfile as RegionProfileSchema } from '../../../electron/core/platform/profile.ts'
import type { PracticeProfileInput } from '../../../electron/practice/profile.ts'
import type { Practice } from '../../../electron/practice/server.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { NINE_OCLOCK } from '../../support/database.ts'
import { collectingLog } from '../../support/silent-log.ts'
import type { Till } from '../platform/platform-double.ts'
import { openTill } from '../platform/platform-double.ts'
import { KEY, ownFolder } from './archives.ts'

export const operator: Operator = { operatorId: 'C01', operatorName: '练习员' }

export interface CatalogueShop {
  readonly house: UpdatingHouse
  readonly till: Till
  readonly folder: string
  readonly crash: { at: CrashPoint | null }
  readonly log: string[]
  /** As after a crash: what is in memory is gone, what is on the disk is there. */
  readonly again: () => UpdatingHouse
}

/** A shop's catalogue over a real client, a real database and real files. */
export const openCatalogueShop = (url: string, files: Partial<RegionProfile['files']> = {}): CatalogueShop => {
  const till = openTill(url, (profile) => RegionProfileSchema.parse({ ...profile, files: { ...profile.files, ...files } }))
  const folder = path.join(ownFolder(), 'catalogue')
  mkdirSync(folder, { recursive: true })
  const { log, lines } = collectingLog()
  const newId = countingIds()
  const crash: CatalogueShop['crash'] = { at: null }
  const open: Generations[] = []
  const again = (): UpdatingHouse => {
    for (const generations of open.splice(0)) generations.close()
    const catalogue = openGenerations({ folder, key: KEY, current: currentGeneration(till.db), log })
    open.push(catalogue)
    return {
      db: till.db, clock: () => till.clock.now, newId, log, catalogue, platform: till.client, profile: till.profile, changed: () => {},
      reach: (point) => { if (point === crash.at) throw new Error(`crashed at ${point}`) },
    }
  }
  onTestFinished(() => { for (const generations of open) generations.close() })
  return { house: again(), till, folder, crash, log: lines, again }
}

export const withPractice = async (province: PracticeProfileInput = {}, files: Partial<RegionProfile['files']> = {}): Promise<CatalogueShop & { readonly practice: Practice }> => {
  const practice = await startPractice({ clock: () => NINE_OCLOCK, profile: province })
  onTestFinished(() => practice.close())
  return { practice, ...openCatalogueShop(practice.url, files) }
}
