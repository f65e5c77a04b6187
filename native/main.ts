import { serveDevices } from './serve-devices.ts'

// Started by fork: the parent is core's host. When the parent is gone there is nobody to print for.
serveDevices({
  send: (text) => { process.send?.(text) },
  onMessage: (listener) => { process.on('message', (message) => { if (typeof message === 'string') listener(message) }) },
  onClose: (listener) => { process.once('disconnect', listener) },
  close: () => { process.disconnect() },
})
process.once('disconnect', () => process.exit(0))
