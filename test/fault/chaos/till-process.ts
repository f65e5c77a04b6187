import path from 'node:path'
import process from 'node:process'
import { pino } from 'pino'
import type { Channel } from '../../../electron/contract/index.ts'
import { startCore } from '../../../electron/core/core.ts'
import type { CrashPoint } from '../../../electron/core/crash-points.ts'
import type { Caller } from '../../../electron/core/house.ts'
import { newConnection } from '../../../electron/core/rpc/connection.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import { TEST_KEY } from '../../support/real-till.ts'

/** A core in a process of its own: killed without warning, its clock set by message, its windows over the same line. */
export type ToTill =
  | { readonly type: 'start'; readonly folder: string; readonly profile: RegionProfile; readonly offsetMs: number }
  | { readonly type: 'clock'; readonly offsetMs: number }
  /** Kills itself when it reaches the point for the nth time from now; null: no more. */
  | { readonly type: 'crash-at'; readonly point: CrashPoint | null; readonly nth: number }
  | { readonly type: 'open'; readonly window: number; readonly staffId: string; readonly role: Caller['role'] }
  | { readonly type: 'text'; readonly window: number; readonly text: string }
  | { readonly type: 'close' }
export type FromTill =
  | { readonly type: 'ready' }
  | { readonly type: 'started' }
  | { readonly type: 'failed'; readonly code: string; readonly stack: string }
  | { readonly type: 'text'; readonly window: number; readonly text: string }
  | { readonly type: 'logged'; readonly text: string }

const say = (message: FromTill): void => {
  if (process.connected) process.send?.(message)
}

let offsetMs = 0
let armed: CrashPoint | null = null
let left = 0
const reach = (point: CrashPoint): void => {
  if (point !== armed) return
  left -= 1
  if (left > 0) return
  process.kill(process.pid, 'SIGKILL')
}

interface Window { readonly messages: ((text: string) => void)[] }
const windows = new Map<number, Window>()
let core: Awaited<ReturnType<typeof startCore>> | null = null

/** What core itself calls a defect; everything else it says is none of ours. */
const log = pino({ level: 'error' }, { write: (line: string) => say({ type: 'logged', text: line }) })

const order = async (message: ToTill): Promise<void> => {
  switch (message.type) {
    case 'start':
      offsetMs = message.offsetMs
      core = await startCore({
        dataFolder: message.folder, key: TEST_KEY, profile: message.profile, clock: () => Date.now() + offsetMs, outboxEveryMs: 1_000, devices: null, demoShop: false,
        printer: { kind: 'file', folder: path.join(message.folder, 'receipts') }, reach, log,
      })
      return say({ type: 'started' })
    case 'clock':
      offsetMs = message.offsetMs
      return
    case 'crash-at':
      armed = message.point
      left = message.nth
      return
    case 'open': {
      const messages: ((text: string) => void)[] = []
      windows.set(message.window, { messages })
      const channel: Channel = {
        send: (text) => say({ type: 'text', window: message.window, text }),
        onMessage: (listener) => { messages.push(listener) },
        onClose: () => {},
        close: () => {},
      }
      // Signed in already: a PIN takes its time on purpose, and is tested elsewhere.
      const connection = newConnection()
      connection.setCaller({ staffId: message.staffId, staffName: message.staffId, role: message.role })
      core?.serve(channel, connection)
      return
    }
    case 'text':
      for (const listener of windows.get(message.window)?.messages ?? []) listener(message.text)
      return
    case 'close':
      await core?.close()
      process.exit(0)
  }
}

process.on('message', (message: ToTill) => {
  order(message).catch((error: unknown) => {
    say({ type: 'failed', code: error instanceof Error && 'code' in error ? String(error.code) : 'unknown', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    setTimeout(() => process.exit(3), 50)
  })
})
process.on('disconnect', () => process.exit(4))
say({ type: 'ready' })
