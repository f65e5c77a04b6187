import { parentPort, workerData } from 'node:worker_threads'
import { isAppError } from '../../contract/index.ts'
import type { ErrorBody } from '../../contract/index.ts'
import { buildGeneration } from './build-generation.ts'
import type { BuildOrder, BuildReport } from './build-generation.ts'

/** A thread of its own: building takes seconds, and a sale waits for nobody (performance.md §3). */
export type FromBuilder = { readonly t: 'built'; readonly report: BuildReport } | { readonly t: 'failed'; readonly error: ErrorBody } | { readonly t: 'defect'; readonly message: string }

const say = (message: FromBuilder): void => parentPort?.postMessage(message)
const order = workerData as BuildOrder
buildGeneration(order).then(
  (report) => say({ t: 'built', report }),
  (error: unknown) => say(isAppError(error) ? { t: 'failed', error: { code: error.code, message: error.message, detail: error.detail } } : { t: 'defect', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
)
