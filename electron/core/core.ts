import { join } from 'node:path'
import { pino } from 'pino'
import type { Logger } from 'pino'
import { v7 } from 'uuid'
import type { Channel, PracticeSamples, PrintTarget } from '../contract/index.ts'
import { auditHandlers } from './audit/audit-handlers.ts'
import type { CrashPoint } from './crash-points.ts'
import { openDatabase } from './db/open-database.ts'
import { inTransaction } from './db/database.ts'
import type { WritableDb } from './db/database.ts'
import { loadDemoShop } from './demo-shop/load-demo-shop.ts'
import { drugHandlers } from './drug/drug-handlers.ts'
import type { House } from './house.ts'
import { watchLine } from './line-watch.ts'
import { now } from './now.ts'
import { outboxHandlers } from './outbox/outbox-handlers.ts'
import { releaseLeases, wakeJobs } from './outbox/outbox-store.ts'
import type { OutboxRunner } from './outbox/run-outbox.ts'
import { startOutbox } from './outbox/run-outbox.ts'
import { createPlatformClient } from './platform/create-client.ts'
import { createCredentialReader } from './platform/credential-reader-http.ts'
import type { RegionProfile } from './platform/profile.ts'
import { connectDevices } from './receipt/devices.ts'
import { receiptHandlers } from './receipt/receipt-handlers.ts'
import { runTotals } from './report/reconcile-totals.ts'
import { purgeAnswers } from './rpc/command-answers.ts'
import type { Connection } from './rpc/connection.ts'
import { createDispatcher } from './rpc/dispatcher.ts'
import type { Handlers } from './rpc/handlers.ts'
import { callerOf } from './rpc/handlers.ts'
import { saleHandlers } from './sale/sale-handlers.ts'
import { saleView } from './sale/sale-view.ts'
import { sessionHandlers } from './session/session-handlers.ts'
import { adoptOrphans } from './settlement/in-flight.ts'
import { shiftHandlers } from './shift/shift-handlers.ts'
import { statusOf } from './system/status.ts'
import { createTillEvents } from './system/till-events.ts'
import { createRepeatCounter } from './trace/repeat-counter.ts'
import { traceHandlers } from './trace/trace-handlers.ts'

export const APP_VERSION = '0.1.0'
const MIGRATIONS = join(import.meta.dirname, '../../migrations')
export const databaseFile = (dataFolder: string): string => join(dataFolder, 'yaogui.db')

export interface CoreOptions {
  readonly dataFolder: string
  /** 32 bytes from the keystore or the key file. */
  readonly key: Uint8Array
  readonly profile: RegionProfile
  /** The device process; null: there is none, printing fails with a sentence. */
  readonly devices: Channel | null
  readonly printer: PrintTarget
  /** Fills an empty database with the practice shop. */
  readonly demoShop: boolean
  /** Practice only: what to scan when there is no scanner. */
  readonly practiceSamples?: (db: WritableDb) => PracticeSamples
  readonly secrets?: Readonly<Record<string, string>>
  readonly clock?: () => number
  readonly newId?: () => string
  readonly random?: () => number
  readonly log?: Logger
  /** null: the outbox runs only when asked (tests, scripts). */
  readonly outboxEveryMs?: number | null
  readonly reach?: (point: CrashPoint) => void
  readonly migrationsFolder?: string
}

export interface Core {
  /** Serves one window, terminal or test until its channel closes. */
  readonly serve: (channel: Channel, connection?: Connection) => void
  readonly house: House
  readonly outbox: OutboxRunner
  readonly close: () => Promise<void>
}

const NO_SAMPLES: PracticeSamples = { packs: [], people: [], codes: [] }

/** Start order: migrate → release leases → adopt settlements whose process died → listen. Errors: database.*, profile.invalid. */
export const startCore = async (options: CoreOptions): Promise<Core> => {
  const clock = options.clock ?? Date.now
  const newId = options.newId ?? v7
  const log = options.log ?? pino({ level: 'silent' })
  const { profile } = options
  const db = openDatabase({ file: databaseFile(options.dataFolder), key: options.key, migrationsFolder: options.migrationsFolder ?? MIGRATIONS, clock, appVersion: APP_VERSION })
  if (options.demoShop) loadDemoShop(db, { clock, newId })
  const platform = createPlatformClient({ profile, db, clock, log, secrets: options.secrets ?? {} })
  const events = createTillEvents(
    (what) => (what === 'status' ? { type: 'status', status: statusOf(house, APP_VERSION) } : { type: 'sale', sale: saleView(house, what.saleId) }),
    (cause) => { log.error({ err: cause }, 'till event') },
  )
  const house: House = {
    db, clock, newId, profile, platform, log,
    credentials: createCredentialReader({ profile }),
    devices: connectDevices(options.devices, options.printer),
    repeats: createRepeatCounter(),
    changed: events.changed,
    reach: options.reach ?? (() => {}),
  }
  inTransaction(db, () => {
    releaseLeases(db, now(house))
    purgeAnswers(db, now(house))
  })
  const orphans = adoptOrphans(house)
  if (orphans.length > 0) log.warn({ sales: orphans.length }, 'settlements without an answer were adopted')
  const outbox = startOutbox(house, { random: options.random ?? Math.random, runEveryMs: options.outboxEveryMs === undefined ? 5_000 : options.outboxEveryMs })
  const stopWatching = watchLine(house, options.outboxEveryMs !== null, () => {
    inTransaction(db, () => wakeJobs(db, now(house)))
    outbox.wake()
  })
  const samples = options.practiceSamples?.(db) ?? NO_SAMPLES
  const handlers: Handlers = {
    ...sessionHandlers(house),
    ...shiftHandlers(house),
    ...drugHandlers(house),
    ...traceHandlers(house),
    ...saleHandlers(house, outbox),
    ...receiptHandlers(house),
    ...outboxHandlers(house, outbox),
    ...auditHandlers(house),
    'reconcile.runTotals': (call, { from, to }) => runTotals(house, callerOf(call), from, to),
    'system.getStatus': () => statusOf(house, APP_VERSION),
    'practice.listSamples': () => samples,
    'till.watchTill': (_call, _input, push) => {
      push({ type: 'status', status: statusOf(house, APP_VERSION) })
      return events.watch(push)
    },
  }
  const dispatcher = createDispatcher({ handlers, db, clock, log, appVersion: APP_VERSION })
  return {
    serve: dispatcher.serve,
    house,
    outbox,
    close: async () => {
      stopWatching()
      await dispatcher.close(2_000)
      await outbox.close()
      await platform.close()
      db.close()
    },
  }
}
