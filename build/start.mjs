// npm start: sets the working copy up, builds the screens when they changed, opens the till in Electron where that is possible, else in a browser window.
import { spawn, spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildRenderer } from './build-renderer.mjs'
import { fetchElectron, hasDisplay, installedElectron } from './electron-binary.mjs'
import { endWithParent, runtimeEnvironment, say, setUp } from './setup.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const args = process.argv.slice(2)
const wanted = process.env.YAOGUI_SHELL
const node = setUp(root)
if (!buildRenderer(root, node)) process.exit(1)

/** @returns {string | null} */
const findElectron = () => {
  if (wanted === 'host') return null
  if (wanted !== 'electron' && (!hasDisplay() || args.length > 0)) return null
  return installedElectron(root) ?? fetchElectron(root, node)
}

const electron = findElectron()
if (electron === null && wanted === 'electron') {
  say('没有 Electron 可用', 'Electron is not available')
  process.exit(1)
}
if (electron !== null && spawnSync(node, [path.join(root, 'build/bundle.mjs'), '--if-changed'], { cwd: root, stdio: ['ignore', 2, 2] }).status !== 0) process.exit(1)

// Chromium refuses its sandbox to root; nobody else goes without.
const asRoot = process.platform === 'linux' && process.getuid?.() === 0
const [file, fileArgs] = electron === null ? [node, [path.join(root, 'electron/host/main.ts'), ...args]] : [electron, [...(asRoot ? ['--no-sandbox'] : []), path.join(root, 'dist/shell/main.js')]]
const child = spawn(file, fileArgs, { cwd: root, stdio: 'inherit', env: runtimeEnvironment(root) })
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => { child.kill(signal) })
endWithParent(child)
child.on('error', error => {
  say(`无法启动：${error.message}`, `could not start: ${error.message}`)
  process.exit(1)
})
child.on('exit', (code, signal) => process.exit(signal === null ? code ?? 1 : 130))
