import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { AdjustableClock } from './adjustable-clock.ts'
import { changeBooks } from './change-books.ts'
import { FaultPlan } from './fault-plan.ts'
import { send } from './gateway-call.ts'
import type { Passing } from './passing.ts'
import type { OwnProvince, ScenarioPlayer } from './play-scenario.ts'
import { UnknownScenario } from './play-scenario.ts'
import type { PracticeProfile } from './profile.ts'
import { fillNewBooks } from './province.ts'
import { timeText } from './province-time.ts'
import { parseJson, readBody } from './read-body.ts'
import { BooksChange, scenarioPacks } from './scenario-pack.ts'

/** What a trainer, a test or the till's training menu may do with a running province, by HTTP below /local. */
export interface Controls {
  readonly province: OwnProvince
  readonly player: ScenarioPlayer
  readonly passing: Passing
  readonly clock: AdjustableClock
  readonly faults: { get(): FaultPlan; set(plan: FaultPlan): void }
  readonly setDown: (seconds: number | null) => void
  readonly isDown: () => boolean
  /** The page's address, its key in the fragment. */
  readonly pageAddress: () => string
}

/** The access key as a header, the gateway's own or the usual one. Neither can be sent by another page of a browser. */
export const knowsKey = (profile: PracticeProfile, headers: IncomingHttpHeaders): boolean => {
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
  return profile.keys.some(({ accessKey }) => accessKey === headers._api_access_key || accessKey === bearer)
}

export const scenarioState = ({ player, pageAddress }: Pick<Controls, 'player' | 'pageAddress'>): unknown => ({
  playing: player.playing()?.name ?? null,
  pageUrl: pageAddress(),
  packs: scenarioPacks().map(({ name, zh, en }) => ({ name, zh, en })),
})

/** Everything as at the start with an empty data file: books, lesson, faults, clock, what passed. */
export const resetAll = ({ province, player, passing, clock, faults, setDown }: Controls): void => {
  player.end()
  faults.set({})
  setDown(null)
  clock.reset()
  province.store.clear()
  fillNewBooks(province)
  passing.clear()
}

const Scenario = z.strictObject({ name: z.string().max(60).nullable() })
const Down = z.strictObject({ seconds: z.number().positive().max(86_400).nullable() })
const Clock = z.union([z.strictObject({ at: z.iso.datetime({ offset: true }), runs: z.boolean().default(false) }), z.strictObject({ at: z.null() })])
const Changes = z.strictObject({ changes: z.array(BooksChange).max(1_000) })

interface Reply {
  readonly status: number
  readonly body: unknown
}
const ok = (body: unknown = { ok: true }): Reply => ({ status: 200, body })
const no = (status: number, message: string): Reply => ({ status, body: { code: status, message } })

const parsed = <T>(schema: z.ZodType<T, unknown>, body: unknown, act: (value: T) => Reply): Reply => {
  const value = schema.safeParse(body)
  return value.success ? act(value.data) : no(400, `请求参数错误:${value.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`.trim()).join(';')}`)
}

const play = (controls: Controls, name: string | null): Reply => {
  try {
    if (name === null) controls.player.end()
    else controls.player.play(name)
    return ok(scenarioState(controls))
  } catch (error) {
    if (error instanceof UnknownScenario) return no(404, '练习场景不存在')
    throw error
  }
}

const change = (controls: Controls, changes: readonly BooksChange[]): Reply => {
  const { store } = controls.province
  try {
    for (const one of changes) changeBooks(controls.province, one)
    store.commit()
    return ok()
  } catch (error) {
    store.rollback()
    return no(400, error instanceof Error ? error.message : String(error))
  }
}

const clockState = ({ clock }: Controls): Reply => ok({ at: new Date(clock.now()).toISOString(), local: timeText(clock.now()), kind: clock.kind() })

type Act = (controls: Controls, body: unknown) => Reply
const READ: Readonly<Record<string, Act>> = {
  '/local/scenario': (controls) => ok(scenarioState(controls)),
  '/local/faults': (controls) => ok({ ...controls.faults.get(), down: controls.isDown() }),
  '/local/clock': clockState,
}
const WRITE: Readonly<Record<string, Act>> = {
  '/local/scenario': (controls, body) => parsed(Scenario, body, ({ name }) => play(controls, name)),
  '/local/faults': (controls, body) =>
    parsed(FaultPlan, body, (plan) => {
      controls.faults.set(plan)
      return ok()
    }),
  '/local/down': (controls, body) =>
    parsed(Down, body, ({ seconds }) => {
      controls.setDown(seconds)
      return ok()
    }),
  '/local/clock': (controls, body) =>
    parsed(Clock, body, (time) => {
      controls.clock.set(time.at === null ? null : { at: Date.parse(time.at), runs: time.runs })
      return clockState(controls)
    }),
  '/local/books': (controls, body) => parsed(Changes, body, ({ changes }) => change(controls, changes)),
  '/local/reset': (controls) => {
    resetAll(controls)
    return ok()
  },
}

/** true: it was one of ours and is answered. GET /local/books is its own (books-endpoint.ts). */
export const answerControl = async (controls: Controls, request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> => {
  const act = (request.method === 'GET' ? READ : request.method === 'POST' ? WRITE : {})[path]
  if (act === undefined) return false
  const reply = async (): Promise<Reply> => {
    if (!knowsKey(controls.province.profile, request.headers)) return no(401, '非法用户!')
    if (request.method === 'GET') return act(controls, null)
    const body = await readBody(request, 1_000_000)
    const json = body.ok ? parseJson(body.text === '' ? '{}' : body.text) : { ok: false as const }
    return json.ok ? act(controls, json.value) : no(400, '请求参数错误:应为JSON')
  }
  const { status, body } = await reply()
  send(response, status, JSON.stringify(body))
  return true
}
