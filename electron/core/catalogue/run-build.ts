import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../contract/index.ts'
import type { BuildOrder, BuildReport } from './build-generation.ts'
import type { FromBuilder } from './build-worker.ts'

/** Beside this file, in the sources as in the bundle. */
const BUILDER = path.join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? 'build-worker.ts' : 'build-worker.js')

export type RunBuild = (order: BuildOrder) => Promise<BuildReport>

/** buildGeneration in a thread of its own; the same errors. `stop` ends it in the middle: nothing is left that anybody would read. */
export const runBuild = (stop?: AbortSignal): RunBuild => (order) => new Promise((resolve, reject) => {
  const worker = new Worker(BUILDER, { workerData: order, name: 'catalogue' })
  const stopped = (): void => void worker.terminate()
  if (stop?.aborted === true) stopped()
  stop?.addEventListener('abort', stopped, { once: true })
  worker.once('message', (message: FromBuilder) => {
    switch (message.t) {
      case 'built':
        return resolve(message.report)
      case 'failed':
        return reject(new AppError(message.error.code, message.error.message, message.error.detail))
      case 'defect':
        return reject(new Error(message.message))
    }
  })
  worker.once('error', reject)
  worker.once('exit', (code) => {
    stop?.removeEventListener('abort', stopped)
    reject(new AppError('catalogue.refused', `the builder ended with ${code}`, { problem: 'catalogue-stopped' }))
  })
})
