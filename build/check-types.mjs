// One tsc per folder of tsconfig.json: every folder sees only the APIs its rules allow.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const folders = JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8')).references.map((/** @type {{ path: string }} */ r) => r.path)
const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')

/** A folder that holds no source yet has nothing to check (tsc calls that an error). @param {string} folder @returns {boolean} */
const hasSources = folder => readdirSync(path.join(root, folder), { recursive: true }).some(name => /\.(ts|tsx|mjs)$/.test(String(name)))

/** @param {string} folder @returns {Promise<boolean>} */
const check = folder => new Promise(resolve => {
  const child = spawn(process.execPath, [tsc, '-p', folder, '--pretty', String(process.stdout.isTTY === true)], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  child.stdout.on('data', chunk => { text += chunk })
  child.stderr.on('data', chunk => { text += chunk })
  child.on('exit', code => {
    process.stdout.write(code === 0 ? `types ok      ${folder}\n` : `types FAILED  ${folder}\n${text}\n`)
    resolve(code === 0)
  })
})

const wanted = process.argv.length > 2 ? process.argv.slice(2) : folders
const queue = wanted.filter((/** @type {string} */ folder) => existsSync(path.join(root, folder)) && hasSources(folder))
let failed = 0
const worker = async () => {
  for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) if (!await check(folder)) failed++
}
await Promise.all([worker(), worker()])
process.exit(failed === 0 ? 0 : 1)
