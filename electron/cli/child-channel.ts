import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

/** A process of ours beside this command. Its stdout is closed to it: ours may be a JSON document. */
export const forkBeside = (file: string, args: readonly string[], stderr: 'inherit' | 'ignore'): ChildProcess =>
  fork(file, [...args], { stdio: ['ignore', 'ignore', stderr, 'ipc'], execArgv: [] })

/** Asks a child to end, and ends it after three seconds. */
export const endChild = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    const kill = setTimeout(() => child.kill('SIGKILL'), 3_000)
    child.once('exit', () => {
      clearTimeout(kill)
      resolve()
    })
    child.kill('SIGTERM')
  })
