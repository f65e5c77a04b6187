import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import path from 'node:path'
import type { FaultPlan } from '../../../electron/practice/fault-plan.ts'
import type { PracticeProfileInput } from '../../../electron/practice/profile.ts'
import { practiceAccess } from '../../../electron/practice/profile.ts'
import type { FromProvince, ToProvince } from './province-process.ts'

const PROGRAM = path.join(import.meta.dirname, 'province-process.ts')

export interface Province {
  readonly url: string
  readonly localServiceUrl: string
  readonly calls: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<string, number>>
  readonly broken: readonly string[]
  readonly setFaults: (plan: FaultPlan) => void
  readonly setDown: (seconds: number | null) => void
  readonly setClock: (offsetMs: number) => void
  /** Killed, and started again on the same port over the same books. */
  readonly killAndRestart: () => Promise<void>
  /** Ends in order and comes back as another province: same books, other answers where the papers say nothing. */
  readonly restartAs: (profile: PracticeProfileInput) => Promise<void>
  readonly books: () => Promise<unknown>
  readonly close: () => Promise<void>
}

export const openProvince = async (options: { readonly dataFile: string; readonly profile: PracticeProfileInput; readonly offsetMs: () => number }): Promise<Province> => {
  let { profile } = options
  let plan: FaultPlan = {}
  let child: ChildProcess | null = null
  let address = { url: '', localServiceUrl: '', port: 0 }
  const calls: Record<string, number> = {}
  const faults: Record<string, number> = {}
  const broken: string[] = []
  let changing: Promise<void> = Promise.resolve()
  const send = (message: ToProvince): void => {
    if (child?.connected === true) child.send(message, () => {})
  }
  const start = (): Promise<void> => new Promise((resolve, reject) => {
    const mine = fork(PROGRAM, [], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    child = mine
    mine.on('message', (message: FromProvince) => {
      switch (message.type) {
        case 'ready':
          return send({ type: 'start', port: address.port, dataFile: options.dataFile, profile, faults: plan, offsetMs: options.offsetMs() })
        case 'started':
          address = { url: message.url, localServiceUrl: message.localServiceUrl, port: Number(new URL(message.url).port) }
          return resolve()
        case 'call':
          calls[message.infno] = (calls[message.infno] ?? 0) + 1
          for (const fault of message.faults) faults[fault] = (faults[fault] ?? 0) + 1
          return
        case 'broken':
          broken.push(message.text)
      }
    })
    mine.once('exit', (code, signal) => reject(new Error(`the province ended: ${String(code)} ${String(signal)} ${broken.at(-1) ?? ''}`)))
  })
  const end = (how: 'SIGKILL' | 'close'): Promise<void> => new Promise((resolve) => {
    const last = child
    if (last === null) return resolve()
    last.once('close', () => resolve())
    if (how === 'SIGKILL') last.kill('SIGKILL')
    else {
      send({ type: 'close' })
      setTimeout(() => last.kill('SIGKILL'), 5_000).unref()
    }
  })
  /** One change after the other. */
  const change = (work: () => Promise<void>): Promise<void> => {
    changing = changing.then(work)
    return changing
  }
  await start()
  return {
    get url() { return address.url },
    get localServiceUrl() { return address.localServiceUrl },
    calls, faults, broken,
    setFaults: (next) => {
      plan = next
      send({ type: 'faults', plan })
    },
    setDown: (seconds) => send({ type: 'down', seconds }),
    setClock: (offsetMs) => send({ type: 'clock', offsetMs }),
    killAndRestart: () => change(async () => {
      await end('SIGKILL')
      await start()
    }),
    restartAs: (next) => change(async () => {
      profile = next
      plan = {}
      await end('close')
      await start()
    }),
    books: async () => {
      await changing
      const response = await fetch(`${address.localServiceUrl}/books`, { headers: { _api_access_key: practiceAccess.accessKey } })
      if (!response.ok) throw new Error(`the province shows no books: ${response.status}`)
      return response.json()
    },
    close: () => change(() => end('close')),
  }
}
