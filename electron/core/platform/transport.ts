import { AppError } from '../../contract/errors.ts'
import type { KeyReference, RegionProfile } from './profile.ts'
import { csbHeaders } from './csb-signature.ts'

/** How one province wants a call addressed, signed and sealed. The bytes that are stored before sending are the plain envelope; sealing happens on the way out and opening on the way in. */
export interface Transport {
  readonly origin: string
  /** Path and headers of one call; a token may have to be fetched first. `at` in epoch ms. Errors: none; what goes wrong on the way is the exchange's. */
  readonly address: (infno: string, at: number) => Promise<{ readonly path: string; readonly headers: Readonly<Record<string, string>> }>
  /** The body as it travels. */
  readonly seal: (body: Uint8Array) => Uint8Array
  /** An answer as it arrived → the envelope's bytes. Throws SyntaxError when it cannot be opened: the outcome is open then. */
  readonly open: (bytes: Uint8Array) => Uint8Array
}

const plain = (bytes: Uint8Array): Uint8Array => bytes

export interface TransportParts { readonly keyOf: (reference: KeyReference) => string }

/** platform.md §1. Error profile.invalid when a key is missing. */
export const createTransport = ({ transport }: RegionProfile, { keyOf }: TransportParts): Transport => {
  const address = new URL(transport.url)
  switch (transport.kind) {
    case 'csb': {
      const keys = { accessKey: keyOf(transport.accessKey), secretKey: keyOf(transport.secretKey) }
      return {
        origin: address.origin,
        address: (infno, at) => Promise.resolve({ path: address.pathname + address.search, headers: csbHeaders(infno, transport.apiVersion, at, keys) }),
        seal: plain,
        open: plain,
      }
    }
    case 'tif':
    case 'oauth':
    case 'plain':
      throw new AppError('profile.invalid', `the transport ${transport.kind} is not there yet`, { problem: 'transport.kind' })
  }
}
