import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import WebSocket from 'ws'
import type { Channel } from '../../electron/contract/index.ts'
import { createCoreClient } from '../../renderer/core-client/core-client.ts'
import type { CoreClient } from '../../renderer/core-client/core-client.ts'

/** The whole till as a user starts it, in a process of its own that may be killed. */
export interface HostProcess {
  readonly child: ChildProcess
  readonly port: number
  readonly address: string
  readonly practiceUrl: string
  /** A window of its own over the real HTTP and WebSocket way. */
  readonly window: () => Promise<CoreClient>
  /** Ctrl+C; resolves with the exit code. */
  readonly stop: () => Promise<number | null>
}

const asChannel = (socket: WebSocket): Channel => ({
  send: (text) => { if (socket.readyState === WebSocket.OPEN) socket.send(text) },
  onMessage: (listener) => { socket.on('message', (data) => listener(String(data))) },
  onClose: (listener) => { socket.on('close', listener) },
  close: () => socket.close(),
})

/** Starts electron/host/main.ts. Rejects with what it said when it ends before it is ready. */
export const startHostProcess = async (dataFolder: string, options: { readonly args?: readonly string[]; readonly environment?: Readonly<Record<string, string>> } = {}): Promise<HostProcess> => {
  const child = fork(path.resolve('electron/host/main.ts'), ['--no-open', '--data', dataFolder, ...(options.args ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [], env: { ...process.env, YAOGUI_RENDERER: emptyPage(`${dataFolder}-page`), ...options.environment },
  })
  let said = ''
  child.stdout?.on('data', (chunk) => { said += chunk })
  child.stderr?.on('data', (chunk) => { said += chunk })
  let address = ''
  child.on('message', (message: { type: string; address?: string }) => { if (message.type === 'address' && message.address !== undefined) address = message.address })
  const ready = await Promise.race([
    once(child, 'message').then(([message]) => message as { port: number; address: string; practiceUrl: string }),
    once(child, 'exit').then(([code]) => { throw new Error(`the host ended with ${String(code)}: ${said}`) }),
  ])
  address = ready.address
  const origin = `http://127.0.0.1:${ready.port}`
  return {
    child, ...ready,
    window: async () => {
      const token = new URLSearchParams(new URL(address).hash.slice(1)).get('token') ?? ''
      const next = once(child, 'message')
      const answer = await fetch(`${origin}/session`, { headers: { authorization: `Bearer ${token}` } })
      if (answer.status !== 204) throw new Error(`session ${answer.status}`)
      await next
      const cookie = (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''
      const socket = new WebSocket(`ws://127.0.0.1:${ready.port}/core`, { headers: { origin, cookie } })
      await once(socket, 'open')
      return createCoreClient({ connect: () => asChannel(socket) })
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const ended = once(child, 'exit')
      child.kill('SIGINT')
      return (await ended)[0] as number | null
    },
  }
}

/** The smallest page that can be served, for tests that need no screens. */
export const emptyPage = (folder: string): string => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>t</title>')
  return folder
}
