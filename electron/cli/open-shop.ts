import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Logger } from 'pino'
import type { Channel, Staff } from '../contract/index.ts'
import { databaseFile, startCore } from '../core/core.ts'
import { keyFromFile } from '../core/db/key-file.ts'
import { DEMO_STAFF } from '../core/demo-shop/load-demo-shop.ts'
import type { House } from '../core/house.ts'
import type { RegionProfile } from '../core/platform/profile.ts'
import { memoryChannelPair } from '../core/rpc/memory-channel.ts'
import { createCoreClient } from '../../renderer/core-client/core-client.ts'
import type { CoreClient } from '../../renderer/core-client/core-client.ts'

export const keyFile = (dataFolder: string): string => path.join(dataFolder, 'yaogui.key')
export const receiptsFolder = (dataFolder: string): string => path.join(dataFolder, 'receipts')

export interface ShopOptions {
  readonly dataFolder: string
  readonly profile: RegionProfile
  /** Fills an empty database with the practice shop. */
  readonly demoShop: boolean
  readonly devices?: Channel | null
  readonly receipts?: string
  /** null: uploads go only when asked, and nobody probes the line. */
  readonly outboxEveryMs: number | null
  readonly random?: () => number
  readonly log?: Logger
}

/** The same core as behind the till, spoken to through the same contract and client. */
export interface Shop {
  readonly client: CoreClient
  /** For what is too large for the contract's messages: a file. */
  readonly house: House
  readonly signIn: (staffId: string, pin: string) => Promise<Staff>
  readonly close: () => Promise<void>
}

/** Errors: database.*, profile.invalid, disk.full. */
export const openShop = async (options: ShopOptions): Promise<Shop> => {
  const { dataFolder } = options
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const core = await startCore({
    dataFolder,
    key: keyFromFile(keyFile(dataFolder), databaseFile(dataFolder)),
    profile: options.profile,
    devices: options.devices ?? null,
    printer: { kind: 'file', folder: options.receipts ?? receiptsFolder(dataFolder) },
    demoShop: options.demoShop,
    outboxEveryMs: options.outboxEveryMs,
    ...(options.random === undefined ? {} : { random: options.random }),
    ...(options.log === undefined ? {} : { log: options.log }),
  })
  const client = createCoreClient({
    connect: () => {
      const [ours, theirs] = memoryChannelPair()
      core.serve(theirs)
      return ours
    },
  })
  return {
    client,
    house: core.house,
    signIn: async (staffId, pin) => (await client.command('session.signIn', { staffId, pin })).staff,
    close: async () => {
      client.close()
      await core.close()
    },
  }
}

/** The PIN is never an argument, which everybody on the machine could read: the environment, or the practice staff's well-known one. */
export const pinOf = (staffId: string, environment: Readonly<Record<string, string | undefined>>): string | null => {
  const given = environment['YAOGUI_PIN']
  if (given !== undefined && given !== '') return given
  return DEMO_STAFF.find((staff) => staff.staffId === staffId)?.pin ?? null
}
