import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { databaseFile } from '../core/core.ts'
import { lockDatabase } from '../core/db/folder-lock.ts'
import { atPractice, localServiceAt, practiceDoor } from '../core/platform/practice-doors.ts'
import { loadProfile, shippedProfileFile, shippedProfiles, withEndpoint } from '../core/platform/profile-file.ts'
import type { RegionProfile } from '../core/platform/profile.ts'
import { startPracticeProcess } from './practice-process.ts'
import { fileFrom } from './terminal.ts'
import type { Terminal } from './terminal.ts'

export interface PlaceOptions {
  readonly data?: string
  readonly profile?: string
  readonly platform?: string
  readonly localService?: string
}

export const hasShop = (dataFolder: string): boolean => existsSync(databaseFile(dataFolder))

/** Error database.locked while a till, or another command, works with this folder. */
export const refuseIfInUse = (dataFolder: string): void => {
  if (hasShop(dataFolder)) lockDatabase(databaseFile(dataFolder)).release()
}

/** A profile that comes with the program by its name, any other by its file. A file of such a name counts as the name: write ./name. */
export const profileFileOf = (terminal: Terminal, given: string | undefined): string =>
  given === undefined ? shippedProfileFile('practice') : shippedProfiles().includes(given) ? shippedProfileFile(given) : fileFrom(terminal, given)

/** The profile, at another address when one is given. A practice platform reads credentials beside its gateway. Error profile.invalid. */
export const readProfile = (terminal: Terminal, { profile: file, platform, localService }: PlaceOptions): RegionProfile => {
  const profile = loadProfile(profileFileOf(terminal, file))
  if (platform === undefined && localService === undefined) return profile
  const url = platform ?? profile.transport.url
  return withEndpoint(profile, { url, localServiceUrl: localService ?? (platform === undefined ? profile.credentials.serviceUrl : localServiceAt(profile, url)) })
}

export interface Place {
  readonly dataFolder: string
  readonly profile: RegionProfile
  readonly throwAway: boolean
  readonly close: () => Promise<void>
}

/**
 * Where a command sells and with whom. Without a data folder: a throw-away one. Without a platform, and the profile being practice: a practice province for the length of
 * the command, its books beside the shop's. Errors: profile.invalid, database.locked.
 */
export const takePlace = async (terminal: Terminal, options: PlaceOptions): Promise<Place> => {
  const dataFolder = options.data === undefined ? mkdtempSync(path.join(tmpdir(), 'yaogui-sell-')) : fileFrom(terminal, options.data)
  const throwAway = options.data === undefined
  const tidy = (): void => {
    if (throwAway) rmSync(dataFolder, { recursive: true, force: true })
  }
  try {
    const profile = readProfile(terminal, options)
    if (!profile.practice || options.platform !== undefined) return { dataFolder, profile, throwAway, close: async () => tidy() }
    refuseIfInUse(dataFolder)
    const books = path.join(dataFolder, 'practice', 'books.json')
    mkdirSync(path.dirname(books), { recursive: true, mode: 0o700 })
    const province = await startPracticeProcess({ quiet: true, dataFile: books, variant: practiceDoor(profile) })
    return {
      dataFolder,
      throwAway,
      profile: atPractice(profile, province),
      close: async () => {
        await province.close()
        tidy()
      },
    }
  } catch (error) {
    tidy()
    throw error
  }
}
