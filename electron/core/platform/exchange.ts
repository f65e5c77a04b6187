import { NoToken } from './access-token.ts'
import { SealBroken } from './sealing.ts'
import type { Address, Transport } from './transport.ts'

/** What became of one HTTP exchange; what an answer means is envelope.ts. */
export type Exchange =
  /** `bytes` as opened by the transport; where that was impossible, as they came, and `broken` says why. */
  | {
    readonly kind: 'answer'; readonly status: number; readonly bytes: Uint8Array; readonly broken?: SealBroken['why']
    readonly latencyMs: number; readonly sentAt: number; readonly receivedAt: number; readonly serverDate: number | null
  }
  /** No connection was made: the request surely never left. */
  | { readonly kind: 'not-connected'; readonly reason: string }
  /** No token was given: the request never left. `message`: the words of whoever refused it. */
  | { readonly kind: 'not-admitted'; readonly reason: string; readonly message: string }
  /** Sent, wholly or in part; no whole answer came. `bytes`: what did come. */
  | { readonly kind: 'no-answer'; readonly reason: 'timeout' | 'broken' | 'too-large'; readonly bytes: Uint8Array | null }

/** An answer's bytes as they are read from now on. */
export const openAnswer = (transport: Transport, bytes: Uint8Array): { readonly bytes: Uint8Array; readonly broken?: SealBroken['why'] } => {
  try {
    return { bytes: transport.open(bytes) }
  } catch (error) {
    if (error instanceof SealBroken) return { bytes, broken: error.why }
    throw error
  }
}

/** One call under its address. A token that the gateway refuses is replaced once and the same message sent again: such a refusal never reached the platform. */
export const underAddress = async <T extends { readonly kind: string }>(
  transport: Transport, infno: string, clock: () => number, send: (address: Address, sentAt: number) => Promise<Exchange | T>,
): Promise<Exchange | T> => {
  try {
    for (let attempt = 1; ; attempt += 1) {
      const sentAt = clock()
      const address = await transport.address(infno, sentAt)
      const exchange = await send(address, sentAt)
      const again = attempt === 1 && exchange.kind === 'answer' && 'bytes' in exchange && transport.refusesToken(address, exchange.status, exchange.bytes)
      if (!again) return exchange
    }
  } catch (error) {
    if (!(error instanceof NoToken)) throw error
    return error.reason === 'not-connected' ? { kind: 'not-connected', reason: error.code } : { kind: 'not-admitted', reason: error.code, message: error.words }
  }
}
