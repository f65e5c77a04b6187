import process from 'node:process'
import type { FaultPlan } from '../../../electron/practice/fault-plan.ts'
import type { PracticeProfileInput } from '../../../electron/practice/profile.ts'
import type { Practice } from '../../../electron/practice/server.ts'
import { startPractice } from '../../../electron/practice/server.ts'

/** The practice province in a process of its own, on a port it keeps, with its books in a file: it can be killed like a till. */
export type ToProvince =
  | { readonly type: 'start'; readonly port: number; readonly dataFile: string; readonly profile: PracticeProfileInput; readonly faults: FaultPlan; readonly offsetMs: number }
  | { readonly type: 'clock'; readonly offsetMs: number }
  | { readonly type: 'faults'; readonly plan: FaultPlan }
  | { readonly type: 'down'; readonly seconds: number | null }
  | { readonly type: 'close' }
export type FromProvince =
  | { readonly type: 'ready' }
  | { readonly type: 'started'; readonly url: string; readonly localServiceUrl: string }
  | { readonly type: 'call'; readonly infno: string; readonly outcome: string; readonly faults: readonly string[] }
  | { readonly type: 'broken'; readonly text: string }

const say = (message: FromProvince): void => {
  if (process.connected) process.send?.(message)
}
let offsetMs = 0
let practice: Practice | null = null

const order = async (message: ToProvince): Promise<void> => {
  switch (message.type) {
    case 'start':
      offsetMs = message.offsetMs
      practice = await startPractice({
        port: message.port, dataFile: message.dataFile, profile: message.profile, faults: message.faults, clock: () => Date.now() + offsetMs,
        log: ({ infno, outcome, faults, text }) => {
          say({ type: 'call', infno, outcome, faults })
          if (outcome === 'failed') say({ type: 'broken', text: `${infno}: ${text}` })
        },
      })
      return say({ type: 'started', url: practice.url, localServiceUrl: practice.localServiceUrl })
    case 'clock':
      offsetMs = message.offsetMs
      return
    case 'faults':
      return practice?.setFaults(message.plan)
    case 'down':
      return practice?.setDown(message.seconds)
    case 'close':
      await practice?.close()
      process.exit(0)
  }
}

process.on('message', (message: ToProvince) => {
  order(message).catch((error: unknown) => {
    say({ type: 'broken', text: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    setTimeout(() => process.exit(3), 50)
  })
})
process.on('disconnect', () => process.exit(4))
say({ type: 'ready' })
