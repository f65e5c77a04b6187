import path from 'node:path'
import { MessageChannelMain } from 'electron'
import { supervise } from './supervise.ts'
import type { SupervisedProcess } from './supervise.ts'

export interface ProcessesOptions {
  /** dist/: the bundles of core, practice and devices. */
  readonly dist: string
  readonly dataFolder: string
  readonly key: Uint8Array
  readonly onCoreReady: () => void
  readonly onCoreGone: () => void
  /** Core cannot start at all (wrong key, damaged database, …): `code` of the contract, and its words. */
  readonly onCoreFailed: (code: string, message: string) => void
  readonly log: (line: string) => void
}

export interface Processes {
  readonly core: SupervisedProcess
  readonly close: () => Promise<void>
}

interface Endpoint { readonly url: string; readonly localServiceUrl: string }
const endpointOf = (line: string): Endpoint | null => {
  try {
    const said: unknown = JSON.parse(line)
    return typeof said === 'object' && said !== null && 'url' in said && 'localServiceUrl' in said && typeof said.url === 'string' && typeof said.localServiceUrl === 'string' ? { url: said.url, localServiceUrl: said.localServiceUrl } : null
  } catch {
    return null
  }
}

/** Devices and the practice province first, then core, which waits for the province's address. */
export const startProcesses = (options: ProcessesOptions): Processes => {
  const { dist, dataFolder, key, log } = options
  let endpoint: Endpoint | null = null
  let coreRuns = false

  const connectDevices = (): void => {
    const { port1, port2 } = new MessageChannelMain()
    if (devices.send({ t: 'core' }, [port1])) core.send({ t: 'devices' }, [port2])
  }
  const tellCore = (): void => {
    if (!coreRuns || endpoint === null) return
    core.send({ t: 'start', dataFolder, key, endpoint })
    connectDevices()
  }

  const practice = supervise({
    name: 'practice', file: path.join(dist, 'practice/main.js'), log, stopBy: 'signal',
    // The same port after a crash, so that core finds it again.
    args: () => ['--quiet', '--data', path.join(dataFolder, 'practice-books.json'), ...(endpoint === null ? [] : ['--port', new URL(endpoint.url).port])],
    onStart: () => {},
    onLine: (line) => {
      if (endpoint !== null) return
      endpoint = endpointOf(line)
      tellCore()
    },
  })
  const devices: SupervisedProcess = supervise({ name: 'devices', file: path.join(dist, 'native/utility-process.js'), log, stopBy: 'message', onStart: () => { if (coreRuns) setImmediate(connectDevices) } })
  const core: SupervisedProcess = supervise({
    name: 'core', file: path.join(dist, 'core/utility-process.js'), log, stopBy: 'message',
    onStart: () => {
      coreRuns = true
      setImmediate(tellCore)
    },
    onEnd: () => {
      coreRuns = false
      options.onCoreGone()
    },
    onMessage: (message) => {
      if (typeof message !== 'object' || message === null || !('t' in message)) return
      if (message.t === 'ready') options.onCoreReady()
      if (message.t === 'failed' && 'code' in message && 'message' in message) options.onCoreFailed(String(message.code), String(message.message))
    },
  })
  return {
    core,
    close: async () => {
      await core.close()
      await Promise.all([devices.close(), practice.close()])
    },
  }
}
