import type { ErrorCode, OutboxKind, SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import type { House } from '../house.ts'
import { adoptOrphans } from '../settlement/in-flight.ts'
import type { OutboxRow } from './claim-jobs.ts'
import { claimJob, LONGEST_BACK_OFF_MS, recoverJobs } from './claim-jobs.ts'
import type { Turn } from './drain.ts'
import { drainOf, failureOfTheLine } from './drain.ts'
import type { JobResult } from './job-result.ts'
import { nextDueAt, retryJobLater, wakeJobs } from './outbox-store.ts'
import { runJobs } from './run-job.ts'
import { createTelling } from './telling.ts'
import { writeTogether } from './write-together.ts'

/** Two seconds, doubled each time, at most five minutes; up to a quarter earlier so that a shop's tills do not all come back at once. */
export const backOffMs = (attempts: number, random: number): number => Math.round(Math.min(LONGEST_BACK_OFF_MS, 2_000 * 2 ** Math.min(attempts - 1, 12)) * (1 - random / 4))

/** What a patient's money hangs on goes first, in lanes of its own: no upload stands in its way. */
const URGENT: readonly (readonly OutboxKind[])[] = [['reverse-settlement'], ['cancel-settlement']]
const UPLOADS: readonly (readonly OutboxKind[])[] = [['upload-sale', 'upload-return'], ['claim-feedback']]
const URGENT_LANES = 2
/** Lanes a message on its way: while one travels, the next is being written down and the last one's answer stored. */
const AHEAD = 3
/** Attempts in which a row goes in a batch. */
const TOGETHER_UNTIL = 2

export interface OutboxRunner {
  /** Runs what is due and resolves when nothing is due any more, so that nothing queued before the call is missed. `hurry`: a person asked, a platform that did not answer is tried now. */
  readonly run: (hurry?: 'hurry') => Promise<void>
  /** Runs what is due of one sale, whatever else waits. */
  readonly runSale: (saleId: SaleId) => Promise<void>
  /** Looks for work again soon: something was queued, or the line came back. */
  readonly wake: () => void
  /** Somebody over there answered another call: no need to try whether anybody is there. */
  readonly lineIsBack: () => void
  /** Jobs done by this process. */
  readonly doneCount: () => number
  readonly close: () => Promise<void>
}

/** `random`: 0 ≤ x < 1, for the jitter. `runEveryMs`: at the latest; null = only when asked (tests). */
export const startOutbox = (house: House, options: { readonly random: () => number; readonly runEveryMs: number | null }): OutboxRunner => {
  const { db, clock } = house
  const drain = drainOf(house, options.random)
  const tell = createTelling(house)
  const lanes = { urgent: 0, uploads: 0 }
  const inHand = new Map<string, { readonly saleId: SaleId; readonly ended: Promise<boolean> }>()
  let idle: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null
  /** Counted up by every run: a lane that finds nothing looks again when somebody asked meanwhile. */
  let asked = 0
  let done = 0
  /** Claiming itself failed (a full disk): said once a run, and tried again no sooner than usual. */
  let failing = false
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const putBack = (job: OutboxRow, error: { readonly code: ErrorCode; readonly detail: Extract<JobResult, { kind: 'later' }>['error']['detail'] }): Promise<void> =>
    writeTogether(db, () => retryJobLater(db, job.outbox_id, clock() + backOffMs(job.attempts, options.random()), error))

  const platformIsThere = (): void => {
    if (!drain.breaker.answered()) return
    // What was put off because nobody was there is due.
    inTransaction(db, () => wakeJobs(db, clock()))
    house.log.info('the platform answers again')
    fill()
  }
  const listen = (results: readonly JobResult[], tried: boolean): void => {
    const lost = results.map((result) => (result.kind === 'later' ? failureOfTheLine(result.error) : null)).find((code) => code !== null)
    if (results.some((result) => result.kind !== 'later' && result.unasked !== true)) platformIsThere()
    else if (lost !== undefined) drain.breaker.failed(clock(), lost, tried)
    else if (tried) drain.breaker.giveBack()
  }

  /** False: the jobs could not even be put back, so nothing else can be stored now either. */
  const workOn = async (jobs: readonly OutboxRow[], turn: Turn, tried: boolean): Promise<boolean> => {
    let stored = true
    try {
      const results = await runJobs(house, jobs, turn)
      await Promise.all(results.flatMap((result, at) => {
        const job = jobs[at]
        return result.kind === 'later' && job !== undefined ? [putBack(job, result.error)] : []
      }))
      for (const { kind } of results) {
        if (kind !== 'done') continue
        done += 1
        drain.noteDone(clock())
      }
      listen(results, tried)
    } catch (cause) {
      if (tried) drain.breaker.giveBack()
      // A defect of ours or a full disk: the job stays, its lease runs out or is put back.
      house.log.error({ err: cause, kinds: jobs.map((job) => job.kind), outboxIds: jobs.map((job) => job.outbox_id) }, 'outbox job failed')
      const code = cause instanceof AppError ? cause.code : 'rpc.internal'
      try {
        await Promise.all(jobs.map((job) => putBack(job, { code, detail: {} })))
      } catch (again) {
        house.log.error({ err: again }, 'outbox job could not be put back')
        stored = false
      }
    }
    for (const job of jobs) tell(job.aggregate_id, job.kind)
    return stored
  }
  const takeInHand = (jobs: readonly OutboxRow[], turn: Turn, tried = false): Promise<boolean> => {
    const ended = workOn(jobs, turn, tried).finally(() => { for (const job of jobs) inHand.delete(job.outbox_id) })
    for (const job of jobs) inHand.set(job.outbox_id, { saleId: job.aggregate_id, ended })
    return ended
  }
  const claim = (groups: readonly (readonly OutboxKind[])[], early: boolean): readonly OutboxRow[] => {
    const now = clock()
    const kinds = groups.map((group) => group.filter((kind) => drain.waitMs(kind, now) === 0))
    const first = claimJob(db, { kinds, now, early })
    if (first === null) return []
    drain.take(first.kind, now)
    const jobs = [first]
    // What was lost before may be one row's fault: it is sent alone.
    if (first.kind !== 'upload-sale' || first.attempts > TOGETHER_UNTIL || early) return jobs
    while (jobs.length < house.profile.limits.batchRows) {
      const more = claimJob(db, { kinds: [['upload-sale']], now })
      if (more === null) break
      jobs.push(more)
    }
    return jobs
  }
  const runLane = async (groups: readonly (readonly OutboxKind[])[]): Promise<void> => {
    while (!closed) {
      const before = asked
      const may = drain.breaker.ask(clock())
      if (may === 'none') return
      const jobs = await writeTogether(db, () => claim(may === 'one' ? [...URGENT, ...UPLOADS] : groups, may === 'one')).catch((cause: unknown) => {
        if (may === 'one') drain.breaker.giveBack()
        throw cause
      })
      if (jobs.length === 0) {
        if (may === 'one') drain.breaker.giveBack()
        if (asked === before) return
        continue
      }
      if (!(await takeInHand(jobs, may === 'one' ? 'at-once' : 'in-turn', may === 'one'))) return
    }
  }

  const startLane = (which: 'urgent' | 'uploads'): void => {
    lanes[which] += 1
    runLane(which === 'urgent' ? URGENT : UPLOADS)
      .catch((cause: unknown) => {
        if (!failing) house.log.error({ err: cause }, 'outbox run failed')
        failing = true
      })
      .finally(() => {
        lanes[which] -= 1
        if (lanes.urgent + lanes.uploads > 0) return
        scheduleNext()
        idle?.resolve()
        idle = null
      })
  }
  const fill = (): void => {
    if (closed) return
    asked += 1
    while (lanes.urgent < URGENT_LANES) startLane('urgent')
    while (lanes.uploads < house.profile.limits.inFlight * AHEAD) startLane('uploads')
  }

  const schedule = (afterMs: number): void => {
    if (closed || options.runEveryMs === null) return
    clearTimeout(timer)
    timer = setTimeout(() => { void runAll() }, afterMs)
    timer.unref()
  }
  /** When the next job becomes due, the rate allows the next one, or the platform is to be tried. What is due and was not claimed waits for another job, not for time. */
  const scheduleNext = (): void => {
    if (closed || options.runEveryMs === null) return
    if (failing) return schedule(options.runEveryMs)
    const now = clock()
    try {
      const due = nextDueAt(db, now)
      const { nextTryAt } = drain.breaker.report()
      const rates = [...URGENT, ...UPLOADS].flat().map((kind) => drain.waitMs(kind, now)).filter((ms) => ms > 0)
      // A platform that may be tried already, and was not: nothing waits for it.
      const waits = nextTryAt === null ? [...(due === null ? [] : [due - now]), ...rates] : nextTryAt > now ? [nextTryAt - now] : []
      schedule(Math.min(options.runEveryMs, ...waits.map((ms) => Math.max(ms, 20))))
    } catch (cause) {
      house.log.error({ err: cause }, 'outbox could not look for work')
      schedule(options.runEveryMs)
    }
  }
  const runAll = async (hurry?: 'hurry'): Promise<void> => {
    if (closed) return
    if (hurry !== undefined) drain.breaker.hurry(clock())
    if (idle === null) {
      let resolve = (): void => {}
      const promise = new Promise<void>((done) => { resolve = done })
      idle = { promise, resolve }
    }
    const { promise } = idle
    failing = false
    try {
      adoptOrphans(house)
      inTransaction(db, () => recoverJobs(db, clock(), new Set(inHand.keys())))
    } catch (cause) {
      house.log.error({ err: cause }, 'outbox run failed')
      failing = true
    }
    fill()
    await promise
  }
  if (options.runEveryMs !== null) schedule(50)
  return {
    run: runAll,
    // A person waits: nothing of it waits for rates, other sales or better times.
    runSale: async (saleId) => {
      adoptOrphans(house)
      await Promise.all([...inHand.values()].filter((job) => job.saleId === saleId).map((job) => job.ended))
      while (!closed) {
        const job = inTransaction(db, () => claimJob(db, { kinds: [], now: clock(), saleId }))
        if (job === null || !(await takeInHand([job], 'at-once'))) return
      }
    },
    wake: () => schedule(20),
    lineIsBack: () => {
      platformIsThere()
      inTransaction(db, () => wakeJobs(db, clock()))
      schedule(20)
    },
    doneCount: () => done,
    close: async () => {
      closed = true
      clearTimeout(timer)
      await idle?.promise
      await Promise.all([...inHand.values()].map((job) => job.ended))
    },
  }
}
