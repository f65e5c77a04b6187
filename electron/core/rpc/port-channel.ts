import type { MessagePort } from 'node:worker_threads'
import type { Channel } from '../../contract/index.ts'

/** Over a port of node:worker_threads. Anything but text is ignored: nobody of ours sends it. */
export const nodePortChannel = (port: MessagePort): Channel => ({
  send: text => port.postMessage(text),
  onMessage: listener => { port.on('message', (data: unknown) => { if (typeof data === 'string') listener(data) }) },
  onClose: listener => { port.on('close', listener) },
  close: () => port.close(),
})

/** What of Electron's MessagePortMain is used; core may not import electron. */
export interface ElectronPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

export const electronPortChannel = (port: ElectronPort): Channel => ({
  send: text => port.postMessage(text),
  onMessage: listener => {
    port.on('message', ({ data }) => { if (typeof data === 'string') listener(data) })
    port.start()
  },
  onClose: listener => { port.on('close', listener) },
  close: () => port.close(),
})
