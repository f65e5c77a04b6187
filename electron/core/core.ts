import { join } from 'node:path'
import { pino } from 'pino'
import type { Logger } from 'pino'
import { newId as uuidv7 } from './new-id.ts'
import type { Channel, PracticeSamples, PrintTarget } from '../contract/index.ts'
import { alarmHandlers } from './alarm/alarm-handlers.ts'
import { alarmSummary } from './alarm/alarm-view.ts'
import { claimHandlers } from './claim-check/claim-handlers.ts'
import { watchBaskets } from './claim-check/watch-baskets.ts'
import { auditHandlers } from './audit/audit-handlers.ts'
import type { CrashPoint } from './crash-points.ts'
import { catalogueHandlers } from './catalogue/catalogue-handlers.ts'
import { keepCatalogueCurrent } from './catalogue/keep-current.ts'
import { currentGeneration } from './catalogue/generation-store.ts'
import { generationsNowhere, openGenerations } from './catalogue/generations.ts'
import type { Generations } from './catalogue/generations.ts'
import { openDatabase } from './db/open-database.ts'
import { inTransaction } from './db/database.ts'
import type { WritableDb } from './db/database.ts'
import { loadDemoShop } from './demo-shop/load-demo-shop.ts'
import { drugHandlers } from './drug/drug-handlers.ts'
import { goodsHandlers } from './goods/goods-handlers.ts'
import type { House } from './house.ts'
import { watchLine } from './line-watch.ts'
import { mappingHandlers } from './mapping/mapping-handlers.ts'
import type { MappingQueue } from './mapping/mapping-queue.ts'
import { startMappingQueue } from './mapping/mapping-queue.ts'
import { mapHandlers } from './map/map-handlers.ts'
import { messageHandlers } from './message/message-handlers.ts'
import { now } from './now.ts'
import { outboxHandlers } from './outbox/outbox-handlers.ts'
import { releaseLeases } from './outbox/outbox-store.ts'
import type { OutboxRunner } from './outbox/run-outbox.ts'
import { startOutbox } from './outbox/run-outbox.ts'
import { createPlatformClient } from './platform/create-client.ts'
import type { PlatformClient } from './platform/client.ts'
import type { CredentialReader } from './platform/credential-reader.ts'
import { createCredentialReader } from './platform/credential-reader-http.ts'
import { openWireLog } from './platform/wire-log.ts'
import type { RegionProfile } from './platform/profile.ts'
import { readSecrets } from './platform/secret-store.ts'
import { connectDevices } from './receipt/devices.ts'
import { receiptHandlers } from './receipt/receipt-handlers.ts'
import { recallHandlers } from './recall/recall-handlers.ts'
import { scenarioHandlers } from './practice/scenario-handlers.ts'
import { startNightly } from './report/nightly.ts'
import { operatorFor } from './report/run-reconciliation.ts'
import { reconcileHandlers } from './report/reconcile-handlers.ts'
import { purgeAnswers } from './rpc/command-answers.ts'
import type { Connection } from './rpc/connection.ts'
import { createDispatcher } from './rpc/dispatcher.ts'
import type { Handlers } from './rpc/handlers.ts'
import { saleHandlers } from './sale/sale-handlers.ts'
import { saleView } from './sale/sale-view.ts'
import { sessionHandlers } from './session/session-handlers.ts'
import { adoptOrphans } from './settlement/in-flight.ts'
import { shiftHandlers } from './shift/shift-handlers.ts'
import { statusOf } from './system/status.ts'
import { createTillEvents } from './system/till-events.ts'
import { prepareKnownGoods } from './trace/known-goods.ts'
import { createRepeatCounter } from './trace/repeat-counter.ts'
import { ledgerHandlers } from './trace/ledger-handlers.ts'
import { traceHandlers } from './trace/trace-handlers.ts'
import { warmUp } from './trace/warm-up.ts'
import { uncodedHandlers } from './uncoded/uncoded-handlers.ts'
import { issuerRulesFile, readIssuerRules } from './trace/issuer-rules-file.ts'
import { useIssuerRules } from './trace/read-code.ts'
import type { IssuerRules } from '../domain/recognition/issuer-rules.ts'

export const APP_VERSION = '0.1.0'
export const MIGRATIONS = join(import.meta.dirname, '../../migrations')
export const catalogueFolder = (dataFolder: string): string => join(dataFolder, 'catalogue')
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
  /** Issuers of trace codes that are not shipped. */
  readonly issuerRules?: IssuerRules
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
  /** 目录对照: uploads and withdrawals that wait. */
  readonly mappings: MappingQueue
  readonly close: () => Promise<void>
}

const NO_SAMPLES: PracticeSamples = { packs: [], people: [], codes: [] }
const PURGE_EVERY_MS = 600_000
const silent = (): Logger => pino({ level: 'silent' })

/** What core is put together from; tests and the command line bring their own. */
export interface CoreParts extends Pick<CoreOptions, 'profile' | 'devices' | 'printer' | 'practiceSamples' | 'clock' | 'newId' | 'random' | 'log' | 'issuerRules' | 'outboxEveryMs' | 'reach'> {
  readonly db: WritableDb
  readonly platform: PlatformClient
  readonly credentials: CredentialReader
  /** Left out: no folder for one. */
  readonly catalogue?: Generations
}

/** Errors: database.*, profile.invalid. */
export const startCore = async (options: CoreOptions): Promise<Core> => {
  const { profile, clock = Date.now, newId = uuidv7, log = silent() } = options
  const db = openDatabase({ file: databaseFile(options.dataFolder), key: options.key, migrationsFolder: options.migrationsFolder ?? MIGRATIONS, clock, appVersion: APP_VERSION })
  const wire = await openWireLog(options.dataFolder, clock()).catch((cause: unknown) => {
    // A till sells without a log of its messages.
    log.error({ err: cause }, 'the log of messages cannot be written')
    return { log: silent(), close: () => {} }
  })
  try {
    const ownRules = readIssuerRules(issuerRulesFile(options.dataFolder))
    if (ownRules !== null && 'errors' in ownRules) log.error({ errors: ownRules.errors }, 'issuer-rules.json is wrong and not used')
    if (options.demoShop) loadDemoShop(db, { clock, newId })
    const platform = createPlatformClient({ profile, db, clock, log, wireLog: wire.log, secrets: { ...readSecrets(db), ...options.secrets } })
    const issuerRules = ownRules !== null && 'rules' in ownRules ? { issuerRules: ownRules.rules } : {}
    const catalogue = openGenerations({ folder: catalogueFolder(options.dataFolder), key: options.key, current: currentGeneration(db), log })
    const core = assembleCore({ ...options, ...issuerRules, db, platform, credentials: createCredentialReader({ profile }), catalogue })
    return { ...core, close: () => core.close().finally(wire.close) }
  } catch (error) {
    // Else this process would hold the folder without serving it.
    db.close()
    wire.close()
    throw error
  }
}

/** Over an opened database: release leases → adopt settlements whose process died → listen. */
export const assembleCore = (parts: CoreParts): Core => {
  const { db, platform, profile, clock = Date.now, newId = uuidv7, log = silent() } = parts
  if (parts.issuerRules !== undefined) useIssuerRules(db, parts.issuerRules)
  const events = createTillEvents(
    (what) => {
      if (what === 'status') return { type: 'status', status: statusOf(house, APP_VERSION) }
      return 'saleId' in what ? { type: 'sale', sale: saleView(house, what.saleId) } : { type: 'alarm', alarm: alarmSummary(house.db, what.alarmId) }
    },
    (cause) => { log.error({ err: cause }, 'till event') },
  )
  const house: House = {
    db, clock, newId, profile, platform, log,
    catalogue: parts.catalogue ?? generationsNowhere(),
    credentials: parts.credentials,
    devices: connectDevices(parts.devices, parts.printer),
    repeats: createRepeatCounter(),
    changed: (what) => {
      events.changed(what)
      if (typeof what === 'object' && 'saleId' in what) baskets?.changed(what.saleId)
    },
    reach: parts.reach ?? (() => {}),
  }
  const baskets = parts.outboxEveryMs === null ? null : watchBaskets(house)
  prepareKnownGoods(db)
  inTransaction(db, () => {
    releaseLeases(db, now(house))
    purgeAnswers(db, now(house))
  })
  const orphans = adoptOrphans(house)
  if (orphans.length > 0) log.warn({ sales: orphans.length }, 'settlements without an answer were adopted')
  const outbox = startOutbox(house, { random: parts.random ?? Math.random, runEveryMs: parts.outboxEveryMs === undefined ? 5_000 : parts.outboxEveryMs })
  const mappings = startMappingQueue(house, { random: parts.random ?? Math.random, runEveryMs: parts.outboxEveryMs === undefined ? 5_000 : parts.outboxEveryMs })
  const stopWatching = watchLine(house, parts.outboxEveryMs !== null, () => {
    outbox.lineIsBack()
    mappings.lineIsBack()
  })
  // A till runs for weeks: answers of last week go in small portions, day and night.
  const purging = parts.outboxEveryMs === null ? undefined : setInterval(() => {
    try {
      purgeAnswers(db, now(house))
    } catch (cause) {
      log.error({ err: cause }, 'old answers not dropped')
    }
  }, PURGE_EVERY_MS)
  purging?.unref()
  const stopWarming = parts.outboxEveryMs === null ? undefined : warmUp(db, (cause) => { log.error({ err: cause }, 'ledger not read ahead') })
  const stopCatalogue = keepCatalogueCurrent(house, () => operatorFor(house, 'nightly'), parts.outboxEveryMs === null ? null : 300_000)
  const stopNightly = startNightly(house, parts.outboxEveryMs === null ? null : 60_000)
  const handlers: Handlers = {
    ...sessionHandlers(house),
    ...shiftHandlers(house),
    ...drugHandlers(house),
    ...goodsHandlers(house),
    ...traceHandlers(house),
    ...ledgerHandlers(house, outbox),
    ...mapHandlers(house),
    ...mappingHandlers(house, mappings),
    ...saleHandlers(house, outbox),
    ...claimHandlers(house, outbox),
    ...uncodedHandlers(house),
    ...recallHandlers(house),
    ...receiptHandlers(house),
    ...outboxHandlers(house, outbox),
    ...messageHandlers(house),
    ...auditHandlers(house),
    ...catalogueHandlers(house),
    ...alarmHandlers(house),
    ...reconcileHandlers(house),
    ...scenarioHandlers(house),
    'system.getStatus': () => statusOf(house, APP_VERSION),
    // Asked each time: a pack that was sold makes room for the next.
    'practice.listSamples': () => parts.practiceSamples?.(db) ?? NO_SAMPLES,
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
    mappings,
    close: async () => {
      stopWatching()
      baskets?.close()
      mappings.close()
      stopWarming?.()
      clearInterval(purging)
      stopCatalogue()
      // Two seconds for what is under way; then the line is cut, so that the rest ends as unknown and can still be stored.
      const outboxEnded = outbox.close()
      await dispatcher.close(2_000)
      const nightEnded = stopNightly()
      await platform.close()
      await outboxEnded
      house.catalogue.close()
      await nightEnded
      db.close()
    },
  }
}
