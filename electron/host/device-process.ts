import path from 'node:path'
import type { Logger } from 'pino'
import type { Channel, DeviceAnswer } from '../contract/index.ts'
import { superviseChild } from './child-process.ts'

const FILE = path.join(import.meta.dirname, '../../native/main.ts')

/** The device process as a channel that outlives its crashes: what is asked while there is no process is answered as failed, never kept for later. */
export const startDeviceProcess = (log: Logger): { readonly channel: Channel; readonly close: () => Promise<void> } => {
  const listeners: ((text: string) => void)[] = []
  const asked = new Set<number>()
  const tell = (text: string): void => {
    for (const listener of listeners) listener(text)
  }
  const fail = (id: number): void => {
    asked.delete(id)
    tell(JSON.stringify({ t: 'failed', id, problem: 'unreachable', message: 'the device process is not running' } satisfies DeviceAnswer))
  }
  const child = superviseChild({
    name: 'devices', file: FILE, args: () => [], log,
    onStart: started => started.once('exit', () => { for (const id of asked) fail(id) }),
    onMessage: message => {
      if (typeof message !== 'string') return
      asked.delete((JSON.parse(message) as { id: number }).id)
      tell(message)
    },
  })
  return {
    channel: {
      send: text => {
        const { id } = JSON.parse(text) as { id: number }
        asked.add(id)
        if (!child.send(text)) setImmediate(fail, id)
      },
      onMessage: listener => { listeners.push(listener) },
      onClose: () => {},
      close: () => { void child.close() },
    },
    close: child.close,
  }
}
