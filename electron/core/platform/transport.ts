import { randomUUID } from 'node:crypto'
import { Agent } from 'undici'
import { AppError } from '../../contract/errors.ts'
import { createAccessTokens } from './access-token.ts'
import { csbHeaders } from './csb-signature.ts'
import { readAnswer } from './envelope.ts'
import { signPlain } from './plain-signature.ts'
import type { KeyReference, RegionProfile } from './profile.ts'
import { createSealing } from './sealing.ts'
import { createSm2Signer } from './sm-algorithms.ts'
import { tifHeaders } from './tif-signature.ts'
import { fetchToken } from './token-call.ts'

export interface Address { readonly path: string; readonly headers: Readonly<Record<string, string>> }

/** How one province wants a call addressed, signed and sealed. The bytes that are stored before sending are the plain envelope; sealing happens on the way out and opening on the way in. */
export interface Transport {
  readonly origin: string
  /** Path and headers of one call; a token may have to be fetched first. `at` in epoch ms. Throws NoToken: the call has certainly not left. */
  readonly address: (infno: string, at: number) => Promise<Address>
  /** The body as it travels. */
  readonly seal: (body: Uint8Array) => Uint8Array
  /** An answer as it arrived → the envelope's bytes. Throws SealBroken: the outcome is open then. */
  readonly open: (bytes: Uint8Array) => Uint8Array
  /** Whether an answer to a call sent so says that its token is not taken: that token is dropped then, nothing reached the platform, and the call may be sent again once. */
  readonly refusesToken: (address: Address, status: number, bytes: Uint8Array) => boolean
  readonly close: () => Promise<void>
}

export interface TransportParts {
  readonly keyOf: (reference: KeyReference) => string
  readonly clock: () => number
  /** What must never be logged from now on. */
  readonly hide: (secret: string) => void
}

const never = (): boolean => false
const nothing = async (): Promise<void> => {}
const pathOf = (url: URL): string => url.pathname + url.search
const stamp = (at: number, unit: 'ms' | 's'): string => String(unit === 's' ? Math.floor(at / 1000) : at)

const oauthTransport = (profile: RegionProfile, transport: Extract<RegionProfile['transport'], { kind: 'oauth' }>, parts: TransportParts): Pick<Transport, 'address' | 'refusesToken' | 'close'> => {
  const { token, privateCa } = transport
  const agent = new Agent({ connect: { timeout: profile.timeouts.connectMs, ...(privateCa === null ? {} : { ca: privateCa }) } })
  const url = new URL(transport.url)
  const [clientId, clientSecret] = [parts.keyOf(token.clientId), parts.keyOf(token.clientSecret)]
  const tokens = createAccessTokens({
    clock: parts.clock, renewBeforeSeconds: token.renewBeforeSeconds,
    fetchToken: async () => {
      const fetched = await fetchToken({
        dispatcher: agent, url: new URL(token.url), clientId, clientSecret, send: token.send, usualSeconds: token.lifetimeSeconds, timeoutMs: profile.timeouts.defaultMs,
      })
      parts.hide(fetched.token)
      return fetched
    },
  })
  const refused = new Set(transport.tokenRefusedCodes)
  return {
    address: async () => ({ path: pathOf(url), headers: { authorization: `Bearer ${await tokens.current()}` } }),
    refusesToken: ({ headers }, status, bytes) => {
      const answer = readAnswer(bytes)
      const code = answer.kind === 'gateway' ? answer.code : answer.kind === 'unreadable' ? String(status) : null
      if (code === null || !refused.has(code)) return false
      tokens.drop((headers['authorization'] ?? '').slice('Bearer '.length))
      return true
    },
    close: () => agent.destroy(),
  }
}

/** platform.md §1. Error profile.invalid when a key is missing or is none. */
export const createTransport = (profile: RegionProfile, parts: TransportParts): Transport => {
  const { transport } = profile
  const { keyOf } = parts
  const url = new URL(transport.url)
  try {
    const shared = { origin: url.origin, refusesToken: never, close: nothing, ...createSealing(profile.sealing, keyOf) }
    switch (transport.kind) {
      case 'csb': {
        const keys = { accessKey: keyOf(transport.accessKey), secretKey: keyOf(transport.secretKey) }
        return { ...shared, address: async (infno, at) => ({ path: pathOf(url), headers: csbHeaders(infno, transport.apiVersion, stamp(at, transport.timestampUnit), keys) }) }
      }
      case 'tif': {
        const keys = { paasId: keyOf(transport.paasId), secretKey: keyOf(transport.secretKey) }
        const pathFor = (infno: string): string => (transport.address === 'one-path' ? pathOf(url) : `${url.pathname.replace(/\/$/, '')}/${infno}${url.search}`)
        return { ...shared, address: async (infno, at) => ({ path: pathFor(infno), headers: tifHeaders(stamp(at, transport.timestampUnit), randomUUID().replaceAll('-', ''), keys, transport.hexCase) }) }
      }
      case 'oauth':
        return { ...shared, ...oauthTransport(profile, transport, parts) }
      case 'plain': {
        const sign = createSm2Signer({ privateKey: keyOf(transport.privateKey), userId: transport.userId, form: transport.signature })
        return { ...shared, address: async () => ({ path: pathOf(url), headers: {} }), seal: (body) => signPlain(body, sign) }
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new AppError('profile.invalid', `a key of the profile is unusable: ${error.message}`, { problem: error.message }, error)
  }
}
