import process from 'node:process'
import { readRecording } from './recording.ts'
import type { ReplayOrders } from './replay.ts'
import { replay } from './replay.ts'

/** One core's share of the states. */
process.on('message', ({ log, ...orders }: ReplayOrders & { readonly log: string }) => {
  const report = replay(readRecording(log), orders)
  process.send?.(report, undefined, undefined, () => process.exit(0))
})
