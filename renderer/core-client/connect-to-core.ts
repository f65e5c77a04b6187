import type { Channel } from '../../electron/contract/index.ts'
import { connectToShell } from './electron-port.ts'
import { connectToHost } from './host-session.ts'

/** `connect` of the till's core client: the same page runs in Electron and in a browser beside the host. */
export const connectToCore = (): Promise<Channel> => (location.protocol === 'app:' ? connectToShell() : connectToHost())
