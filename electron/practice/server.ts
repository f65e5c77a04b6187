import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { adjustableClock } from './adjustable-clock.ts'
import { answerBooks } from './books-endpoint.ts'
import { readBooks } from './books.ts'
import type { PracticeBooks } from './books.ts'
import { answerControl, resetAll } from './control-endpoint.ts'
import type { Controls } from './control-endpoint.ts'
import { csbDoor } from './doors/csb.ts'
import type { Door } from './doors/door.ts'
import { plainDoor } from './doors/plain.ts'
import { openTokenOffice, smDoor } from './doors/sm.ts'
import { tifDoor } from './doors/tif.ts'
import { runFaultPlan } from './fault-plan.ts'
import type { FaultAction, FaultPlan } from './fault-plan.ts'
import { answerCall, receive, send } from './gateway-call.ts'
import type { Line, Said } from './gateway-call.ts'
import { answerLocal } from './local-service.ts'
import { answerPage, closePages } from './page/page-endpoint.ts'
import { watchPassing } from './passing.ts'
import { practicePeople } from './people.ts'
import { createScenarioPlayer } from './play-scenario.ts'
import type { OwnProvince, ScenarioPlayer } from './play-scenario.ts'
import { PracticeProfile } from './profile.ts'
import type { PracticeProfileInput } from './profile.ts'
import { openProvince } from './province.ts'
import { parseJson, readBody } from './read-body.ts'

/** Nothing personal: numbers of calls and messages, what was said, what was spoilt. */
export interface PracticeLogLine extends Said {
  readonly at: number
  readonly infno: string
  readonly ms: number
  readonly faults: readonly FaultAction['kind'][]
}

export interface PracticeOptions {
  readonly port?: number
  readonly host?: string
  /** JSON file with the books; null or absent = in memory. */
  readonly dataFile?: string | null
  readonly profile?: PracticeProfileInput
  readonly faults?: FaultPlan
  readonly clock?: () => number
  /** A time of its own, standing still or running from there. */
  readonly time?: { readonly at: number; readonly runs: boolean } | null
  readonly log?: (line: PracticeLogLine) => void
}

/** One port, four doors (platform.md §1): `csb` and `plain` are one path; to `tif` a transaction's number may be added; `sm` wants a token of `token`. */
export interface PracticeAddresses {
  readonly csb: string
  readonly tif: string
  readonly token: string
  readonly sm: string
  readonly plain: string
}

export interface Practice {
  /** http://127.0.0.1:port/csb */
  readonly url: string
  /** The same province behind each of its doors. */
  readonly addresses: PracticeAddresses
  /** http://127.0.0.1:port/local */
  readonly localServiceUrl: string
  readonly books: PracticeBooks
  /** The province's own page (page/), its key in the fragment. */
  pageAddress(): string
  /** Plays a lesson (data/scenarios/), or ends the one that plays. */
  playScenario(name: string | null): void
  /** Everything as at the start with empty books. */
  reset(): void
  /** Replaces the plan; its counters start again. */
  setFaults(plan: FaultPlan): void
  /** The gateway is cut off for so many seconds; null = at once up again. The till's own box (/local) stays. */
  setDown(seconds: number | null): void
  close(): Promise<void>
}

const LONGEST_HANG_MS = 600_000

export const startPractice = async (options: PracticeOptions = {}): Promise<Practice> => {
  const profile = PracticeProfile.parse(options.profile ?? {})
  let player: ScenarioPlayer | null = null
  const time = adjustableClock(options.clock ?? Date.now, options.time ?? null, () => player?.clockMinutes() ?? 0)
  const clock = time.now
  const province: OwnProvince = openProvince(profile, options.dataFile ?? null, clock)
  let plan: FaultPlan = options.faults ?? {}
  let ownFaults = runFaultPlan(plan)
  let downUntil = 0
  const setFaults = (next: FaultPlan): void => {
    ownFaults = runFaultPlan(next)
    plan = next
  }
  const closing = new AbortController()

  const office = openTokenOffice(profile)
  const doors = { csb: csbDoor(profile), tif: tifDoor(profile), sm: smDoor(profile, office), plain: plainDoor(profile) }
  const doorAt = (path: string): Door | null => {
    if (path === '/csb') return doors.csb
    if (path === '/tif' || path.startsWith('/tif/')) return doors.tif
    return path === '/sm' ? doors.sm : path === '/plain' ? doors.plain : null
  }

  const isDown = (): boolean => performance.now() < downUntil
  const setDown = (seconds: number | null): void => {
    downUntil = seconds === null ? 0 : performance.now() + seconds * 1000
  }
  const scenarios = createScenarioPlayer(province, () => setDown(null))
  player = scenarios
  const faultsFor = (infno: string): readonly FaultAction[] => [...ownFaults(infno), ...scenarios.faultsFor(infno)]
  const passing = watchPassing(province, practicePeople())
  province.watch = passing.heard
  const wait = (ms: number): Promise<void> => sleep(ms, undefined, { signal: closing.signal, ref: false }).catch(() => undefined)
  const line: Line = {
    wait,
    lose: async (response, how) => {
      // A hanging line ends when the client gives up.
      if (how === 'hang') await Promise.race([wait(LONGEST_HANG_MS), new Promise<void>((resolve) => response.once('close', resolve))])
      response.destroy()
    },
  }

  const answerTill = async (request: IncomingMessage, response: ServerResponse, path: string): Promise<string> => {
    const body = await readBody(request, 10_000)
    const json = body.ok ? parseJson(body.text) : { ok: false as const }
    const answer = json.ok ? answerLocal(province, path, json.value) : { status: 400, body: { code: 400, message: '请求参数错误' } }
    passing.heardLocal(json.ok ? json.value : null, answer.body)
    send(response, answer.status, JSON.stringify(answer.body))
    return `${path} ${answer.status}`
  }

  const issueToken = async (request: IncomingMessage, response: ServerResponse, actions: readonly FaultAction[]): Promise<string> => {
    const body = await readBody(request, 10_000)
    const refused = actions.some((action) => action.kind === 'gateway')
    const answer = refused
      ? { status: 401, body: { error: 'invalid_client', error_description: '客户端认证失败' } }
      : body.ok ? office.issue(request.headers, body.text, clock()) : { status: 400, body: { error: 'invalid_request' } }
    send(response, answer.status, JSON.stringify(answer.body))
    return `token ${answer.status}`
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now()
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const local = path.startsWith('/local/')
    const token = path === '/oauth/token'
    const door = doorAt(path)
    if (answerPage(controls, request, response, path)) return
    if (await answerControl(controls, request, response, path)) return
    if (!local && isDown()) {
      passing.ended({ at: clock(), infno: door?.infnoOf(path, request.headers) ?? '', ms: 0, faults: ['down'], outcome: 'lost', msgid: '', text: 'cut off' })
      return void response.destroy()
    }
    if (door === null && !local && !token) return send(response, 404, JSON.stringify({ code: 404, message: '服务不存在!' }))
    if (path === '/local/books' && request.method === 'GET') {
      const books = answerBooks(province, request.headers)
      return send(response, books.status, JSON.stringify(books.body))
    }
    if (request.method !== 'POST') return send(response, 405, JSON.stringify({ code: 405, message: '请求方法错误,应为POST!' }))
    const arrived = door === null ? null : await receive(province, door, request, path)
    const infno = arrived?.infno ?? (token ? 'token' : path === '/local/ecert' ? '6101' : 'local')
    const actions = faultsFor(infno)
    for (const action of actions) if (action.kind === 'down') setDown(action.seconds)
    const done = (said: Said): void => {
      const ended = { at: clock(), infno, ms: Math.round((performance.now() - started) * 1000) / 1000, faults: actions.map((action) => action.kind), ...said }
      passing.ended(ended)
      options.log?.(ended)
    }
    if (!local && isDown()) {
      response.destroy()
      return done({ outcome: 'lost', msgid: '', text: 'cut off' })
    }
    try {
      if (door !== null && arrived !== null) return done(await answerCall(province, door, arrived, request, response, actions, line))
      const loss = actions.find((action) => action.kind === 'lose-before-booking' || action.kind === 'lose-answer-after-booking')
      for (const action of actions) if (action.kind === 'delay') await wait(action.ms)
      if (loss !== undefined) {
        await line.lose(response, loss.how)
        return done({ outcome: 'lost', msgid: '', text: path })
      }
      done({ outcome: token ? 'gateway' : 'local', msgid: '', text: token ? await issueToken(request, response, actions) : await answerTill(request, response, path.slice('/local'.length)) })
    } catch (error) {
      province.store.rollback()
      done({ outcome: 'failed', msgid: '', text: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      send(response, 500, JSON.stringify({ code: 500, message: '系统内部错误!' }))
    }
  }

  let origin = ''
  const pageAddress = (): string => `${origin}/ui#key=${encodeURIComponent(profile.keys[0]?.accessKey ?? '')}`
  const controls: Controls = {
    province, player: scenarios, passing, clock: time, faults: { get: () => plan, set: setFaults }, setDown, isDown, pageAddress,
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve)
  })
  const { address, port, family } = server.address() as AddressInfo
  origin = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
  let closed: Promise<void> | null = null
  return {
    url: `${origin}/csb`,
    addresses: { csb: `${origin}/csb`, tif: `${origin}/tif`, token: `${origin}/oauth/token`, sm: `${origin}/sm`, plain: `${origin}/plain` },
    localServiceUrl: `${origin}/local`,
    books: readBooks(province.store),
    pageAddress,
    setFaults,
    setDown,
    playScenario: (name) => (name === null ? scenarios.end() : scenarios.play(name)),
    reset: () => resetAll(controls),
    close: () => {
      closed ??= new Promise((resolve) => {
        closing.abort()
        closePages(controls)
        server.close(() => {
          province.store.close()
          resolve()
        })
        server.closeAllConnections()
      })
      return closed
    },
  }
}
