import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build } from 'rolldown'
import { checkBundles } from './check-bundles.mjs'

const root = path.dirname(import.meta.dirname)

/** Node's own, Electron's, and what loads a binary beside it. */
const EXTERNAL = [/^node:/, 'electron', 'better-sqlite3']

/** Whose main file asks for its parts in a way that no bundle can follow, and the file that does not. */
const BUNDLED_AS = { 'jsonc-parser': path.join(root, 'node_modules/jsonc-parser/lib/esm/main.js') }

/** One process, one file. @type {readonly { readonly source: string, readonly file: string, readonly format: 'esm' | 'cjs' }[]} */
export const PROCESSES = [
  { source: 'electron/shell/main.ts', file: 'shell/main.js', format: 'esm' },
  // A sandboxed preload is CommonJS and may require electron only.
  { source: 'electron/shell/preload.ts', file: 'shell/preload.cjs', format: 'cjs' },
  { source: 'electron/core/utility-process.ts', file: 'core/utility-process.js', format: 'esm' },
  // A thread of core's; core looks for it where its source stood.
  { source: 'electron/core/catalogue/build-worker.ts', file: 'files/electron/core/catalogue/build-worker.js', format: 'esm' },
  { source: 'electron/practice/main.ts', file: 'practice/main.js', format: 'esm' },
  { source: 'native/utility-process.ts', file: 'native/utility-process.js', format: 'esm' },
]
/** What the code reads from beside itself; it finds it under dist/files, where everything has its old place. */
const READ_FROM_DISK = ['migrations', 'electron/core/platform/profiles', 'electron/practice/data', 'electron/practice/page/static']

/** A bundle has one folder, its sources had many: each says where it stood. */
const keepPlaces = {
  name: 'keep-places',
  /** @param {string} code @param {string} id */
  transform: (code, id) => {
    if (!id.startsWith(root) || id.includes('node_modules') || !code.includes('import.meta.dirname') || id.includes(`${path.sep}shell${path.sep}`)) return null
    const place = path.relative(root, path.dirname(id)).split(path.sep).join('/')
    return { code: code.replaceAll('import.meta.dirname', `(import.meta.dirname + '/../files/${place}')`), map: null }
  },
}

/** Bundles every process into `dist` and looks at what came out: throws when it is not what the process can load. @param {string} dist */
export const bundleProcesses = async dist => {
  for (const folder of ['shell', 'core', 'practice', 'native', 'files']) rmSync(path.join(dist, folder), { recursive: true, force: true })
  for (const { source, file, format } of PROCESSES) {
    await build({
      input: path.join(root, source),
      platform: 'node',
      external: EXTERNAL,
      resolve: { alias: BUNDLED_AS },
      plugins: [keepPlaces],
      logLevel: 'warn',
      output: { file: path.join(dist, file), format, codeSplitting: false, minify: false, sourcemap: false },
    })
  }
  for (const place of READ_FROM_DISK) cpSync(path.join(root, place), path.join(dist, 'files', place), { recursive: true })
  checkBundles(dist, PROCESSES.map(({ file }) => file))
}
