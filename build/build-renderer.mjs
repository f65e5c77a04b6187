import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { runtimeEnvironment, say } from './setup.mjs'
import { hashSources, isCurrent } from './stamp.mjs'

const SOURCES = ['renderer', 'electron/contract', 'electron/domain', 'vite.config.ts', 'package-lock.json']

/** Builds the renderer unless it was built from the same sources. @param {string} root @param {string} node @returns {boolean} whether there is a build now */
export const buildRenderer = (root, node) => {
  const stamp = path.join(root, 'dist', 'renderer.stamp')
  const hash = hashSources(root, SOURCES)
  if (isCurrent(stamp, hash) ) return true
  say('正在构建界面…', 'building the screens…')
  const built = spawnSync(node, [path.join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], { cwd: root, stdio: ['ignore', 2, 2], env: runtimeEnvironment(root) })
  if (built.status !== 0) {
    say('界面构建失败，见上', 'the screens could not be built, see above')
    return false
  }
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, hash)
  return true
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === import.meta.filename) {
  process.exit(buildRenderer(path.dirname(import.meta.dirname), process.execPath) ? 0 : 1)
}
