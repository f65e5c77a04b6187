import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROCESSES, bundleProcesses } from '../../build/bundle-processes.mjs'
import { checkBundles, importsOf } from '../../build/check-bundles.mjs'
import { temporaryFolder } from '../support/temporary-folder.ts'

// Inside the project, so that what stays outside the bundles is found in node_modules.
let dist = ''
beforeAll(async () => {
  mkdirSync('test-output', { recursive: true })
  dist = mkdtempSync(path.resolve('test-output/bundles-'))
  await bundleProcesses(dist)
}, 60_000)
afterAll(() => rmSync(dist, { recursive: true, force: true }))

test('the preload is one CommonJS file that asks for electron only', () => {
  const text = readFileSync(path.join(dist, 'shell/preload.cjs'), 'utf8')
  expect(importsOf(text)).toEqual(['electron'])
  expect(text).not.toMatch(/^\s*(import|export)\s/m)
})

test('what must stay outside stays outside', () => {
  expect(importsOf(readFileSync(path.join(dist, 'core/utility-process.js'), 'utf8'))).toContain('better-sqlite3')
  expect(importsOf(readFileSync(path.join(dist, 'shell/main.js'), 'utf8'))).toContain('electron')
  for (const file of ['core/utility-process.js', 'practice/main.js', 'native/utility-process.js']) expect(importsOf(readFileSync(path.join(dist, file), 'utf8'))).not.toContain('electron')
})

test('the check finds a bundle that asks for more than its process can load', () => {
  const bad = (file: string, text: string): (() => void) => {
    const folder = temporaryFolder()
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
    return () => checkBundles(folder, [file])
  }
  expect(bad('practice/main.js', `import 'undici'`)).toThrow(/undici/)
  expect(bad('practice/main.js', `await import('zod')`)).toThrow(/zod/)
  expect(bad('practice/main.js', `const x = require('ws')`)).toThrow(/ws/)
  expect(bad('practice/main.js', `// import('ws')\nimport 'node:fs'`)).not.toThrow()
  expect(bad('core/utility-process.js', `export const x = 1`)).toThrow(/better-sqlite3/)
  expect(bad('shell/preload.cjs', `require('electron'); require('node:fs')`)).toThrow(/electron only/)
})

test('core and the province run from their bundles as the shell starts them', async () => {
  const data = temporaryFolder()
  const province = fork(path.join(dist, 'practice/main.js'), ['--quiet'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] })
  const [endpoint] = (await once(province, 'message')) as [{ url: string; localServiceUrl: string }]
  // Electron's parentPort over Node's own process channel.
  const stand = path.join(data, 'parent-port.cjs')
  writeFileSync(stand, `process.parentPort = { on: (_, listener) => process.on('message', data => listener({ data, ports: [] })), postMessage: message => process.send(message) }`)
  const core = fork(path.join(dist, 'core/utility-process.js'), [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: ['--require', stand], serialization: 'advanced' })
  core.send({ t: 'start', dataFolder: path.join(data, 'shop'), key: new Uint8Array(32).fill(1), endpoint: { url: endpoint.url, localServiceUrl: endpoint.localServiceUrl } })
  const [said] = (await once(core, 'message')) as [{ t: string }]
  expect(said).toEqual({ t: 'ready' })
  core.send({ t: 'close' })
  expect((await once(core, 'exit'))[0]).toBe(0)
  province.kill()
  await once(province, 'exit')
}, 60_000)

test('every process of the shell is bundled', () => {
  const shell = readFileSync('electron/shell/processes.ts', 'utf8') + readFileSync('electron/shell/main.ts', 'utf8')
  const threads = ['files/electron/core/catalogue/build-worker.js']
  for (const { file } of PROCESSES) if (file !== 'shell/main.js' && !threads.includes(file)) expect(shell).toContain(`'${file}'`)
})

test('the thread that core starts is where the bundled core looks for it, and answers', async () => {
  expect(readFileSync(path.join(dist, 'core/utility-process.js'), 'utf8')).toContain('/../files/electron/core/catalogue')
  const worker = new Worker(path.join(dist, 'files/electron/core/catalogue/build-worker.js'), { workerData: { from: null, to: path.join(dist, 'x.db'), key: null, source: { kind: 'archive', list: '1301', file: path.join(dist, 'none.zip'), rows: null }, acceptShrinking: false } })
  const [said] = await once(worker, 'message')
  expect(said).toMatchObject({ t: 'failed', error: { code: 'file.broken', detail: { reason: 'missing' } } })
}, 60_000)
