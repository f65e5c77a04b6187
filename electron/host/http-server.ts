import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Channel } from '../contract/index.ts'
import type { Connection } from '../core/rpc/connection.ts'
import type { Access } from './access.ts'
import type { StaticFile } from './static-files.ts'
import { webSocketChannel } from './websocket-channel.ts'

/** Nothing from anywhere but this server; no inline script or style. `connect-src 'self'` is the WebSocket. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "media-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
} as const

/** One million characters of the contract, each at most three bytes in UTF-8 as JSON sends them. */
const MAX_PAYLOAD_BYTES = 3_100_000
const MAX_WINDOWS = 16

export interface HttpServer {
  readonly port: number
  readonly close: () => Promise<void>
}

export interface HttpServerOptions {
  readonly port: number
  readonly files: ReadonlyMap<string, StaticFile>
  readonly access: Access
  readonly serve: (channel: Channel, connection: Connection) => void
}

/** 127.0.0.1 only. Host is checked against DNS rebinding, Origin against other pages of this browser, the token against other users of this machine. */
export const startHttpServer = async (options: HttpServerOptions): Promise<HttpServer> => {
  const { files, access, serve } = options
  let port = 0
  const hosts = (): readonly string[] => [`127.0.0.1:${port}`, `localhost:${port}`]
  const cookieName = (): string => `yaogui-${port}`

  const isOurHost = (request: IncomingMessage): boolean => hosts().includes(request.headers.host ?? '')
  /** Absent is allowed where a browser leaves it out (a plain GET of its own page). */
  const isOurOrigin = ({ headers }: IncomingMessage, mayBeAbsent: boolean): boolean =>
    headers.origin === undefined ? mayBeAbsent && (headers['sec-fetch-site'] ?? 'none') !== 'cross-site' && headers['sec-fetch-site'] !== 'same-site' : headers.origin === `http://${headers.host ?? ''}`
  const cookieOf = (request: IncomingMessage): string | null => {
    for (const part of (request.headers.cookie ?? '').split(';')) {
      const [name, value] = part.trim().split('=', 2)
      if (name === cookieName() && value !== undefined) return value
    }
    return null
  }

  const end = (response: ServerResponse, status: number, headers: Record<string, string> = {}, body?: Buffer | string): void => {
    response.writeHead(status, { ...HEADERS, 'cache-control': 'no-store', ...headers })
    response.end(body)
  }

  /** The token comes in a header, so it stands in no address, log or history. Without one: whether this window is known. */
  const openSession = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.headers.authorization === undefined) return end(response, access.knows(cookieOf(request)) ? 204 : 401)
    const token = /^Bearer ([\w-]{1,100})$/.exec(request.headers.authorization)?.[1]
    const windowSecret = token === undefined ? null : access.exchange(token)
    if (windowSecret === null) return end(response, 401)
    end(response, 204, { 'set-cookie': `${cookieName()}=${windowSecret}; Path=/; HttpOnly; SameSite=Strict` })
  }

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (!isOurHost(request) || !isOurOrigin(request, true)) return end(response, 403)
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405, { allow: 'GET, HEAD' })
    const address = (request.url ?? '/').split('?', 1)[0] ?? '/'
    if (address === '/session') return openSession(request, response)
    const file = files.get(address)
    if (file === undefined) return end(response, 404)
    const bytes = file.bytes()
    end(response, 200, { 'content-type': file.type, 'content-length': String(bytes.length), 'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache' }, request.method === 'HEAD' ? undefined : bytes)
  }

  const http: Server = createServer({ maxHeaderSize: 8192, requestTimeout: 10_000 }, (request, response) => {
    try {
      answer(request, response)
    } catch {
      if (!response.headersSent) end(response, 500)
      else response.destroy()
    }
  })
  const webSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES, perMessageDeflate: false, clientTracking: true })

  const refuse = (socket: Duplex, status: string): void => {
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  }
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    if (!isOurHost(request) || !isOurOrigin(request, false)) return refuse(socket, '403 Forbidden')
    if (request.url !== '/core') return refuse(socket, '404 Not Found')
    if (webSockets.clients.size >= MAX_WINDOWS) return refuse(socket, '503 Service Unavailable')
    const window = access.enter(cookieOf(request))
    if (window === null) return refuse(socket, '401 Unauthorized')
    socket.on('close', window.leave)
    webSockets.handleUpgrade(request, socket, head, webSocket => serve(webSocketChannel(webSocket), window.connection))
  })

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(options.port, '127.0.0.1', resolve)
  })
  port = (http.address() as AddressInfo).port
  return {
    port,
    close: () => new Promise(resolve => {
      http.close(() => resolve())
      for (const client of webSockets.clients) client.terminate()
      http.closeAllConnections()
    }),
  }
}
