import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import type { Logger } from 'pino'

const FIRST_DELAY_MS = 200
const LONGEST_DELAY_MS = 10_000
/** A child that lived this long did not die of its start. */
const STABLE_MS = 30_000

export interface ChildOptions {
  readonly name: string
  readonly file: string
  readonly args: () => readonly string[]
  readonly log: Logger
  /** A new process is there, first or again. */
  readonly onStart: (child: ChildProcess) => void
  readonly onMessage: (message: unknown) => void
}

export interface SupervisedChild {
  /** False while there is no process. */
  readonly send: (message: string | object) => boolean
  readonly close: () => Promise<void>
}

/** A process of ours that is started again, later each time, when it ends by itself. */
export const superviseChild = (options: ChildOptions): SupervisedChild => {
  const { name, file, log } = options
  let child: ChildProcess | null = null
  let closed = false
  let delay = FIRST_DELAY_MS
  let again: NodeJS.Timeout | undefined

  const start = (): void => {
    const started = Date.now()
    // stdout is not ours to fill: a command's JSON may be on it.
    const next = fork(file, [...options.args()], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] })
    child = next
    next.on('message', options.onMessage)
    next.on('error', cause => log.error({ err: cause, child: name }, 'child process'))
    next.on('exit', (code, signal) => {
      if (child === next) child = null
      if (closed) return
      delay = Date.now() - started > STABLE_MS ? FIRST_DELAY_MS : Math.min(delay * 2, LONGEST_DELAY_MS)
      log.error({ child: name, code, signal, againInMs: delay }, 'a child process ended')
      again = setTimeout(start, delay)
    })
    options.onStart(next)
  }
  start()
  return {
    send: message => child?.connected === true && child.send(message),
    close: () => new Promise(resolve => {
      closed = true
      clearTimeout(again)
      if (child === null || child.exitCode !== null) return resolve()
      const last = child
      const kill = setTimeout(() => last.kill('SIGKILL'), 3_000)
      last.once('exit', () => {
        clearTimeout(kill)
        resolve()
      })
      last.kill('SIGTERM')
    }),
  }
}
