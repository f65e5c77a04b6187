// npm test: lint, types, unit, end-to-end and fault tests. Everything is run even when something failed; the last line says how many. `--ci` adds what a clean clone must do besides.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { buildRenderer } from './build-renderer.mjs'
import { findChromium } from './find-chromium.mjs'

const root = path.dirname(import.meta.dirname)
const ci = process.argv.includes('--ci')
// What cannot be proved on this machine says why; on ours it fails.
if (ci) process.env['YAOGUI_CI'] = '1'
const output = path.join(root, 'test-output')
mkdirSync(output, { recursive: true })

let passed = 0
let failed = 0
/** @type {string[]} */
const summary = []
/** @param {string} name @param {number} good @param {number} bad @param {number} startedAt */
const record = (name, good, bad, startedAt) => {
  passed += good
  failed += bad
  summary.push(`${bad === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(8)} ${good} passed, ${bad} failed, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
}
/** @param {string} name */
const title = name => process.stdout.write(`\n── ${name} ──\n`)

/** @param {string} name @param {string[]} args */
const step = (name, args) => {
  title(name)
  const startedAt = Date.now()
  const done = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  record(name, done.status === 0 ? 1 : 0, done.status === 0 ? 0 : 1, startedAt)
}

/** @param {string} name @param {string[]} args */
const suite = (name, args) => {
  title(name)
  const startedAt = Date.now()
  const report = path.join(output, `vitest-${name}.json`)
  rmSync(report, { force: true })
  const done = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], { cwd: root, stdio: 'inherit' })
  if (!existsSync(report)) return record(name, 0, 1, startedAt)
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
  // A file that could not be loaded fails without a failed test.
  record(name, numPassedTests, numFailedTests === 0 && done.status !== 0 ? 1 : numFailedTests, startedAt)
  if (numPendingTests > 0) summary.push(`        ${name}: ${numPendingTests} skipped, reasons above`)
}

/** npm start as a user does it: the address answers with the till's page, Ctrl+C ends it cleanly. */
const startStep = async () => {
  title('start')
  const startedAt = Date.now()
  const data = mkdtempSync(path.join(tmpdir(), 'yaogui-start-'))
  const child = spawn(process.execPath, ['build/start.mjs', '--no-open', '--data', data], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, YAOGUI_SHELL: 'host' } })
  const limit = setTimeout(() => child.kill('SIGKILL'), 120_000)
  let said = ''
  let answered = false
  child.stdout.on('data', chunk => {
    said += chunk
    process.stdout.write(chunk)
    const address = /open {2}(http:\/\/127\.0\.0\.1:\d+\/)#token=/.exec(said)?.[1]
    if (address === undefined || answered) return
    answered = true
    void fetch(address).then(async answer => answer.status === 200 && (await answer.text()).includes('<script'), () => false).then(ok => {
      answered = ok
      child.kill('SIGINT')
    })
  })
  const code = await new Promise(resolve => child.on('exit', resolve))
  clearTimeout(limit)
  rmSync(data, { recursive: true, force: true })
  const ok = answered && code === 0
  record('start', ok ? 1 : 0, ok ? 0 : 1, startedAt)
}

step('lint', ['build/lint.mjs'])
step('types', ['build/check-types.mjs'])
suite('unit', [])
if (findChromium() !== null) {
  if (buildRenderer(root, process.execPath)) suite('e2e', ['--mode', 'e2e'])
  else record('e2e', 0, 1, Date.now())
} else if (ci) {
  process.stdout.write('e2e: no Chromium on this machine\n')
  record('e2e', 0, 1, Date.now())
} else {
  summary.push('skipped e2e: no Chromium or Chrome found; install one, or name it in YAOGUI_CHROMIUM')
}
suite('fault', ['--mode', 'fault'])
if (ci) {
  await startStep()
  step('demo', ['electron/cli/main.ts', 'demo'])
  step('build', ['build/bundle.mjs'])
}

process.stdout.write(`\n${summary.join('\n')}\n\ntests: ${passed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)
