// npm run build: the renderer by Vite, everything else by rolldown. `--if-changed` does nothing when the sources are the same.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { buildRenderer } from './build-renderer.mjs'
import { PROCESSES, bundleProcesses } from './bundle-processes.mjs'
import { say } from './setup.mjs'
import { hashSources, isCurrent } from './stamp.mjs'

const root = path.dirname(import.meta.dirname)
const dist = path.join(root, 'dist')
const SOURCES = ['electron', 'native', 'migrations', 'build', 'package-lock.json']

const stamp = path.join(dist, 'bundles.stamp')
const hash = hashSources(root, SOURCES)
if (!process.argv.includes('--if-changed') || !isCurrent(stamp, hash)) {
  if (!buildRenderer(root, process.execPath)) process.exit(1)
  say('正在打包…', 'bundling…')
  await bundleProcesses(dist)
  mkdirSync(dist, { recursive: true })
  writeFileSync(stamp, hash)
  for (const { file } of PROCESSES) process.stdout.write(`dist/${file}  ${Math.round(readFileSync(path.join(dist, file)).length / 1024)} kB\n`)
  process.stdout.write(`dist/renderer  ${readdirSync(path.join(dist, 'renderer'), { recursive: true }).length} files\n`)
}
