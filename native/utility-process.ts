import process from 'node:process'
import { serveDevices } from './serve-devices.ts'

/** What of Electron's utility process is used here; device code may not import electron. */
interface Port {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}
interface ParentPort { on(event: 'message', listener: (event: { readonly data: { readonly t: 'core' | 'close' }; readonly ports: readonly Port[] }) => void): void }

// Started by the shell, which hands over a port to core: once, and again when core was started again.
const { parentPort } = process as unknown as { readonly parentPort: ParentPort }
parentPort.on('message', ({ data, ports }) => {
  if (data.t === 'close') process.exit(0)
  const [port] = ports
  if (port === undefined) return
  serveDevices({
    send: (text) => port.postMessage(text),
    onMessage: (listener) => {
      port.on('message', (event) => { if (typeof event.data === 'string') listener(event.data) })
      port.start()
    },
    onClose: (listener) => { port.on('close', listener) },
    close: () => port.close(),
  })
})
