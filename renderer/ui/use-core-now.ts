import { useNow } from './use-now.ts'
import { useTillState } from './tools.ts'

/** Core's time by our clock: the till's own clock may be wrong. */
export const useCoreNow = (everyMs: number): number => useNow(everyMs) + useTillState((state) => state.clockAhead)
