// `node build/run.mjs FILE …`: sets the working copy up, then runs FILE on the project's own Node 24 with the same arguments and exit code.
import { spawn } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { endWithParent, runtimeEnvironment, setUp } from './setup.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const [file, ...rest] = process.argv.slice(2)
if (file === undefined) {
  process.stderr.write('usage: node build/run.mjs FILE [ARGUMENT…]\n')
  process.exit(2)
}
const node = setUp(root)
const child = spawn(node, [path.resolve(root, file), ...rest], { stdio: 'inherit', env: runtimeEnvironment(root) })
// Ctrl+C reaches the whole foreground group; kill of this process alone must reach the child too.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => { child.kill(signal) })
endWithParent(child)
child.on('error', error => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code ?? 1)
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
})
