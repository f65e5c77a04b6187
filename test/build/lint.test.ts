import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** One bad file a rule, in the folder that the rule guards. The message is part of the guard: it states the rule. */
const SEEDS: readonly (readonly [file: string, source: string, rule: string, message: RegExp])[] = [
  ['electron/contract/a.ts', `import '../domain/x.ts'`, 'no-restricted-imports', /contract imports zod and itself/],
  ['electron/contract/b.ts', `import 'node:fs'`, 'no-restricted-imports', /contract imports zod and itself/],
  ['electron/domain/a.ts', `import 'node:fs'`, 'no-restricted-imports', /domain is pure/],
  ['electron/domain/b.ts', `import '../core/x.ts'`, 'no-restricted-imports', /domain is pure/],
  ['electron/domain/deep/c.ts', `import '../../../renderer/x.ts'`, 'no-restricted-imports', /domain is pure/],
  ['electron/domain/d.ts', `export const now = () => Date.now()`, 'no-restricted-properties', /domain has no clock/],
  ['electron/domain/e.ts', `export const any = () => Math.random()`, 'no-restricted-properties', /domain has no randomness/],
  ['electron/domain/f.ts', `export const id = () => crypto.randomUUID()`, 'no-restricted-properties', /domain has no randomness/],
  ['electron/domain/g.ts', `export const t = () => performance.now()`, 'no-restricted-globals', /domain has no clock/],
  ['electron/core/a.ts', `import 'electron'`, 'no-restricted-imports', /only electron\/shell/],
  ['electron/core/sale/b.ts', `import '../../practice/x.ts'`, 'no-restricted-imports', /shares no code/],
  ['electron/core/c.ts', `import '../../native/x.ts'`, 'no-restricted-imports', /never imports the screens or device code/],
  ['electron/core/d.ts', `import '../host/x.ts'`, 'no-restricted-imports', /hosts import core/],
  ['electron/core/e.ts', `import 'ws'`, 'no-restricted-imports', /channels, not transports/],
  ['electron/cli/a.ts', `import 'electron'`, 'no-restricted-imports', /only electron\/shell/],
  ['electron/cli/b.ts', `import '../../renderer/features/x.ts'`, 'no-restricted-imports', /command line/],
  ['electron/practice/a.ts', `import '../core/x.ts'`, 'no-restricted-imports', /shares no code with the client/],
  ['electron/practice/b.ts', `import '../domain/x.ts'`, 'no-restricted-imports', /shares no code with the client/],
  ['electron/practice/c.ts', `import 'better-sqlite3'`, 'no-restricted-imports', /practice province/],
  ['electron/host/a.ts', `import 'electron/main'`, 'no-restricted-imports', /only electron\/shell/],
  ['electron/host/b.ts', `import '../../native/x.ts'`, 'no-restricted-imports', /the host starts/],
  ['electron/shell/a.ts', `import '../core/x.ts'`, 'no-restricted-imports', /the shell only starts the files/],
  ['electron/shell/b.ts', `import '../../renderer/x.ts'`, 'no-restricted-imports', /the shell only starts the files/],
  ['native/a.ts', `import '../electron/core/x.ts'`, 'no-restricted-imports', /device process knows/],
  ['native/b.ts', `import 'better-sqlite3'`, 'no-restricted-imports', /SQLite never shares/],
  ['renderer/a.tsx', `import 'node:fs'`, 'no-restricted-imports', /screens run in a sandbox/],
  ['renderer/b.ts', `import 'electron'`, 'no-restricted-imports', /screens run in a sandbox/],
  ['renderer/features/c.ts', `import '../../electron/core/x.ts'`, 'no-restricted-imports', /contract and domain only/],
  ['build/a.ts', `export default 1`, 'no-default-export', /./],
  ['electron/core/cycle-a.ts', `import { b } from './cycle-b.ts'\nexport const a = (): unknown => b`, 'no-cycle', /cycle/],
  ['electron/core/floating.ts', `const f = async () => 1\nexport const g = () => { f() }`, 'no-floating-promises', /./],
  ['electron/core/any.ts', `export const f = (x: any): number => x`, 'no-explicit-any', /./],
  ['electron/core/switch.ts', `export const f = (x: 'a' | 'b'): number => {\n  switch (x) {\n    case 'a':\n      return 1\n  }\n  return 2\n}`, 'switch-exhaustiveness-check', /./],
  ['test/only.test.ts', `import { test } from 'vitest'\ntest.only('x', () => {})`, 'no-focused-tests', /./],
  ['test/skip.test.ts', `import { test } from 'vitest'\ntest.skip('x', () => {})`, 'no-disabled-tests', /./],
]
/** What the rules allow: a guard that flags everything guards nothing. */
const GOOD: readonly (readonly [file: string, source: string])[] = [
  ['electron/contract/good.ts', `import './x.ts'\nimport 'zod'`],
  ['electron/domain/good.ts', `import '../contract/x.ts'\nimport './b.ts'`],
  ['electron/core/sale/good.ts', `import '../../contract/x.ts'\nimport '../../domain/x.ts'\nimport '../shift/x.ts'\nimport 'node:fs'\nimport 'better-sqlite3'`],
  ['electron/host/good.ts', `import '../core/x.ts'\nimport 'ws'`],
  ['electron/cli/good.ts', `import '../core/x.ts'\nimport '../../renderer/core-client/x.ts'`],
  ['electron/shell/good.ts', `import 'electron'\nimport '../contract/x.ts'`],
  ['renderer/till/good.ts', `import '../core/x.ts'\nimport '../../electron/domain/x.ts'\nimport 'react'`],
  ['electron/core/cycle-b.ts', `import { a } from './cycle-a.ts'\nexport const b = (): unknown => a`],
]

interface Found { readonly code: string; readonly message: string; readonly help: string | null; readonly filename: string }
let folder = ''
let found: readonly Found[] = []

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'yaogui-lint-'))
  const put = (file: string, source: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), `${source}\n`)
  }
  for (const [file, source] of [...SEEDS, ...GOOD]) put(file, source)
  copyFileSync('.oxlintrc.json', path.join(folder, '.oxlintrc.json'))
  put('tsconfig.json', JSON.stringify({ compilerOptions: { ...JSON.parse(readFileSync('tsconfig.base.json', 'utf8')).compilerOptions, types: [] }, include: ['.'] }))
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'))
  const linted = spawnSync(process.execPath, [path.resolve('node_modules/oxlint/bin/oxlint'), '--type-aware', '-f', 'json'], { cwd: folder, encoding: 'utf8' })
  found = (JSON.parse(linted.stdout) as { diagnostics: Found[] }).diagnostics
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const of = (file: string): readonly Found[] => found.filter((entry) => entry.filename.replaceAll('\\', '/').endsWith(file))

test.each(SEEDS)('%s is flagged', (file, _source, rule, message) => {
  const hits = of(file).filter((entry) => entry.code.includes(`(${rule})`))
  expect(hits, JSON.stringify(of(file))).toHaveLength(1)
  expect(`${hits[0]?.message} ${hits[0]?.help ?? ''}`).toMatch(message)
})
test.each(GOOD.slice(0, -1))('%s is let through', (file) => {
  expect(of(file)).toEqual([])
})
