import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import type { FaultRule } from '../../../electron/practice/fault-plan.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import { copyTemplate } from '../../support/real-till.ts'
import type { ChildOrders } from './core-child.ts'
import { startCoreProcess } from './core-process.ts'
import { readRecording } from './recording.ts'
import type { ReplayReport } from './replay.ts'

/** Answers that are lost, so that reversals and repeated cancellations are part of the day. Never a hanging line: the recorder's clock is dear. */
export const LOSSES = (seed: number): readonly (typeof FaultRule)['_zod']['input'][] => [
  { infno: '2102', probability: 0.15, seed, action: { kind: 'lose-answer-after-booking', how: 'destroy' } },
  { infno: '2102', probability: 0.08, seed: seed + 1, action: { kind: 'lose-before-booking', how: 'destroy' } },
  { infno: '2103', probability: 0.2, seed: seed + 2, action: { kind: 'lose-answer-after-booking', how: 'destroy' } },
  { infno: '2601', probability: 0.2, seed: seed + 3, action: { kind: 'close-mid-body' } },
  { infno: '3505', probability: 0.08, seed: seed + 4, action: { kind: 'lose-answer-after-booking', how: 'destroy' } },
  { infno: '3506', probability: 0.08, seed: seed + 5, action: { kind: 'refuse', text: '练习拒绝' } },
]

export interface Recorded {
  readonly log: string
  readonly counts: Readonly<Record<string, number>>
  readonly messages: number
  readonly seconds: number
}

/** One day of the real core against the practice province, written down below both. */
export const recordDay = async (options: { readonly folder: string; readonly library: string; readonly template: string; readonly packsPerLot: number; readonly steps: number; readonly seed: number; readonly synchronous: ChildOrders['synchronous'] }): Promise<Recorded> => {
  const started = performance.now()
  const shop = path.join(options.folder, `shop-${options.synchronous}`)
  const log = path.join(options.folder, `log-${options.synchronous}`)
  mkdirSync(shop)
  copyTemplate(options.template, shop)
  const arrived = new Set<string>()
  const practice = await startPractice({ port: 0, faults: { rules: [...LOSSES(options.seed)] }, log: ({ msgid }) => arrived.add(msgid) })
  try {
    const core = startCoreProcess({ library: options.library, folder: shop, log })
    core.begin({ folder: shop, url: practice.url, localServiceUrl: practice.localServiceUrl, seed: options.seed, steps: options.steps, packsPerLot: options.packsPerLot, synchronous: options.synchronous, facts: 'file' })
    const end = await core.ended
    if (end.code !== 0) throw new Error(`the recorded core ended with ${String(end.code)} ${String(end.signal)}: ${end.complaint}`)
    // The recorder is believed only if it saw every message that arrived at the other end.
    const sent = new Set(readRecording(log).flatMap((operation) => (operation.kind === 'sent' ? [operation.message.messageId] : [])))
    const missed = [...arrived].filter((msgid) => msgid.length === 30 && !sent.has(msgid))
    if (missed.length > 0) throw new Error(`the recorder missed ${missed.length} of ${arrived.size} messages`)
    return { log, counts: end.counts, messages: sent.size, seconds: (performance.now() - started) / 1000 }
  } finally {
    await practice.close()
  }
}

/** The same replay in as many processes as there are cores; what two of them met alike counts once. */
export const replayAll = async (options: { readonly log: string; readonly template: string; readonly folder: string; readonly states: number; readonly seed: number; readonly evenly: boolean }): Promise<Omit<ReplayReport, 'names'>> => {
  const started = performance.now()
  const of = Math.max(1, availableParallelism())
  const reports = await Promise.all(Array.from({ length: of }, async (_, share): Promise<ReplayReport> => {
    const folder = path.join(options.folder, `replay-${options.seed}-${share}-${path.basename(options.log)}`)
    mkdirSync(folder)
    const child = fork(path.join(import.meta.dirname, 'replay-process.ts'), [], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    child.send({ log: options.log, before: options.template, folder, states: Math.ceil(options.states / of), seed: options.seed + share, evenly: options.evenly, share, of })
    const [report] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => { throw new Error('a replay ended without a report') })])) as [ReplayReport]
    return report
  }))
  const names = new Set(reports.flatMap((report) => report.names))
  const sum = (key: 'repeated' | 'lostAgain' | 'contents' | 'cuts' | 'early' | 'sound' | 'lost' | 'broken' | 'corrupt'): number => reports.reduce((total, report) => total + report[key], 0)
  const alike = reports.reduce((total, report) => total + report.states, 0) - names.size
  return {
    states: names.size, repeated: sum('repeated') + alike, contents: sum('contents'), cuts: sum('cuts'), early: sum('early'), sound: sum('sound') - alike, lost: sum('lost'), lostAgain: sum('lostAgain'), broken: sum('broken'), corrupt: sum('corrupt'),
    cpuSeconds: reports.reduce((total, report) => total + report.cpuSeconds, 0), examples: reports.flatMap((report) => report.examples).slice(0, 5), milliseconds: Math.round(performance.now() - started),
  }
}
