import { utilityProcess } from 'electron'
import type { MessagePortMain, UtilityProcess } from 'electron'

const FIRST_DELAY_MS = 200
const LONGEST_DELAY_MS = 10_000
/** A process that lived this long did not die of its start. */
const STABLE_MS = 30_000
const STOP_MS = 5_000

export interface ProcessOptions {
  readonly name: string
  readonly file: string
  readonly args?: () => readonly string[]
  /** A new process is there, first or again. */
  readonly onStart: (process: UtilityProcess) => void
  readonly onMessage?: (message: unknown) => void
  /** What it prints, line by line. */
  readonly onLine?: (line: string) => void
  /** message: it is told `{t:'close'}` and ends by itself; signal: it is terminated. */
  readonly stopBy: 'message' | 'signal'
  readonly onEnd?: (code: number) => void
  readonly log: (line: string) => void
}

export interface SupervisedProcess {
  /** False while there is no process. */
  readonly send: (message: unknown, ports?: MessagePortMain[]) => boolean
  readonly close: () => Promise<void>
}

/** A process of ours that is started again, later each time, when it ends by itself. SQLite, devices and the window never share one. */
export const supervise = (options: ProcessOptions): SupervisedProcess => {
  const { name, log } = options
  let current: UtilityProcess | null = null
  let closed = false
  let delay = FIRST_DELAY_MS
  let again: ReturnType<typeof setTimeout> | undefined

  const start = (): void => {
    const startedAt = Date.now()
    const next = utilityProcess.fork(options.file, [...(options.args?.() ?? [])], { serviceName: `yaogui-${name}`, stdio: ['ignore', 'pipe', 'inherit'], execArgv: [] })
    current = next
    let printed = ''
    next.stdout?.on('data', (chunk: Buffer) => {
      const lines = (printed + chunk.toString('utf8')).split('\n')
      printed = (lines.pop() ?? '').slice(-100_000)
      for (const line of lines) options.onLine?.(line)
    })
    next.on('message', (message: unknown) => options.onMessage?.(message))
    next.on('exit', (code) => {
      if (current === next) current = null
      options.onEnd?.(code)
      if (closed) return
      delay = Date.now() - startedAt > STABLE_MS ? FIRST_DELAY_MS : Math.min(delay * 2, LONGEST_DELAY_MS)
      log(`${name} ended (${code}), again in ${delay} ms`)
      again = setTimeout(start, delay)
    })
    options.onStart(next)
  }
  start()

  return {
    send: (message, ports = []) => {
      if (current === null) return false
      current.postMessage(message, ports)
      return true
    },
    close: () => new Promise((resolve) => {
      closed = true
      clearTimeout(again)
      if (current === null) return resolve()
      const last = current
      const kill = setTimeout(() => last.kill(), STOP_MS)
      last.once('exit', () => {
        clearTimeout(kill)
        resolve()
      })
      if (options.stopBy === 'message') last.postMessage({ t: 'close' })
      else last.kill()
    }),
  }
}
