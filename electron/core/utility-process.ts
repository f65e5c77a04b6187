import { mkdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { pino } from 'pino'
import { isAppError } from '../contract/index.ts'
import type { Channel } from '../contract/index.ts'
import { startCore } from './core.ts'
import type { Core } from './core.ts'
import { loadProfile, shippedProfileFile, withEndpoint } from './platform/profile-file.ts'
import { electronPortChannel } from './rpc/port-channel.ts'
import type { ElectronPort } from './rpc/port-channel.ts'

/** What of Electron's utility process is used here; core may not import electron. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly ElectronPort[] }) => void): void
  postMessage(message: unknown): void
}
/** From the shell (electron/shell/processes.ts): the same program on both sides, so its messages are typed, not parsed. */
type FromShell =
  | { readonly t: 'start'; readonly dataFolder: string; readonly key: Uint8Array; readonly endpoint: { readonly url: string; readonly localServiceUrl: string } }
  | { readonly t: 'window' } | { readonly t: 'devices' } | { readonly t: 'close' }

const { parentPort } = process as unknown as { readonly parentPort: ParentPort }
let starting: Promise<Core> | null = null

/** The device process comes and goes with its own port; core keeps one channel. */
const deviceLine = (): { readonly channel: Channel; readonly plug: (port: ElectronPort) => void } => {
  const listeners: ((text: string) => void)[] = []
  let current: Channel | null = null
  return {
    channel: {
      send: (text) => {
        if (current !== null) return current.send(text)
        const { id } = JSON.parse(text) as { id: number }
        setImmediate(() => { for (const listener of listeners) listener(JSON.stringify({ t: 'failed', id, problem: 'unreachable', message: 'the device process is not running' })) })
      },
      onMessage: (listener) => { listeners.push(listener) },
      onClose: () => {},
      close: () => current?.close(),
    },
    plug: (port) => {
      const channel = electronPortChannel(port)
      current = channel
      channel.onMessage((text) => { for (const listener of listeners) listener(text) })
      channel.onClose(() => { if (current === channel) current = null })
    },
  }
}
const devices = deviceLine()

const start = (message: Extract<FromShell, { t: 'start' }>): Promise<Core> => {
  const { dataFolder, key, endpoint } = message
  mkdirSync(path.join(dataFolder, 'log'), { recursive: true, mode: 0o700 })
  return startCore({
    dataFolder, key: new Uint8Array(key), devices: devices.channel, demoShop: true,
    profile: withEndpoint(loadProfile(shippedProfileFile('practice')), endpoint),
    printer: { kind: 'file', folder: path.join(dataFolder, 'receipts') },
    log: pino({ level: 'info', base: null }, pino.destination({ dest: path.join(dataFolder, 'log', 'yaogui.log'), sync: true })),
  })
}

const fail = (error: unknown): void => {
  parentPort.postMessage({ t: 'failed', code: isAppError(error) ? error.code : 'rpc.internal', message: error instanceof Error ? error.message : String(error) })
}

parentPort.on('message', ({ data, ports }) => {
  const message = data as FromShell
  const [port] = ports
  switch (message.t) {
    case 'start':
      starting ??= start(message)
      starting.then(() => parentPort.postMessage({ t: 'ready' }), fail)
      return
    case 'devices':
      if (port !== undefined) devices.plug(port)
      return
    case 'window':
      if (port !== undefined) starting?.then((core) => core.serve(electronPortChannel(port)), () => port.close())
      return
    case 'close':
      void Promise.resolve(starting?.then((core) => core.close())).finally(() => process.exit(0))
      return
  }
})
