import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import type { Orders } from './till-process.ts'

const PROGRAM = path.join(import.meta.dirname, 'till-process.ts')

export interface TillRun {
  readonly child: ChildProcess
  readonly said: Record<string, unknown>[]
  /** Resolves with the first line that has this key. */
  readonly until: (key: string) => Promise<Record<string, unknown>>
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

/** A real core in a process of its own. `crashAt`: it kills itself there, as a power cut would. */
export const runTill = (orders: Orders, crashAt: string | null = null): TillRun => {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', ...(crashAt === null ? {} : { YAOGUI_TEST: '1', YAOGUI_CRASH_AT: crashAt }) },
  })
  const said: Record<string, unknown>[] = []
  const waiting: { key: string; resolve: (line: Record<string, unknown>) => void }[] = []
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as Record<string, unknown>
    said.push(line)
    for (const { key, resolve } of waiting) if (key in line) resolve(line)
  })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('close', (code, signal) => {
      if (complaints.trim() !== '' && signal === null) said.push({ stderr: complaints })
      resolve({ code, signal })
    })
  })
  return {
    child,
    said,
    ended,
    until: (key) =>
      Promise.race([
        new Promise<Record<string, unknown>>((resolve) => {
          const already = said.find((line) => key in line)
          if (already !== undefined) resolve(already)
          else waiting.push({ key, resolve })
        }),
        ended.then((end) => {
          throw new Error(`ended before it said ${key}: ${JSON.stringify(end)} ${JSON.stringify(said)}`)
        }),
      ]),
  }
}
