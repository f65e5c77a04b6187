import type { Channel } from '../../electron/contract/index.ts'

/** Over a MessagePort of a window (or any worker). */
export const portChannel = (port: MessagePort): Channel => ({
  send: text => port.postMessage(text),
  onMessage: listener => {
    port.addEventListener('message', ({ data }: MessageEvent<unknown>) => { if (typeof data === 'string') listener(data) })
    port.start()
  },
  onClose: listener => port.addEventListener('close', listener),
  close: () => port.close(),
})
