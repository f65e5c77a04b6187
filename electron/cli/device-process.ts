import path from 'node:path'
import type { Channel } from '../contract/index.ts'
import { endChild, forkBeside } from './child-channel.ts'

const FILE = path.join(import.meta.dirname, '../../native/main.ts')

/** The device process for the length of one command: it ends with us, and is not started again. */
export const startDeviceProcess = (): { readonly channel: Channel; readonly close: () => Promise<void> } => {
  const child = forkBeside(FILE, [], 'inherit')
  return {
    channel: {
      send: (text) => {
        if (child.connected) child.send(text)
      },
      onMessage: (listener) => {
        child.on('message', (message) => {
          if (typeof message === 'string') listener(message)
        })
      },
      onClose: (listener) => {
        child.once('exit', listener)
      },
      close: () => {
        void endChild(child)
      },
    },
    close: () => endChild(child),
  }
}
