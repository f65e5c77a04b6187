import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Logger } from 'pino'
import { z } from 'zod'
import { superviseChild } from './child-process.ts'

const FILE = path.join(import.meta.dirname, '../practice/main.ts')
const START_MS = 15_000

const Addresses = z.object({ csb: z.url(), tif: z.url(), token: z.url(), sm: z.url(), plain: z.url() })
const Ready = z.object({ url: z.url(), addresses: Addresses, localServiceUrl: z.url() })

export interface PracticeProcess extends z.infer<typeof Ready> {
  /** Orders that electron/practice/main.ts understands. */
  readonly order: (order: object) => void
  readonly close: () => Promise<void>
}

/** The practice province as a process of its own, as far from core as a real one; its books are kept in the data folder. Comes back on the same port after a crash. */
export const startPracticeProcess = (options: { readonly dataFolder: string; readonly variant: string; readonly faultsFile: string | null; readonly log: Logger }): Promise<PracticeProcess> => {
  const folder = path.join(options.dataFolder, 'practice')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let port: string | null = null
  return new Promise((resolve, reject) => {
    const tooLong = setTimeout(() => fail(new Error(`the practice province did not start within ${START_MS / 1000} s`)), START_MS)
    const child = superviseChild({
      name: 'practice', file: FILE, log: options.log,
      args: () => ['--quiet', '--variant', options.variant, '--data', path.join(folder, 'books.json'), ...(port === null ? [] : ['--port', port]), ...(options.faultsFile === null ? [] : ['--faults', options.faultsFile])],
      onStart: started => {
        if (port === null) started.once('exit', code => fail(new Error(`the practice province ended at its start (exit ${String(code)})`)))
      },
      onMessage: message => {
        const ready = Ready.safeParse(message)
        if (!ready.success || port !== null) return
        clearTimeout(tooLong)
        port = new URL(ready.data.url).port
        resolve({ ...ready.data, order: order => { child.send(order) }, close: child.close })
      },
    })
    const fail = (error: Error): void => {
      if (port !== null) return
      clearTimeout(tooLong)
      void child.close()
      reject(error)
    }
  })
}
