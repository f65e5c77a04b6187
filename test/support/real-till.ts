import { copyFileSync } from 'node:fs'
import path from 'node:path'
import { v7 } from 'uuid'
import type { Core } from '../../electron/core/core.ts'
import { assembleCore, databaseFile } from '../../electron/core/core.ts'
import type { CrashPoint } from '../../electron/core/crash-points.ts'
import type { WritableDb } from '../../electron/core/db/database.ts'
import { openDatabase } from '../../electron/core/db/open-database.ts'
import { createPlatformClient } from '../../electron/core/platform/create-client.ts'
import type { CredentialReader } from '../../electron/core/platform/credential-reader.ts'
import type { Gateway } from '../../electron/core/platform/gateway.ts'
import { createCredentialReader } from '../../electron/core/platform/credential-reader-http.ts'
import { loadProfile, shippedProfileFile, withEndpoint } from '../../electron/core/platform/profile-file.ts'
import type { RegionProfile } from '../../electron/core/platform/profile.ts'
import type { Caller } from '../../electron/core/house.ts'
import { newConnection } from '../../electron/core/rpc/connection.ts'
import { memoryChannelPair } from '../../electron/core/rpc/memory-channel.ts'
import type { CoreClient } from '../../renderer/core-client/core-client.ts'
import { createCoreClient } from '../../renderer/core-client/core-client.ts'
import { migrationsFolder } from './database.ts'
import { collectingLog } from './silent-log.ts'
import { stockSmallShop } from './small-shop.ts'

export const TEST_KEY = new Uint8Array(32).fill(7)

export const openShopFile = (folder: string, clock: () => number): WritableDb =>
  openDatabase({ file: databaseFile(folder), key: TEST_KEY, migrationsFolder, clock, appVersion: 'test' })

/** A stocked shop in a file, to be copied for each run: making it costs more than a run. */
export const makeTemplate = (folder: string, clock: () => number, packsPerLot: number): string => {
  const db = openShopFile(folder, clock)
  stockSmallShop(db, { now: clock(), newId: v7, packsPerLot })
  db.pragma('wal_checkpoint(truncate)')
  db.close()
  return databaseFile(folder)
}
export const copyTemplate = (template: string, folder: string): void => copyFileSync(template, databaseFile(folder))

/** The practice profile at this address, with time-outs that a test can wait for. */
export const testProfile = (endpoint: { readonly url: string; readonly localServiceUrl: string }, timeoutMs: number): RegionProfile => {
  const profile = withEndpoint(loadProfile(shippedProfileFile('practice')), endpoint)
  return { ...profile, timeouts: { connectMs: Math.floor(timeoutMs / 2), defaultMs: timeoutMs, perTransaction: {} } }
}

export interface RealTill {
  readonly core: Core
  readonly db: WritableDb
  readonly client: CoreClient
  readonly manager: CoreClient
  readonly log: string[]
  /** The plug: what was not committed is gone, nothing more is written or sent. Safe at any moment, also inside a transaction. */
  readonly pullPlug: () => void
  readonly isDead: () => boolean
  readonly close: () => Promise<void>
}

/** The real core with the real platform client over a file, in this process. The outbox runs only when asked. */
export const openRealTill = (options: {
  readonly folder: string
  readonly profile: RegionProfile
  readonly clock: () => number
  readonly random?: () => number
  readonly reach?: (point: CrashPoint) => void
  /** Absent: over HTTP, as the profile says. */
  readonly gateway?: Gateway
  readonly credentials?: CredentialReader
}): RealTill => {
  const { folder, profile, clock } = options
  const db = openShopFile(folder, clock)
  const { log, lines } = collectingLog()
  const platform = createPlatformClient({ profile, db, clock, log, secrets: {}, environment: {}, device: { mac: '02:00:00:00:00:01', ip: '192.0.2.1' }, ...(options.gateway === undefined ? {} : { gateway: options.gateway }) })
  const core = assembleCore({
    db,
    platform,
    profile,
    clock,
    log,
    newId: v7,
    random: options.random ?? (() => 0),
    credentials: options.credentials ?? createCredentialReader({ profile }),
    outboxEveryMs: null,
    devices: null,
    printer: { kind: 'file', folder: path.join(folder, 'receipts') },
    ...(options.reach === undefined ? {} : { reach: options.reach }),
  })
  let dead = false
  let closing: Promise<void> | null = null
  const clients: CoreClient[] = []
  // Signed in already: a PIN takes tens of milliseconds on purpose, and is tested elsewhere.
  const window = (staffId: string, role: Caller['role']): CoreClient => {
    const client = createCoreClient({
      connect: () => {
        const [ours, theirs] = memoryChannelPair()
        const connection = newConnection()
        connection.setCaller({ staffId, staffName: staffId, role })
        core.serve(theirs, connection)
        return ours
      },
    })
    clients.push(client)
    return client
  }
  const [client, manager] = [window('C1', 'cashier'), window('M1', 'manager')]
  return {
    core,
    db,
    client,
    manager,
    log: lines,
    isDead: () => dead,
    pullPlug: () => {
      if (dead) return
      dead = true
      db.close()
    },
    close: () => {
      closing ??= (async () => {
        for (const each of clients) each.close()
        if (dead) await platform.close()
        else await core.close()
        dead = true
      })()
      return closing
    },
  }
}
