import { Pool, buildConnector } from 'undici'
import type { Dispatcher } from 'undici'
import type { Exchange } from './exchange.ts'
import { openAnswer, underAddress } from './exchange.ts'
import type { FileExchanges } from './gateway-files.ts'
import { createFileExchanges } from './gateway-files.ts'
import type { RegionProfile } from './profile.ts'
import type { Address, Transport } from './transport.ts'

export type { Exchange } from './exchange.ts'

export interface Gateway extends FileExchanges {
  readonly send: (infno: string, body: Uint8Array) => Promise<Exchange>
  readonly close: () => Promise<void>
}

const errorCode = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : error instanceof Error ? error.name : 'unknown')

class TooLarge extends Error {}

/** The way to the gateway of one province: kept-alive connections, deadlines, size limits. How a call is addressed and sealed is its transport's. */
export const createGateway = (options: { readonly profile: RegionProfile; readonly transport: Transport; readonly clock: () => number }): Gateway => {
  const { profile, transport, clock } = options
  const { timeouts } = profile
  const { keepAliveMs, privateCa } = profile.transport
  const connector = buildConnector({ timeout: timeouts.connectMs, ...(privateCa === null ? {} : { ca: privateCa }) })
  // Only the connector knows for certain that not one byte of a request has left.
  const neverConnected = new WeakSet<Error>()
  const pool = new Pool(transport.origin, {
    // No upper limit: a call that waited for a free connection would run into its time-out unsent, and count as unknown.
    connections: null,
    pipelining: 1,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    connect: (target, done) => connector(target, (...outcome) => {
      const [error] = outcome
      if (error !== null) neverConnected.add(error)
      done(...outcome)
    }),
  })
  let closed = false

  const readBody = async (body: Dispatcher.ResponseData['body'], chunks: Uint8Array[]): Promise<void> => {
    let size = 0
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > profile.answers.maxBytes) throw new TooLarge()
      chunks.push(chunk)
    }
  }

  const sendTo = async ({ path, headers }: Address, sentAt: number, infno: string, body: Uint8Array): Promise<Exchange> => {
    const limit = timeouts.perTransaction[infno] ?? timeouts.defaultMs
    const sealed = transport.seal(body)
    const chunks: Uint8Array[] = []
    const started = performance.now()
    const deadline = AbortSignal.timeout(limit)
    try {
      const response = await pool.request({
        method: 'POST', path, body: sealed, signal: deadline, headersTimeout: limit, bodyTimeout: limit,
        headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json', ...headers },
      })
      await readBody(response.body, chunks)
      const date = Date.parse(String(response.headers['date'] ?? ''))
      return {
        kind: 'answer', status: response.statusCode, ...openAnswer(transport, Buffer.concat(chunks)), latencyMs: Math.round(performance.now() - started), sentAt, receivedAt: clock(),
        serverDate: Number.isNaN(date) ? null : date,
      }
    } catch (error) {
      if (error instanceof Error && neverConnected.has(error)) return { kind: 'not-connected', reason: errorCode(error) }
      const bytes = chunks.length === 0 ? null : Buffer.concat(chunks)
      if (error instanceof TooLarge) return { kind: 'no-answer', reason: 'too-large', bytes: null }
      const late = deadline.aborted || errorCode(error) === 'UND_ERR_HEADERS_TIMEOUT' || errorCode(error) === 'UND_ERR_BODY_TIMEOUT'
      return { kind: 'no-answer', reason: late ? 'timeout' : 'broken', bytes }
    }
  }

  return {
    send: async (infno, body) => (closed ? { kind: 'not-connected', reason: 'closed' } : underAddress(transport, infno, clock, (address, sentAt) => sendTo(address, sentAt, infno, body))),
    ...createFileExchanges({ profile, transport, pool, clock, neverConnected: (error) => neverConnected.has(error) }),
    close: async () => {
      closed = true
      // What is under way ends as unknown: the stored intent brings it back at the next start.
      await Promise.all([pool.destroy(), transport.close()])
    },
  }
}
