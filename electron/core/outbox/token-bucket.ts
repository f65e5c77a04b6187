export interface Rate { readonly perSecond: number; readonly burst: number }

export interface TokenBucket {
  /** False: not yet. */
  readonly take: (now: number) => boolean
  /** How long until the next one, ms; 0 = now. */
  readonly waitMs: (now: number) => number
}

/** At most so many in a second, after a rest so many at once. A clock set back neither gives nor takes. */
export const createTokenBucket = ({ perSecond, burst }: Rate): TokenBucket => {
  let tokens = burst
  let at: number | null = null
  const refill = (now: number): void => {
    if (at !== null && now > at) tokens = Math.min(burst, tokens + ((now - at) / 1000) * perSecond)
    at = now
  }
  return {
    take: (now) => {
      refill(now)
      // A sum of fractions may end a hair below one.
      if (tokens < 1 - 1e-9) return false
      tokens -= 1
      return true
    },
    waitMs: (now) => {
      refill(now)
      return tokens >= 1 - 1e-9 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000)
    },
  }
}
