import type { Breaker, ErrorCode, ErrorDetail, OutboxKind } from '../../contract/index.ts'
import type { House } from '../house.ts'
import type { Outcome } from '../platform/client.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import { createCircuitBreaker } from './circuit-breaker.ts'
import type { TokenBucket } from './token-bucket.ts'
import { createTokenBucket } from './token-bucket.ts'
import type { WireSlots } from './wire-slots.ts'
import { createWireSlots } from './wire-slots.ts'

const INFNO: Record<OutboxKind, string> = { 'reverse-settlement': '2601', 'cancel-settlement': '2103', 'upload-sale': '3505', 'upload-return': '3506', 'claim-feedback': '3103' }

/** The line's failures, not the platform's answers. */
const OF_THE_LINE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['platform.offline', 'platform.timeout', 'platform.gateway', 'platform.clock-skew', 'platform.unexpected-answer'])
/** How the line failed; null: it did not. A sign-in that got no answer failed by the line too. */
export const failureOfTheLine = ({ code, detail }: { readonly code: ErrorCode; readonly detail: ErrorDetail }): ErrorCode | null => {
  const why = code === 'platform.sign-in-failed' ? (detail['reason'] as ErrorCode) : code
  return OF_THE_LINE.has(why) ? why : null
}

const REST_MS = 25
const STEP_MS = 10_000
const STEPS = 30

/** How fast rows go: of the last five minutes. */
const createPace = () => {
  const steps = new Map<number, number>()
  return {
    note: (now: number): void => {
      const step = Math.floor(now / STEP_MS)
      steps.set(step, (steps.get(step) ?? 0) + 1)
      for (const old of steps.keys()) if (old <= step - STEPS || old > step) steps.delete(old)
    },
    perHour: (now: number): number | null => {
      const step = Math.floor(now / STEP_MS)
      const recent = [...steps].filter(([at]) => at > step - STEPS && at <= step)
      if (recent.length === 0) return null
      const elapsed = Math.max(STEP_MS, now - Math.min(...recent.map(([at]) => at)) * STEP_MS)
      return Math.round((recent.reduce((sum, [, count]) => sum + count, 0) / elapsed) * 3_600_000)
    },
  }
}

export interface DrainReport { readonly perHour: number | null; readonly breaker: Breaker }

/** What a house knows of its way to the platform while it uploads: kept in memory, made anew at a start. */
export interface Drain {
  readonly breaker: CircuitBreaker
  readonly slots: WireSlots
  /** Takes one message of this kind; false: the province's rate does not allow it yet. */
  readonly take: (kind: OutboxKind, now: number) => boolean
  readonly waitMs: (kind: OutboxKind, now: number) => number
  readonly noteDone: (now: number) => void
  readonly report: (now: number) => DrainReport
}

const drains = new WeakMap<House, Drain>()

/** `random`: of the first caller, who is the outbox. */
export const drainOf = (house: House, random: () => number = Math.random): Drain => {
  const known = drains.get(house)
  if (known !== undefined) return known
  const { limits } = house.profile
  const buckets = new Map<string, TokenBucket>(Object.entries(limits.rates).map(([infno, rate]) => [infno, createTokenBucket(rate)]))
  const bucketOf = (kind: OutboxKind): TokenBucket | undefined => buckets.get(kind === 'upload-sale' && limits.batchRows > 1 ? '3505A' : INFNO[kind])
  const breaker = createCircuitBreaker(limits.breaker, random)
  const pace = createPace()
  const drain: Drain = {
    breaker,
    slots: createWireSlots(limits.inFlight),
    take: (kind, now) => bucketOf(kind)?.take(now) ?? true,
    waitMs: (kind, now) => bucketOf(kind)?.waitMs(now) ?? 0,
    noteDone: pace.note,
    report: (now) => ({ perHour: pace.perHour(now), breaker: breaker.report() }),
  }
  drains.set(house, drain)
  return drain
}

/** In whose turn a message goes: with the others, or because it is to find out whether anybody is there, or a person waits. */
export type Turn = 'in-turn' | 'at-once'

/** Sends one stored message when it is its turn. While it waited, the platform may have stopped answering: then it is not sent. */
export const sendInTurn = async <T>(house: House, turn: Turn, send: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
  if (turn === 'at-once') return send()
  const { slots, breaker } = drainOf(house)
  const leave = await slots.enter()
  if (breaker.report().state !== 'closed') {
    leave()
    return { kind: 'not-sent', code: 'platform.offline', detail: { reason: 'left-alone' } }
  }
  let failed = true
  try {
    const outcome = await send()
    failed = outcome.kind !== 'answered' && failureOfTheLine(outcome) !== null
    return outcome
  } finally {
    // What failed is written down and counted before the next goes the same way.
    if (failed) setTimeout(leave, REST_MS)
    else leave()
  }
}
