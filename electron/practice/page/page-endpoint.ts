import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Controls } from '../control-endpoint.ts'
import { knowsKey, scenarioState } from '../control-endpoint.ts'
import { once } from '../once.ts'
import type { PassedLine } from '../passing.ts'
import { practicePeople } from '../people.ts'
import { timeText } from '../province-time.ts'
import { booksView } from './books-view.ts'
import { masked, maskedWords } from './mask.ts'
import { messageView } from './message-view.ts'

/** Nothing from anywhere but this server; nothing inline. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const HEADERS = { 'content-security-policy': CONTENT_SECURITY_POLICY, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' } as const

const FILES: Readonly<Record<string, readonly [string, string]>> = {
  '/ui': ['page.html', 'text/html; charset=utf-8'],
  '/ui/page.css': ['page.css', 'text/css; charset=utf-8'],
  '/ui/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/ui/words.js': ['words.js', 'text/javascript; charset=utf-8'],
}
const readStatic = once(() => new Map(Object.entries(FILES).map(([path, [file, type]]) => [path, { bytes: readFileSync(join(import.meta.dirname, 'static', file)), type }])))

/** A line of the list: nothing of the messages themselves. */
const lineOf = (line: PassedLine): PassedLine => ({ ...line, text: maskedWords(line.text) })

const labels = once(() => practicePeople().map(({ key, label }) => ({ key, label })))

/** Open pages, ended when the province is closed. */
const live = new WeakMap<Controls, Set<ServerResponse>>()
export const closePages = (controls: Controls): void => {
  for (const response of live.get(controls) ?? []) response.end()
}

const stream = (controls: Controls, response: ServerResponse): void => {
  const open = live.get(controls) ?? new Set()
  live.set(controls, open.add(response))
  response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream; charset=utf-8' })
  response.write(': open\n\n')
  const stop = controls.passing.watch((passed) => response.write(`event: passed\ndata: ${JSON.stringify(lineOf(passed))}\n\n`))
  const beat = setInterval(() => response.write(': still here\n\n'), 15_000)
  beat.unref()
  response.once('close', () => {
    clearInterval(beat)
    stop()
    open.delete(response)
  })
}

/** Everything a run left, for a bug report or a comparison: masked unless asked for. */
const runAsJson = (controls: Controls, personal: boolean): unknown => {
  const { province, passing, player, faults, clock } = controls
  const show = (value: unknown): unknown => (personal ? value : masked(value))
  return {
    exportedAt: timeText(clock.now()),
    scenario: player.playing()?.name ?? null,
    faults: faults.get(),
    personalValues: personal ? 'clear' : 'masked',
    messages: passing.list().map((line) => {
      const passed = passing.get(line.seq)
      return { ...(personal ? line : lineOf(line)), sent: show(passed?.sent ?? null), answered: show(passed?.answered ?? null) }
    }),
    books: booksView(province, personal),
  }
}

const data = (controls: Controls, path: string, asked: URLSearchParams): unknown => {
  const { province, passing } = controls
  const personal = asked.get('personal') === '1'
  switch (path) {
    case '/ui/data/state':
      return {
        ...(scenarioState(controls) as object),
        faults: controls.faults.get().rules?.length ?? 0,
        down: controls.isDown(),
        clock: { local: timeText(controls.clock.now()), kind: controls.clock.kind(), shiftMinutes: controls.player.clockMinutes() },
        people: labels(),
        institution: province.profile.institutions[0],
        transactions: [...province.tables.transactions].map(([infno, { name }]) => ({ infno, name })),
      }
    case '/ui/data/books':
      return booksView(province, personal)
    case '/ui/data/messages':
      return passing.list().toReversed().map(lineOf)
    case '/ui/data/run':
      return runAsJson(controls, personal)
    case '/ui/data/message': {
      const passed = passing.get(Number(asked.get('seq')))
      if (passed === undefined) return null
      const { sent: _sent, answered: _answered, ...line } = passed
      return { ...(personal ? line : lineOf(line)), ...messageView(province.tables, passed, personal) }
    }
    default:
      return undefined
  }
}

const ours = (request: IncomingMessage): boolean => {
  // A name that points at this machine from a foreign page (DNS rebinding) is no name of ours.
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host) || host === request.socket.localAddress
}

/** true: a path of the page, answered. The page itself is for everybody on this machine; what it shows wants a key of the province. */
export const answerPage = (controls: Controls, request: IncomingMessage, response: ServerResponse, path: string): boolean => {
  if (path !== '/ui' && !path.startsWith('/ui/')) return false
  const say = (status: number, type: string, body: string | Buffer, more: Record<string, string> = {}): true => {
    response.writeHead(status, { ...HEADERS, 'content-type': type, 'content-length': String(Buffer.byteLength(body)), ...more }).end(body)
    return true
  }
  const json = (status: number, body: unknown, more: Record<string, string> = {}): true => say(status, 'application/json; charset=utf-8', JSON.stringify(body), more)
  if (!ours(request)) return json(403, { code: 403, message: 'Host' })
  if (request.method !== 'GET') return json(405, { code: 405, message: 'GET' }, { allow: 'GET' })
  const file = readStatic().get(path)
  if (file !== undefined) return say(200, file.type, file.bytes)
  if (!knowsKey(controls.province.profile, request.headers)) return json(401, { code: 401, message: '非法用户!' })
  if (path === '/ui/data/live') {
    stream(controls, response)
    return true
  }
  const body = data(controls, path, new URL(request.url ?? '/', 'http://localhost').searchParams)
  return body === undefined || body === null ? json(404, { code: 404, message: path }) : json(200, body)
}
