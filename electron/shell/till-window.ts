import { BrowserWindow } from 'electron'
import type { BrowserWindowConstructorOptions } from 'electron'
import { APP_ORIGIN } from './app-protocol.ts'

/** Everything that decides what a page may do is spelled out, also where it is the default. */
export const windowOptions = (preload: string): BrowserWindowConstructorOptions => ({
  width: 1366, height: 768, minWidth: 1024, minHeight: 700, show: false, autoHideMenuBar: true, title: '药柜 Yaogui',
  webPreferences: {
    preload, sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
    webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false, spellcheck: false, safeDialogs: true, disableDialogs: true, enableWebSQL: false,
  },
})

export const openTillWindow = (preload: string): BrowserWindow => {
  const window = new BrowserWindow(windowOptions(preload))
  window.once('ready-to-show', () => window.show())
  // A page that died comes back; the sale is in the database.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) setTimeout(() => { if (!window.isDestroyed()) window.webContents.reload() }, 1_000)
  })
  void window.loadURL(`${APP_ORIGIN}/`)
  return window
}
