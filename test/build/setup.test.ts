import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { hashSources, isCurrent } from '../../build/stamp.mjs'
import { temporaryFolder } from '../support/temporary-folder.ts'

const LOCK = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/win': { version: '1.0.0', optional: true } } }

/** A working copy of its own with a stand-in npm that writes down how it was called. `fails`: npm without a network. */
const copy = (installed: object | null, fails = false) => {
  const root = temporaryFolder()
  writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify(LOCK))
  const bin = path.join(root, 'node_modules/node/bin')
  const install = `const fs = require('node:fs'); fs.appendFileSync(${JSON.stringify(path.join(root, 'npm-calls'))}, process.argv.slice(2).join(' ') + '\\n');
    if (${String(fails)}) process.exit(1);
    fs.mkdirSync(${JSON.stringify(bin)}, { recursive: true }); if (!fs.existsSync(${JSON.stringify(`${bin}/node`)})) fs.symlinkSync(process.execPath, ${JSON.stringify(`${bin}/node`)});
    fs.writeFileSync(${JSON.stringify(path.join(root, 'node_modules/.package-lock.json'))}, JSON.stringify(${JSON.stringify(LOCK)}))`
  writeFileSync(path.join(root, 'npm-cli.js'), install)
  if (installed !== null) {
    mkdirSync(bin, { recursive: true })
    symlinkSync(process.execPath, path.join(bin, 'node'))
    writeFileSync(path.join(root, 'node_modules/.package-lock.json'), JSON.stringify(installed))
  }
  const setUp = () => spawnSync(process.execPath, ['-e', `import(${JSON.stringify(path.resolve('build/setup.mjs'))}).then(m => console.log(m.setUp(${JSON.stringify(root)})))`], {
    encoding: 'utf8', env: { ...process.env, npm_execpath: path.join(root, 'npm-cli.js') },
  })
  const npmCalls = (): string[] => (existsSync(path.join(root, 'npm-calls')) ? readFileSync(path.join(root, 'npm-calls'), 'utf8').trim().split('\n') : [])
  return { root, setUp, npmCalls, node: path.join(bin, 'node') }
}

test('a bare copy is installed once, without install scripts, and then left alone', () => {
  const { setUp, npmCalls, node } = copy(null)
  expect(setUp().stdout.trim()).toBe(node)
  expect(npmCalls()).toEqual(['ci --ignore-scripts --no-audit --no-fund --loglevel=error'])
  expect(setUp().stdout.trim()).toBe(node)
  expect(npmCalls()).toHaveLength(1)
})
test('a copy that somebody installed by hand is not installed again', () => {
  const { setUp, npmCalls } = copy(LOCK)
  expect(setUp().status).toBe(0)
  expect(npmCalls()).toEqual([])
})
test('another lock file is installed anew', () => {
  const { root, setUp, npmCalls } = copy(LOCK)
  setUp()
  writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: { ...LOCK.packages, 'node_modules/b': { version: '2.0.0' } } }))
  expect(setUp().status).toBe(0)
  expect(npmCalls()).toHaveLength(1)
})
test('without a network it says so in both languages and fails', () => {
  const { setUp } = copy(null, true)
  const failed = setUp()
  expect(failed.status).toBe(1)
  expect(failed.stderr).toMatch(/依赖安装失败.*npm ci failed: check the network/)
  expect(failed.stdout).toBe('')
})

test('a build is current until one of its sources changes, appears or goes', () => {
  const root = temporaryFolder()
  mkdirSync(path.join(root, 'src/deep'), { recursive: true })
  writeFileSync(path.join(root, 'src/deep/a.ts'), 'a')
  writeFileSync(path.join(root, 'one.json'), '1')
  const sources = ['src', 'one.json', 'absent']
  const first = hashSources(root, sources)
  writeFileSync(path.join(root, 'stamp'), first)
  expect(isCurrent(path.join(root, 'stamp'), hashSources(root, sources))).toBe(true)
  writeFileSync(path.join(root, 'src/deep/a.ts'), 'b')
  const second = hashSources(root, sources)
  expect(isCurrent(path.join(root, 'stamp'), second)).toBe(false)
  writeFileSync(path.join(root, 'src/deep/b.ts'), '')
  expect(hashSources(root, sources)).not.toBe(second)
  expect(isCurrent(path.join(root, 'no stamp'), first)).toBe(false)
})
