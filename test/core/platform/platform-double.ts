import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { PlatformConnection } from '../../../electron/core/platform/create-client.ts'
import { createPlatformClient } from '../../../electron/core/platform/create-client.ts'
import { loadProfile, shippedProfileFile, withEndpoint } from '../../../electron/core/platform/profile-file.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import type { WritableDb } from '../../../electron/core/db/database.ts'
import { NINE_OCLOCK, emptyDatabase } from '../../support/database.ts'

export interface Heard {
  readonly infno: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  // The envelope as a province sees it; tests look into it freely.
  readonly envelope: Record<string, any>
}
export interface Double {
  readonly url: string
  readonly heard: Heard[]
  /** What the next calls get; 9001 is answered by itself unless `signIn` says otherwise. */
  respond: (heard: Heard, response: ServerResponse) => void
  signIn: ((heard: Heard, response: ServerResponse) => void) | null
}

export const ok = (output: unknown, more: Record<string, unknown> = {}) => (_heard: Heard, response: ServerResponse): void => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ infcode: 0, inf_refmsgid: '430000002611210900000000000001', refmsg_time: '20261121090000000', respond_time: '20261121090000010', err_msg: '', output, ...more }))
}
export const refuse = (message: string, infcode: unknown = -1) => (_heard: Heard, response: ServerResponse): void => {
  response.end(JSON.stringify({ infcode, inf_refmsgid: null, refmsg_time: null, respond_time: null, err_msg: message, output: null }))
}
export const say = (status: number, text: string | Uint8Array) => (_heard: Heard, response: ServerResponse): void => {
  response.statusCode = status
  response.end(text)
}

/** A bare HTTP server that answers what a test wants, however wrong. Knows nothing of the client's code. */
export const startDouble = async (): Promise<Double> => {
  const heard: Heard[] = []
  const sockets = new Set<Socket>()
  const double: Double = { url: '', heard, respond: ok(null), signIn: null }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const envelope = text === '' ? {} : JSON.parse(text)
      const call: Heard = { infno: String(envelope.infno ?? request.url), headers: request.headers, text, envelope }
      heard.push(call)
      if (call.infno === '9001') (double.signIn ?? ok({ signinoutb: { sign_no: '359754', sign_time: '2026-11-21 09:00:00' } }))(call, response)
      else double.respond(call, response)
    })
  })
  server.on('connection', (socket) => { sockets.add(socket); socket.on('close', () => sockets.delete(socket)) })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return Object.assign(double, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/csb` })
}

export const practiceProfile = (): RegionProfile => loadProfile(shippedProfileFile('practice'))

export interface Till { readonly client: PlatformConnection; readonly db: WritableDb; readonly profile: RegionProfile; readonly log: () => string; readonly clock: { now: number } }

/** A client with a real database and a log that can be read back. */
export const openTill = (url: string, change: (profile: RegionProfile) => RegionProfile = (profile) => profile, db?: WritableDb): Till => {
  const clock = { now: NINE_OCLOCK }
  const lines: string[] = []
  const profile = change(withEndpoint(practiceProfile(), { url, localServiceUrl: null }))
  const database = db ?? emptyDatabase(() => clock.now)
  const client = createPlatformClient({
    profile, db: database, clock: () => clock.now, secrets: {}, environment: {}, device: { mac: '02:00:00:00:00:01', ip: '192.0.2.1' },
    log: pino({ level: 'trace' }, { write: (line: string) => { lines.push(line) } }),
  })
  onTestFinished(async () => {
    await client.close()
  })
  return { client, db: database, profile, log: () => lines.join(''), clock }
}
