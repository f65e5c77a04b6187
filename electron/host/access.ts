import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Connection } from '../core/rpc/connection.ts'
import { newConnection } from '../core/rpc/connection.ts'

const secret = (): string => randomBytes(24).toString('base64url')
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

interface Window { readonly connection: Connection; channels: number; goodbye: NodeJS.Timeout | null }

export interface Access {
  /** The token that lets the next window in. */
  readonly token: () => string
  /** Uses the token up and gives the window's own secret; null when it is not the token. */
  readonly exchange: (token: string) => string | null
  readonly knows: (windowSecret: string | null) => boolean
  /** A window comes (again): its connection, still signed in if it was here within the grace time, and what to call when its line closes. */
  readonly enter: (windowSecret: string | null) => { readonly connection: Connection; readonly leave: () => void } | null
}

/** Who may talk to core: a one-time token from the terminal becomes a secret that only one browser has. `onNewToken`: each was used up. */
export const createAccess = (options: { readonly graceMs: number; readonly onNewToken: (token: string) => void }): Access => {
  let token = secret()
  const windows = new Map<string, Window>()
  /** By digest: how long the search takes says nothing about a secret. */
  const find = (windowSecret: string | null): Window | undefined => (windowSecret === null ? undefined : windows.get(digest(windowSecret).toString('hex')))
  return {
    token: () => token,
    exchange: given => {
      if (!timingSafeEqual(digest(given), digest(token))) return null
      token = secret()
      options.onNewToken(token)
      const windowSecret = secret()
      windows.set(digest(windowSecret).toString('hex'), { connection: newConnection(), channels: 0, goodbye: null })
      return windowSecret
    },
    knows: windowSecret => find(windowSecret) !== undefined,
    enter: windowSecret => {
      const window = find(windowSecret)
      if (window === undefined) return null
      window.channels++
      if (window.goodbye !== null) clearTimeout(window.goodbye)
      let inside = true
      return {
        connection: window.connection,
        leave: () => {
          if (!inside) return
          inside = false
          if (--window.channels > 0) return
          // A reload comes back at once; a window that was closed must not leave somebody signed in.
          window.goodbye = setTimeout(() => window.connection.setCaller(null), options.graceMs)
          window.goodbye.unref()
        },
      }
    },
  }
}
