import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { say } from './setup.mjs'

const FETCH_LIMIT_MS = 180_000
const REMEMBER_MS = 24 * 3600 * 1000

/** Path of Electron's binary if it is installed. @param {string} root @returns {string | null} */
export const installedElectron = root => {
  const folder = path.join(root, 'node_modules', 'electron')
  const distribution = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist')
  const pathFile = path.join(folder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const binary = path.join(distribution, name)
  return existsSync(binary) ? binary : null
}

/** Tries once a day to fetch it. @param {string} root @param {string} node @returns {string | null} */
export const fetchElectron = (root, node) => {
  const memory = path.join(root, 'node_modules', '.cache', 'electron-not-there')
  if (existsSync(memory) && Date.now() - Number(readFileSync(memory, 'utf8')) < REMEMBER_MS) return null
  say('正在获取 Electron（约 110 MB，最多等 3 分钟）…', 'fetching Electron (about 110 MB, at most 3 minutes)…')
  const fetched = spawnSync(node, [path.join(root, 'node_modules/electron/install.js')], { cwd: root, stdio: 'ignore', timeout: FETCH_LIMIT_MS })
  const binary = fetched.status === 0 ? installedElectron(root) : null
  if (binary === null) {
    mkdirSync(path.dirname(memory), { recursive: true })
    writeFileSync(memory, String(Date.now()))
    say('没有取到 Electron，改用浏览器窗口（明天再试）', 'Electron could not be fetched; using a browser window (tries again tomorrow)')
  } else {
    rmSync(memory, { force: true })
  }
  return binary
}

/** Whether a window could appear anywhere. */
export const hasDisplay = () => process.platform === 'win32' || process.platform === 'darwin' || process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined
