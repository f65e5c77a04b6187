import path from 'node:path'
import process from 'node:process'
import { isAppError } from '../contract/index.ts'
import { HELP, readHostOptions } from './host-options.ts'
import type { HostOptions } from './host-options.ts'
import { hasDisplay, openBrowser } from './open-browser.ts'
import { startHost } from './start-host.ts'

const root = path.join(import.meta.dirname, '../..')
const say = (text: string): void => { process.stdout.write(`${text}\n`) }
const stop = (text: string, code: number): never => {
  process.stderr.write(`${text}\n`)
  process.exit(code)
}

const readOptions = (): HostOptions => {
  try {
    const options = readHostOptions(process.argv.slice(2), process.env['YAOGUI_CALLED_FROM'] ?? process.cwd(), process.env['YAOGUI_DATA'] ?? path.join(root, 'data'))
    if (options !== 'help') return options
    say(HELP)
    return process.exit(0)
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`, 2)
  }
}

const options = readOptions()
const host = await startHost({
  ...options,
  // Another page than the built one only in tests, which need none.
  rendererFolder: process.env['YAOGUI_RENDERER'] ?? path.join(root, 'dist/renderer'),
  onNewAddress: address => {
    say(`  再开一个窗口 · another window  ${address}`)
    process.send?.({ type: 'address', address })
  },
}).catch((error: unknown) => stop(`药柜未能启动 · could not start: ${isAppError(error) ? `${error.code}: ${error.message}` : error instanceof Error ? (error.stack ?? error.message) : String(error)}`, 1))

let stopping = false
const close = (): void => {
  if (stopping) process.exit(130)
  stopping = true
  void host.close().then(() => process.exit(0))
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, close)

say(`药柜 Yaogui${host.core.house.profile.practice ? '  练习 practice' : ''}`)
say(`  打开 · open  ${host.address()}`)
say(`  数据 · data  ${options.dataFolder}`)
say(`  停止 · stop  Ctrl+C`)
process.send?.({ type: 'ready', address: host.address(), port: host.port, practiceUrl: host.practice?.url ?? null })
if (options.open && hasDisplay(process.platform, process.env)) openBrowser(host.address())
