import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { fuses } from '../../build/fuses.ts'
import { FakeContents, fakeElectron, world } from '../support/fake-electron.ts'

vi.mock('electron', () => fakeElectron)
const { hardenApp, hardenSession } = await import('../../electron/shell/harden.ts')
const { openTillWindow } = await import('../../electron/shell/till-window.ts')

test('a page is in a sandbox with nothing of Node', () => {
  openTillWindow('/dist/shell/preload.cjs')
  const window = world.windows.at(-1)
  expect(window?.url).toBe('app://yaogui/')
  expect(window?.options.webPreferences).toEqual({
    preload: '/dist/shell/preload.cjs', sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webSecurity: true,
    allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false, spellcheck: false, safeDialogs: true, disableDialogs: true, enableWebSQL: false,
  })
})

test('every permission is denied and nothing but our own files is loaded', () => {
  const handlers: Record<string, (...args: never[]) => unknown> = {}
  const session = Object.assign(new EventEmitter(), {
    ...Object.fromEntries(['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler', 'setDisplayMediaRequestHandler'].map((name) => [name, (handler: never) => { handlers[name] = handler }])),
    webRequest: { onBeforeRequest: (handler: never) => { handlers['request'] = handler } },
  })
  hardenSession(session as never)
  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'hid', 'serial', 'usb']) {
    let given: boolean | null = null
    handlers['setPermissionRequestHandler']?.(...([null, permission, (yes: boolean) => { given = yes }] as never[]))
    expect(given).toBe(false)
    expect(handlers['setPermissionCheckHandler']?.(...([null, permission] as never[]))).toBe(false)
  }
  expect(handlers['setDevicePermissionHandler']?.(...([{}] as never[]))).toBe(false)
  const cancelled = (url: string): unknown => {
    let answer: { cancel?: boolean } = {}
    handlers['request']?.(...([{ url }, (decision: never) => { answer = decision }] as never[]))
    return answer.cancel
  }
  for (const url of ['app://yaogui/', 'app://yaogui/assets/a.js', 'data:image/png;base64,x']) expect(cancelled(url)).toBe(false)
  for (const url of ['https://example.org/', 'http://127.0.0.1:1/', 'ws://127.0.0.1/', 'file:///etc/passwd', 'app://yaogui.evil/', 'app://other/', 'data:text/html,x', 'blob:x']) expect(cancelled(url)).toBe(true)
  let prevented = false
  session.emit('will-download', { preventDefault: () => { prevented = true } })
  expect(prevented).toBe(true)
})

test('a window goes nowhere and opens nothing', () => {
  const app = new EventEmitter()
  hardenApp(app as never)
  const contents = new FakeContents()
  app.emit('web-contents-created', {}, contents)
  for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview']) {
    let prevented = false
    contents.emit(name, { preventDefault: () => { prevented = true } })
    expect([name, prevented]).toEqual([name, true])
  }
  expect(contents.openHandler?.({ url: 'https://example.org' })).toEqual({ action: 'deny' })
})

test('a page that died is loaded again, one that was closed is not', () => {
  vi.useFakeTimers()
  openTillWindow('/p')
  const contents = world.windows.at(-1)!.webContents
  contents.emit('render-process-gone', {}, { reason: 'clean-exit' })
  contents.emit('render-process-gone', {}, { reason: 'crashed' })
  vi.advanceTimersByTime(2_000)
  expect(contents.reloads).toBe(1)
  vi.useRealTimers()
})

test('every fuse is decided, and none leaves a way around', () => {
  expect(fuses).toEqual({
    runAsNode: false, enableCookieEncryption: true, enableNodeOptionsEnvironmentVariable: false, enableNodeCliInspectArguments: false, enableEmbeddedAsarIntegrityValidation: true, onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false, grantFileProtocolExtraPrivileges: false, wasmTrapHandlers: true,
  })
})

test('the preload shares words with the shell and the page, and hands over nothing else', () => {
  const preload = readFileSync('electron/shell/preload.ts', 'utf8')
  for (const file of ['electron/shell/core-link.ts', 'renderer/core-client/electron-port.ts']) {
    const text = readFileSync(file, 'utf8')
    for (const word of ['yaogui:core-port-please', 'yaogui:core-port']) {
      expect(text).toContain(`'${word}'`)
      expect(preload).toContain(`'${word}'`)
    }
  }
  expect(preload).not.toMatch(/contextBridge|exposeInMainWorld|ipcRenderer\.invoke/)
})
