import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { Menu, app, dialog, ipcMain, protocol, safeStorage, session } from 'electron'
import { APP_SCHEME, answerAppRequest, listAppFiles } from './app-protocol.ts'
import { linkPagesToCore } from './core-link.ts'
import type { CoreLink } from './core-link.ts'
import { databaseKey } from './database-key.ts'
import { hardenApp, hardenSession } from './harden.ts'
import { startProcesses } from './processes.ts'
import type { Processes } from './processes.ts'
import { openTillWindow } from './till-window.ts'

const dist = path.join(import.meta.dirname, '..')
const log = (line: string): void => { process.stderr.write(`[yaogui] ${line}\n`) }

protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: false, corsEnabled: false, bypassCSP: false, allowServiceWorkers: false } }])
app.enableSandbox()
hardenApp(app)

let processes: Processes | null = null

const start = (): void => {
  hardenSession(session.defaultSession)
  Menu.setApplicationMenu(null)
  const files = listAppFiles(path.join(dist, 'renderer'))
  protocol.handle(APP_SCHEME, (request) => answerAppRequest(files, request))

  const dataFolder = path.join(app.getPath('userData'), 'shop')
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const key = databaseKey(safeStorage, path.join(dataFolder, 'yaogui.key'), path.join(dataFolder, 'yaogui.db'))
  // Processes report only after this turn of the loop: the link is there by then.
  let link: CoreLink | null = null
  processes = startProcesses({
    dist, dataFolder, key, log,
    onCoreReady: () => link?.ready(),
    onCoreGone: () => link?.gone(),
    onCoreFailed: (code, message) => {
      dialog.showErrorBox('药柜未能启动 · Yaogui could not start', `${code}\n${message}`)
      app.quit()
    },
  })
  link = linkPagesToCore(ipcMain, processes.core)
  openTillWindow(path.join(dist, 'shell/preload.cjs'))
}

if (app.requestSingleInstanceLock()) {
  app.whenReady().then(start).catch((error: unknown) => {
    dialog.showErrorBox('药柜未能启动 · Yaogui could not start', error instanceof Error ? error.message : String(error))
    app.exit(1)
  })
} else {
  app.quit()
}
app.on('window-all-closed', () => app.quit())
app.on('before-quit', (event) => {
  if (processes === null) return
  event.preventDefault()
  const last = processes
  processes = null
  void last.close().finally(() => app.quit())
})
