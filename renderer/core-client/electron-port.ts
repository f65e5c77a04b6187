import type { Channel } from '../../electron/contract/index.ts'
import { portChannel } from './port-channel.ts'

/** The two words between page and preload (electron/shell/preload.ts). */
const ASK = 'yaogui:core-port-please'
const GIVEN = 'yaogui:core-port'

/** `connect` of a core client in Electron: asks the preload for a port to core; a new one each time, also after core was started again. */
export const connectToShell = (): Promise<Channel> => new Promise(resolve => {
  const listen = ({ data, source, ports }: MessageEvent<unknown>): void => {
    const [port] = ports
    if (source !== window || data !== GIVEN || port === undefined) return
    window.removeEventListener('message', listen)
    resolve(portChannel(port))
  }
  window.addEventListener('message', listen)
  window.postMessage(ASK, location.origin)
})
