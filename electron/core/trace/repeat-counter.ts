import type { Instant } from '../../contract/index.ts'

/** Remembers how often a sold pack was scanned again. Lives as long as the till runs; a restart begins anew, which is softer, never harder. */
export interface RepeatCounter {
  /** This scan of a pack sold at `soldAt`, the first being 1. Sold anew is counted anew. */
  readonly count: (code: string, soldAt: Instant) => number
}

const MOST_CODES = 1000

export const createRepeatCounter = (): RepeatCounter => {
  const seen = new Map<string, { readonly soldAt: Instant; readonly times: number }>()
  return {
    count: (code, soldAt) => {
      const known = seen.get(code)
      const times = known?.soldAt === soldAt ? known.times + 1 : 1
      seen.delete(code)
      seen.set(code, { soldAt, times })
      const oldest = seen.keys().next()
      if (seen.size > MOST_CODES && oldest.done !== true) seen.delete(oldest.value)
      return times
    },
  }
}
