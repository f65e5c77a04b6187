// Type-aware lint of the whole project; the layer rules are in .oxlintrc.json and test/build/lint.test.ts keeps them awake.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'

const root = path.dirname(import.meta.dirname)
const linted = spawnSync(process.execPath, [path.join(root, 'node_modules/oxlint/bin/oxlint'), '--type-aware', '--deny-warnings', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
process.exit(linted.status ?? 1)
