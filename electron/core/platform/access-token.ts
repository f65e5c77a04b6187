/** Why no token could be had: the call it was for has certainly not left. */
export class NoToken extends Error {
  readonly reason: 'not-connected' | 'refused'
  readonly code: string
  readonly words: string
  constructor(reason: NoToken['reason'], code: string, words: string) {
    super(`no token: ${reason} ${code}`)
    this.name = 'NoToken'
    this.reason = reason
    this.code = code
    this.words = words
  }
}

export interface FetchedToken { readonly token: string; readonly lifetimeSeconds: number }

export interface AccessTokens {
  /** A token that is believed good; fetched when there is none. Parallel calls share one fetch. Throws NoToken. */
  readonly current: () => Promise<string>
  /** The gateway no longer takes this one. A token fetched since stays: each is thrown away once, however many calls it failed. */
  readonly drop: (token: string) => void
}

export const createAccessTokens = (options: { readonly fetchToken: () => Promise<FetchedToken>; readonly clock: () => number; readonly renewBeforeSeconds: number }): AccessTokens => {
  const { fetchToken, clock, renewBeforeSeconds } = options
  let held: { readonly token: string; readonly from: number; readonly until: number } | null = null
  let fetching: Promise<string> | null = null

  const fetchNow = async (): Promise<string> => {
    const from = clock()
    const { token, lifetimeSeconds } = await fetchToken()
    // A life shorter than the margin: used once, for half of it.
    const lasts = lifetimeSeconds > renewBeforeSeconds ? lifetimeSeconds - renewBeforeSeconds : lifetimeSeconds / 2
    held = { token, from, until: from + lasts * 1000 }
    return token
  }

  return {
    current: async () => {
      const now = clock()
      // A clock that was set back makes no token younger.
      if (held !== null && now >= held.from && now < held.until) return held.token
      fetching ??= fetchNow().finally(() => { fetching = null })
      return fetching
    },
    drop: (token) => {
      if (held?.token === token) held = null
    },
  }
}
