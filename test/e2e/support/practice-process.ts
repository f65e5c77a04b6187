import { fork } from 'node:child_process'
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

interface Ready { readonly url: string; readonly booksUrl: string; readonly accessKey: string }

/** A province of the test's own, beside the host: what goes wrong can be changed while the till runs, and it can be gone. */
export interface PracticeProcess {
  readonly url: string
  readonly books: () => Promise<ProvinceBooks>
  readonly setFaults: (plan: FaultPlan) => Promise<void>
  /** The gateway is cut off; the till's own box that reads credentials stays. Null: back at once. */
  readonly setDown: (seconds: number | null) => Promise<void>
  readonly stop: () => Promise<void>
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

export const startPracticeProcess = async (folder: string): Promise<PracticeProcess> => {
  const child = fork(path.resolve('electron/practice/main.ts'), ['--quiet', '--data', path.join(folder, 'books.json')], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] })
  const ready = await Promise.race([
    once(child, 'message').then(([message]) => message as Ready),
    once(child, 'exit').then(([code]) => { throw new Error(`the practice province ended with ${String(code)}`) }),
  ])
  return {
    url: ready.url,
    books: () => readBooks(ready),
    setFaults: (plan) => ask(child, ready, { type: 'set-faults', plan }),
    setDown: (seconds) => ask(child, ready, { type: 'set-down', seconds }),
    stop: async () => {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}
