// Runs on any Node from 20 on, before anything is installed: nothing here may import a dependency.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

const OLDEST_NODE = 20
const RUNTIME_MAJOR = 24

/** @param {string} zh @param {string} en */
export const say = (zh, en) => process.stderr.write(`[yaogui] ${zh} · ${en}\n`)

/** @param {string} zh @param {string} en @returns {never} */
const stop = (zh, en) => {
  say(zh, en)
  process.exit(1)
}

/** Runs npm with the Node that runs us; its output goes to stderr so that a command's own JSON stays alone on stdout. @param {string} root @param {string[]} args */
const npm = (root, args) => {
  const cli = process.env.npm_execpath
  const quiet = { cwd: root, stdio: /** @type {['ignore', 2, 2]} */ (['ignore', 2, 2]) }
  const result = cli !== undefined && /\.c?js$/.test(cli)
    ? spawnSync(process.execPath, [cli, ...args], quiet)
    : spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { ...quiet, shell: process.platform === 'win32' })
  return result.status === 0
}

/**
 * What every process of ours gets: where the user stands (npm moves to the project's folder), and a place where Node keeps compiled sources, which halves a start.
 * @param {string} root @returns {NodeJS.ProcessEnv}
 */
export const runtimeEnvironment = root => ({
  YAOGUI_CALLED_FROM: process.env.INIT_CWD ?? process.cwd(),
  NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'node-compile'),
  ...process.env,
})

/**
 * npm passes a signal to the shell between us, which may die of it alone: then nobody would end what we started.
 * @param {import('node:child_process').ChildProcess} child
 */
export const endWithParent = child => {
  const parent = process.ppid
  setInterval(() => { if (process.ppid !== parent) child.kill('SIGTERM') }, 1_000).unref()
}

/** @param {string} root */
const runtimeFile = root => path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** Major version of a Node binary, or null when it does not run. @param {string} file */
const majorOf = file => {
  if (!existsSync(file)) return null
  const asked = spawnSync(file, ['-p', 'process.versions.node'], { encoding: 'utf8' })
  const major = Number.parseInt(asked.stdout ?? '', 10)
  return asked.status === 0 && Number.isInteger(major) ? major : null
}

/** Whether node_modules already holds what the lock file names (somebody ran npm ci by hand). @param {string} root */
const isInstalled = root => {
  try {
    const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages
    const present = JSON.parse(readFileSync(path.join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages
    return Object.entries(wanted).every(([place, want]) => place === '' || want.optional === true || present[place]?.version === want.version)
  } catch {
    return false
  }
}

/** What an installation stands for: the lock file and the platform. @param {string} root */
const fingerprintOf = root =>
  createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json'))).update(`${process.platform} ${process.arch}`).digest('hex')

/**
 * Makes the working copy runnable and says which Node runs it. Cheap when nothing changed: one hash of the lock file.
 * @param {string} root
 * @returns {string} path of a Node 24 binary
 */
export const setUp = root => {
  const own = Number.parseInt(process.versions.node, 10)
  if (own < OLDEST_NODE) {
    stop(`需要 Node ${OLDEST_NODE} 或更新版本，现在是 ${process.versions.node}；请从 nodejs.org 安装后重试`,
      `Node ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}; install one from nodejs.org and try again`)
  }
  if (!existsSync(path.join(root, 'package-lock.json'))) stop('缺少 package-lock.json，请重新克隆', 'package-lock.json is missing; clone again')
  const stamp = path.join(root, 'node_modules', '.yaogui-setup.json')
  const fingerprint = fingerprintOf(root)
  try {
    const known = JSON.parse(readFileSync(stamp, 'utf8'))
    // Relative, so that a moved or copied folder runs on its own Node.
    const node = path.resolve(root, known.node)
    if (known.fingerprint === fingerprint && existsSync(node)) return node
  } catch {
    // No stamp, or not ours: set up.
  }

  if (!isInstalled(root)) {
    say('正在安装依赖（首次约 1 分钟）…', 'installing dependencies (about a minute the first time)…')
    // No package of ours needs a compiler, and one install script only: that of `node`, below.
    if (!npm(root, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])) {
      stop('依赖安装失败：请检查网络与 npm registry 设置（npm config get registry）后重试', 'npm ci failed: check the network and the npm registry setting (npm config get registry), then try again')
    }
  }

  let node = runtimeFile(root)
  if (majorOf(node) !== RUNTIME_MAJOR) {
    // Fetches the Node binary from the same registry, as a package.
    say('正在获取 Node 24…', 'fetching Node 24…')
    spawnSync(process.execPath, ['--no-deprecation', 'installArchSpecificPackage.js'], { cwd: path.join(root, 'node_modules', 'node'), stdio: ['ignore', 2, 2] })
  }
  if (majorOf(node) !== RUNTIME_MAJOR) {
    if (own !== RUNTIME_MAJOR) {
      stop('无法获取 Node 24：请检查网络后重试，或自行安装 Node 24 后再运行', 'Node 24 could not be fetched: check the network and try again, or install Node 24 and run with it')
    }
    node = realpathSync(process.execPath)
  }
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, `${JSON.stringify({ fingerprint, node: node.startsWith(root + path.sep) ? path.relative(root, node) : node }, null, 2)}\n`)
  return node
}
