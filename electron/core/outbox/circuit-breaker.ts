import type { Breaker, ErrorCode, Instant } from '../../contract/index.ts'

export interface BreakerLimits { readonly opensAfter: number; readonly firstTryAfterMs: number; readonly longestPauseMs: number }

export interface CircuitBreaker {
  /** What may be sent now: anything · one message that tries whether the platform is back (the caller has it from now on) · nothing. */
  readonly ask: (now: number) => 'all' | 'one' | 'none'
  /** The message that was to try was not sent after all: nothing is due. */
  readonly giveBack: () => void
  /** Somebody over there answered, with whatever. True: it was open until now. */
  readonly answered: () => boolean
  /** `tried`: it was the one message that was to try. Those that were on their way when it opened say nothing new. */
  readonly failed: (now: number, code: ErrorCode, tried: boolean) => void
  /** A person wants it tried now. */
  readonly hurry: (now: number) => void
  readonly report: () => Breaker
}

/** Closed until so many failures of the line in a row; open, with pauses that double; one message at a time finds out; closed by the first answer of any kind. `random` spares a platform that comes back from all tills at once. */
export const createCircuitBreaker = ({ opensAfter, firstTryAfterMs, longestPauseMs }: BreakerLimits, random: () => number): CircuitBreaker => {
  let failures = 0
  let pauses = 0
  let open: { readonly since: number; nextTryAt: number } | null = null
  let trying = false
  let code: ErrorCode | null = null
  const pauseMs = (): number => Math.round(Math.min(longestPauseMs, firstTryAfterMs * 2 ** Math.min(pauses, 20)) * (1 - random() / 4))
  return {
    ask: (now) => {
      if (open === null) return 'all'
      if (trying) return 'none'
      // A clock that was set back does not lengthen the pause.
      if (now < open.nextTryAt && open.nextTryAt - now <= longestPauseMs) return 'none'
      trying = true
      return 'one'
    },
    giveBack: () => { trying = false },
    answered: () => {
      const was = open !== null
      failures = 0
      pauses = 0
      open = null
      trying = false
      code = null
      return was
    },
    failed: (now, why, tried) => {
      code = why
      failures += 1
      if (open === null) {
        if (failures < opensAfter) return
        open = { since: now, nextTryAt: now + pauseMs() }
        return
      }
      if (!tried) return
      trying = false
      pauses += 1
      open.nextTryAt = now + pauseMs()
    },
    hurry: (now) => { if (open !== null) open.nextTryAt = now },
    report: () => ({ state: open === null ? 'closed' : trying ? 'trying' : 'open', since: (open?.since ?? null) as Instant | null, nextTryAt: (open?.nextTryAt ?? null) as Instant | null, code: open === null ? null : code }),
  }
}
