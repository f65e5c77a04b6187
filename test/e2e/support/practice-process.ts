import { fork as forkProcess } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { CodeRecord, ReturnUpload, Reversal, SaleUpload, Settlement } from '../../../electron/practice/book-records.ts'
import type { FaultPlan } from '../../../electron/practice/fault-plan.ts'

/** What the province has in its books: the other side of every claim a screen makes. */
export interface ProvinceBooks {
  readonly settlements: readonly Settlement[]
  readonly reversals: readonly Reversal[]
  readonly codes: readonly CodeRecord[]
  readonly sales: readonly SaleUpload[]
  readonly returns: readonly ReturnUpload[]
}

interface Ready {
  readonly url: string
  readonly booksUrl: string
  readonly accessKey: string
}

/** A province of the test's own, beside the host: what goes wrong can be changed while the till runs, and it can be gone. */
export interface PracticeProcess {
  readonly url: string
  readonly books: () => Promise<ProvinceBooks>
  readonly setFaults: (plan: FaultPlan) => Promise<void>
  /** The gateway is cut off; the till's own box that reads credentials stays. Null: back at once. */
  readonly setDown: (seconds: number | null) => Promise<void>
  readonly stop: () => Promise<void>
  /** After `stop`: the same books on the same port. */
  readonly startAgain: () => Promise<void>
}

const readBooks = async ({ booksUrl, accessKey }: Ready): Promise<ProvinceBooks> => {
  const answer = await fetch(booksUrl, { headers: { _api_access_key: accessKey } })
  if (!answer.ok) throw new Error(`books: ${answer.status}`)
  return (await answer.json()) as ProvinceBooks
}

const ask = async (child: ChildProcess, ready: Ready, order: object): Promise<void> => {
  await new Promise<void>((resolve, reject) => child.send(order, (error) => (error === null ? resolve() : reject(error))))
  // A round trip later the order has been read as well.
  await readBooks(ready)
}

const fork = async (folder: string, port: string | null): Promise<{ readonly child: ChildProcess; readonly ready: Ready }> => {
  const child = forkProcess(
    path.resolve('electron/practice/main.ts'),
    ['--quiet', '--data', path.join(folder, 'books.json'), ...(port === null ? [] : ['--port', port])],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] },
  )
  const ready = await Promise.race([
    once(child, 'message').then(([message]) => message as Ready),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the practice province ended with ${String(code)}`)
    }),
  ])
  return { child, ready }
}

export const startPracticeProcess = async (folder: string): Promise<PracticeProcess> => {
  let running = await fork(folder, null)
  const { url } = running.ready
  return {
    url,
    books: () => readBooks(running.ready),
    setFaults: (plan) => ask(running.child, running.ready, { type: 'set-faults', plan }),
    setDown: (seconds) => ask(running.child, running.ready, { type: 'set-down', seconds }),
    stop: async () => {
      if (running.child.exitCode !== null) return
      const ended = once(running.child, 'exit')
      running.child.kill('SIGTERM')
      await ended
    },
    startAgain: async () => {
      running = await fork(folder, new URL(url).port)
    },
  }
}
