import { inTransaction } from '../db/database.ts'
import type { House } from '../house.ts'
import { LONGEST_BACK_OFF_MS } from '../outbox/claim-jobs.ts'
import { backOffMs } from '../outbox/run-outbox.ts'
import { askMappingLater, nextMappingDue, nextWaiting, wakeMappings } from './mapping-store.ts'
import { sendMapping } from './send-mapping.ts'

/** Sends what waits: uploads and withdrawals, in the order in which they were asked for, and again until they are answered. A crash loses nothing: what waits is in the database. */
export interface MappingQueue {
  /** Sends what is due; resolves when nothing is due any more. */
  readonly run: () => Promise<void>
  readonly wake: () => void
  /** The line came back: everything is due. */
  readonly lineIsBack: () => void
  readonly close: () => void
}

/** Beside the counter's calls, not before them. */
const LANES = 2
const TELL_MS = 500

export const startMappingQueue = (house: House, options: { readonly random: () => number; readonly runEveryMs: number | null }): MappingQueue => {
  const inHand = new Set<string>()
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let closed = false

  // Hundreds of uploads a second would have every window ask as often how they stand.
  let told: NodeJS.Timeout | undefined
  const tell = (): void => {
    if (closed || told !== undefined) return
    house.changed('status')
    told = setTimeout(() => {
      told = undefined
      if (!closed) house.changed('status')
    }, TELL_MS)
    told.unref()
  }

  const lane = async (): Promise<void> => {
    while (!closed) {
      const mapping = nextWaiting(house.db, house.clock(), house.clock() + LONGEST_BACK_OFF_MS, [...inHand])
      if (mapping === null) return
      inHand.add(mapping.mappingId)
      try {
        const sent = await sendMapping(house, mapping)
        if (sent.kind === 'later') inTransaction(house.db, () => askMappingLater(house.db, mapping.mappingId, house.clock() + backOffMs(mapping.attempts + 1, options.random()), sent.error))
      } catch (cause) {
        if (closed) return
        house.log.error({ err: cause, mappingId: mapping.mappingId }, 'mapping not sent')
        inTransaction(house.db, () => askMappingLater(house.db, mapping.mappingId, house.clock() + backOffMs(mapping.attempts + 1, options.random()), { code: 'rpc.internal', detail: {} }))
      } finally {
        inHand.delete(mapping.mappingId)
      }
      tell()
    }
  }
  const schedule = (afterMs: number): void => {
    if (closed || options.runEveryMs === null) return
    clearTimeout(timer)
    timer = setTimeout(() => { void run() }, afterMs)
    timer.unref()
  }
  const run = (): Promise<void> => {
    if (closed) return Promise.resolve()
    running ??= Promise.all(Array.from({ length: LANES }, lane))
      .then(() => {}, (cause: unknown) => { house.log.error({ err: cause }, 'mapping queue') })
      .finally(() => {
        running = null
        if (closed || options.runEveryMs === null) return
        const due = nextMappingDue(house.db)
        if (due !== null) schedule(Math.min(Math.max(due - house.clock(), 50), options.runEveryMs))
      })
    return running
  }
  schedule(50)
  return {
    // What was queued during a run is in it; what was queued just after gets the next.
    run: async () => {
      await running
      await run()
    },
    wake: () => schedule(20),
    lineIsBack: () => {
      if (closed) return
      inTransaction(house.db, () => wakeMappings(house.db))
      schedule(20)
    },
    close: () => {
      closed = true
      clearTimeout(timer)
      clearTimeout(told)
    },
  }
}
