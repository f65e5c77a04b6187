import type { SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { House } from '../house.ts'
import type { Operator } from '../platform/client.ts'
import { retryCancel } from '../settlement/cancel-settlement.ts'
import { adoptOrphans } from '../settlement/in-flight.ts'
import { reverseSettlement } from '../settlement/reverse-settlement.ts'
import type { JobResult } from './job-result.ts'
import type { OutboxRow } from './outbox-store.ts'
import { claimJob, LONGEST_BACK_OFF_MS, nextDueAt, retryJobLater } from './outbox-store.ts'
import { uploadLine } from './upload-line.ts'

const statements = perDatabase((db) => ({
  seller: db.prepare(`select staff.staff_id as operatorId, staff.name as operatorName from sale join staff using (staff_id) where sale_id = ?`),
}))

/** Two seconds, doubled each time, at most five minutes; up to a quarter earlier so that a shop's tills do not all come back at once. */
export const backOffMs = (attempts: number, random: number): number => Math.round(Math.min(LONGEST_BACK_OFF_MS, 2_000 * 2 ** Math.min(attempts - 1, 12)) * (1 - random / 4))

/** In whose name a job is sent: who sold it. */
const operatorOf = (house: House, saleId: SaleId): Operator => statements(house.db).seller.get(saleId) as Operator

const runJob = (house: House, job: OutboxRow): Promise<JobResult> => {
  const payload = JSON.parse(job.payload) as { readonly lineId?: string; readonly messageId?: string }
  const operator = operatorOf(house, job.aggregate_id)
  const of = { outboxId: job.outbox_id, saleId: job.aggregate_id }
  switch (job.kind) {
    case 'reverse-settlement':
      return reverseSettlement(house, operator, { ...of, messageId: payload.messageId ?? '' })
    case 'cancel-settlement':
      return retryCancel(house, operator, of)
    case 'upload-sale':
      return uploadLine(house, operator, { ...of, lineId: payload.lineId ?? '', direction: 'sale' })
    case 'upload-return':
      return uploadLine(house, operator, { ...of, lineId: payload.lineId ?? '', direction: 'return' })
  }
}

/** Parallel calls to the platform; what is claimed is in order within its sale. */
const LANES = 4

export interface OutboxRunner {
  /** Runs what is due and resolves when nothing is due any more; who comes during a run gets the next one, so that nothing queued before the call is missed. */
  readonly run: () => Promise<void>
  /** Runs what is due of one sale, whatever else waits. */
  readonly runSale: (saleId: SaleId) => Promise<void>
  /** Looks for work again soon: something was queued, or the line came back. */
  readonly wake: () => void
  readonly close: () => Promise<void>
}

/** `random`: 0 ≤ x < 1, for the jitter. `runEveryMs`: at the latest; null = only when asked (tests). */
export const startOutbox = (house: House, options: { readonly random: () => number; readonly runEveryMs: number | null }): OutboxRunner => {
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null
  const inHand = new Map<string, { readonly saleId: SaleId; readonly ended: Promise<boolean> }>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const putBack = (job: OutboxRow, error: Extract<JobResult, { kind: 'later' }>['error']): void => {
    inTransaction(house.db, () => retryJobLater(house.db, job.outbox_id, house.clock() + backOffMs(job.attempts, options.random()), error))
  }

  /** False: the job could not even be put back, so nothing else can be stored now either. */
  const workOn = async (job: OutboxRow): Promise<boolean> => {
    let stored = true
    try {
      const result = await runJob(house, job)
      if (result.kind === 'later') putBack(job, result.error)
    } catch (cause) {
      // A defect of ours or a full disk: the job stays, its lease runs out or is put back.
      house.log.error({ err: cause, kind: job.kind, outboxId: job.outbox_id }, 'outbox job failed')
      const code = cause instanceof AppError ? cause.code : 'rpc.internal'
      try {
        putBack(job, { code, detail: {} })
      } catch (again) {
        house.log.error({ err: again }, 'outbox job could not be put back')
        stored = false
      }
    }
    house.changed({ saleId: job.aggregate_id })
    house.changed('status')
    return stored
  }
  const runLane = async (saleId: SaleId | null): Promise<void> => {
    while (!closed) {
      const job = claimJob(house.db, house.clock(), [...inHand.keys()], saleId)
      if (job === null) return
      const ended = workOn(job)
      inHand.set(job.outbox_id, { saleId: job.aggregate_id, ended })
      if (!(await ended.finally(() => inHand.delete(job.outbox_id)))) return
    }
  }

  const run = async (): Promise<void> => {
    adoptOrphans(house)
    await Promise.all(Array.from({ length: LANES }, () => runLane(null)))
  }
  const schedule = (afterMs: number): void => {
    if (closed || options.runEveryMs === null) return
    clearTimeout(timer)
    timer = setTimeout(() => { void runAll() }, afterMs)
    timer.unref()
  }
  /** When the next job becomes due. What is due and was not claimed waits for another job, not for time. */
  const scheduleNext = (): void => {
    if (closed || options.runEveryMs === null) return
    try {
      const due = nextDueAt(house.db, house.clock())
      schedule(due === null ? options.runEveryMs : Math.min(Math.max(due - house.clock(), 50), options.runEveryMs))
    } catch (cause) {
      house.log.error({ err: cause }, 'outbox could not look for work')
      schedule(options.runEveryMs)
    }
  }
  const runAll = (): Promise<void> => {
    if (closed) return Promise.resolve()
    if (running !== null) {
      next ??= running.then(() => {
        next = null
        return runAll()
      })
      return next
    }
    running = run()
      .catch((cause: unknown) => { house.log.error({ err: cause }, 'outbox run failed') })
      .finally(() => {
        running = null
        scheduleNext()
      })
    return running
  }
  if (options.runEveryMs !== null) schedule(50)
  return {
    run: runAll,
    runSale: async (saleId) => {
      adoptOrphans(house)
      await Promise.all([...inHand.values()].filter((job) => job.saleId === saleId).map((job) => job.ended))
      await runLane(saleId)
    },
    wake: () => schedule(20),
    close: async () => {
      closed = true
      clearTimeout(timer)
      await running
      await Promise.all([...inHand.values()].map((job) => job.ended))
    },
  }
}
