import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import path from 'node:path'
import type { Channel } from '../../../electron/contract/index.ts'
import type { CrashPoint } from '../../../electron/core/crash-points.ts'
import type { Caller } from '../../../electron/core/house.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import type { CoreClient } from '../../../renderer/core-client/core-client.ts'
import { createCoreClient } from '../../../renderer/core-client/core-client.ts'
import type { FromTill, ToTill } from './till-process.ts'

const PROGRAM = path.join(import.meta.dirname, 'till-process.ts')

export interface Till {
  readonly name: string
  readonly folder: string
  readonly cashier: CoreClient
  readonly pharmacist: CoreClient
  readonly manager: CoreClient
  readonly alive: () => boolean
  /** Now, whatever it is doing. */
  readonly kill: () => void
  readonly crashAt: (point: CrashPoint | null, nth: number) => void
  readonly setClock: (offsetMs: number) => void
  readonly close: () => Promise<void>
}

export interface TillParts {
  readonly name: string
  readonly folder: string
  readonly profile: RegionProfile
  readonly offsetMs: () => number
  /** The process is dead, nobody holds its files: what to look at and how long nobody starts it again. */
  readonly onDeath: (why: 'killed' | 'ended', code: number | null) => Promise<void>
  readonly onFailedStart: (code: string, stack: string) => void
  readonly onLog: (text: string) => void
}

/** A till whose core dies and comes back; what its windows asked meanwhile is asked again under the same command ids. */
export const openTill = (parts: TillParts): Till => {
  let child: ChildProcess | null = null
  let serving = false
  let closing = false
  let orders = 0
  const windows = new Map<number, { readonly message: (text: string) => void; readonly close: () => void }>()
  const send = (message: ToTill): void => {
    if (child?.connected === true) child.send(message, () => {})
  }
  const start = (): void => {
    if (closing) return
    const mine = fork(PROGRAM, [], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    child = mine
    mine.on('message', (message: FromTill) => {
      switch (message.type) {
        case 'ready':
          return send({ type: 'start', folder: parts.folder, profile: parts.profile, offsetMs: parts.offsetMs() })
        case 'started':
          serving = true
          return
        case 'failed':
          return parts.onFailedStart(message.code, message.stack)
        case 'text':
          return windows.get(message.window)?.message(message.text)
        case 'logged':
          return parts.onLog(message.text)
      }
    })
    mine.on('close', (code, signal) => {
      serving = false
      child = null
      for (const window of windows.values()) window.close()
      windows.clear()
      if (closing) return
      void parts.onDeath(signal === 'SIGKILL' ? 'killed' : 'ended', code).then(start)
    })
  }
  const window = (staffId: string, role: Caller['role']): CoreClient => createCoreClient({
    reconnect: true,
    backOff: () => 60,
    giveUpAfterMs: 180_000,
    connect: (): Channel => {
      if (!serving) throw new Error('the till is down')
      const number = (orders += 1)
      const closed: (() => void)[] = []
      send({ type: 'open', window: number, staffId, role })
      return {
        send: (text) => send({ type: 'text', window: number, text }),
        onMessage: (message) => { windows.set(number, { message, close: () => { for (const each of closed) each() } }) },
        onClose: (listener) => { closed.push(listener) },
        close: () => { windows.delete(number) },
      }
    },
  })
  start()
  const [cashier, pharmacist, manager] = [window('C1', 'cashier'), window('P1', 'pharmacist'), window('M1', 'manager')]
  return {
    name: parts.name, folder: parts.folder, cashier, pharmacist, manager,
    alive: () => serving,
    kill: () => { child?.kill('SIGKILL') },
    crashAt: (point, nth) => send({ type: 'crash-at', point, nth }),
    setClock: (offsetMs) => send({ type: 'clock', offsetMs }),
    close: async () => {
      closing = true
      for (const client of [cashier, pharmacist, manager]) client.close()
      const last = child
      if (last === null) return
      const ended = new Promise((resolve) => { last.once('close', resolve) })
      send({ type: 'close' })
      const limit = setTimeout(() => last.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(limit)
    },
  }
}
