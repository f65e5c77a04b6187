import type { Instant } from '../../contract/index.ts'
import type { LineReport } from './client.ts'

export interface LineMonitor {
  readonly report: () => LineReport
  readonly onChange: (listener: (line: LineReport) => void) => void
  /** Somebody over there answered, with whatever. */
  readonly answered: (latencyMs: number, clockSkewMs: number | null) => void
  readonly notConnected: () => void
  readonly noAnswer: () => void
}

/** One lost answer is a lost answer; two in a row are a line that is down. A connection that cannot be made is down at once. */
const LOST_ANSWERS = 2

export const createLineMonitor = (clock: () => number): LineMonitor => {
  let line: LineReport = { state: 'unknown', since: clock() as Instant, latencyMs: null, clockSkewMs: null }
  let lost = 0
  const listeners: ((line: LineReport) => void)[] = []
  const become = (state: LineReport['state'], measured: Partial<LineReport>): void => {
    const changed = state !== line.state
    line = { ...line, ...measured, state, since: changed ? (clock() as Instant) : line.since }
    if (changed) for (const listener of listeners) listener(line)
  }
  return {
    report: () => line,
    onChange: (listener) => { listeners.push(listener) },
    answered: (latencyMs, clockSkewMs) => {
      lost = 0
      become('online', clockSkewMs === null ? { latencyMs } : { latencyMs, clockSkewMs })
    },
    notConnected: () => become('offline', { latencyMs: null }),
    noAnswer: () => {
      lost += 1
      if (lost >= LOST_ANSWERS) become('offline', { latencyMs: null })
    },
  }
}
