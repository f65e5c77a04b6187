import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import type { Fact } from '../support/facts.ts'
import type { ChildOrders } from './core-child.ts'

const PROGRAM = path.join(import.meta.dirname, 'core-child.ts')

export interface CoreProcess {
  readonly child: ChildProcess
  /** What was told on stdout, complete once `ended`. */
  readonly facts: readonly Fact[]
  readonly begin: (orders: ChildOrders) => void
  /** The counter is open. */
  readonly playing: Promise<void>
  /** Only after all that it said has been read (`close`, not `exit`). */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly counts: Readonly<Record<string, number>>; readonly complaint: string }>
}

/** A core that waits for its orders; with a recorder, everything it does to `record.folder` goes into `record.log`. */
export const startCoreProcess = (record: { readonly library: string; readonly folder: string; readonly log: string } | null = null): CoreProcess => {
  const child = fork(PROGRAM, [], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: '', ...(record === null ? {} : { LD_PRELOAD: record.library, RECORD_FOLDER: record.folder, RECORD_LOG: record.log }) },
  })
  const facts: Fact[] = []
  let half = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    half += chunk.toString()
    const lines = half.split('\n')
    half = lines.pop() ?? ''
    // A line that was cut was never told.
    for (const line of lines) facts.push(JSON.parse(line) as Fact)
  })
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  let counts: Record<string, number> = {}
  const playing = new Promise<void>((resolve) => {
    child.on('message', (message: { readonly playing?: boolean; readonly counts?: Record<string, number> }) => {
      if (message.playing === true) resolve()
      counts = message.counts ?? counts
    })
  })
  const ended = new Promise<Awaited<CoreProcess['ended']>>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, counts, complaint }))
  })
  return {
    child,
    facts,
    begin: (orders) => {
      child.send(orders)
    },
    playing: Promise.race([playing, ended.then((end) => {
      if (end.signal === null) throw new Error(`core ended before it began (${String(end.code)}): ${end.complaint}`)
    })]),
    ended,
  }
}
