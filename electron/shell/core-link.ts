import { MessageChannelMain } from 'electron'
import type { IpcMain, IpcMainEvent, WebContents } from 'electron'
import { APP_ORIGIN } from './app-protocol.ts'
import type { SupervisedProcess } from './supervise.ts'

export const ASK_FOR_PORT = 'yaogui:core-port-please'
export const GIVE_PORT = 'yaogui:core-port'

/** The page of one of our windows, itself, not a frame in it or another origin. */
export const isOurPage = (event: Pick<IpcMainEvent, 'senderFrame' | 'sender'>): boolean => {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && frame.origin === APP_ORIGIN
}

export interface CoreLink {
  /** Core said that it listens. */
  readonly ready: () => void
  readonly gone: () => void
}

/** Gives each page that asks a port of its own to core. A page that asks while core is away is served when it is back. */
export const linkPagesToCore = (ipcMain: IpcMain, core: Pick<SupervisedProcess, 'send'>): CoreLink => {
  let listening = false
  const waiting = new Set<WebContents>()
  const give = (page: WebContents): void => {
    if (page.isDestroyed()) return
    const { port1, port2 } = new MessageChannelMain()
    if (core.send({ t: 'window' }, [port1])) page.postMessage(GIVE_PORT, null, [port2])
    else waiting.add(page)
  }
  ipcMain.on(ASK_FOR_PORT, (event) => {
    if (!isOurPage(event)) return
    if (listening) give(event.sender)
    else waiting.add(event.sender)
  })
  return {
    ready: () => {
      listening = true
      const pages = [...waiting]
      waiting.clear()
      pages.forEach(give)
    },
    gone: () => { listening = false },
  }
}
