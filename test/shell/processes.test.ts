import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakeContents, fakeElectron, world } from '../support/fake-electron.ts'
import type { FakeProcess } from '../support/fake-electron.ts'

vi.mock('electron', () => fakeElectron)
const { startProcesses } = await import('../../electron/shell/processes.ts')
const { linkPagesToCore, ASK_FOR_PORT, GIVE_PORT, isOurPage } = await import('../../electron/shell/core-link.ts')
const { supervise } = await import('../../electron/shell/supervise.ts')

beforeEach(() => {
  world.processes.length = 0
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => { vi.useRealTimers() })
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const called = (name: string): FakeProcess => {
  const found = world.processes.filter((entry) => entry.file.includes(name)).at(-1)
  if (found === undefined) throw new Error(`no ${name} process`)
  return found
}
const messages = (entry: FakeProcess): unknown[] => entry.sent.map(({ message }) => message)
const start = () => {
  const seen: string[] = []
  const processes = startProcesses({
    dist: '/dist', dataFolder: '/shop', key: new Uint8Array(32).fill(7), log: () => {},
    onCoreReady: () => seen.push('ready'), onCoreGone: () => seen.push('gone'), onCoreFailed: (code) => seen.push(code),
  })
  return { processes, seen }
}
const ADDRESS = '{"url":"http://127.0.0.1:5000/csb","localServiceUrl":"http://127.0.0.1:5000/local"}\n'

test('core, devices and the province are three processes, and core starts once the province has its address', async () => {
  const { seen } = start()
  expect(world.processes.map((entry) => path.basename(path.dirname(entry.file)))).toEqual(['practice', 'native', 'core'])
  await tick()
  expect(called('core').sent).toEqual([])
  called('practice').stdout.emit('data', Buffer.from(ADDRESS.slice(0, 20)))
  called('practice').stdout.emit('data', Buffer.from(ADDRESS.slice(20)))
  expect(messages(called('core'))).toEqual([
    { t: 'start', dataFolder: '/shop', key: new Uint8Array(32).fill(7), endpoint: { url: 'http://127.0.0.1:5000/csb', localServiceUrl: 'http://127.0.0.1:5000/local' } },
    { t: 'devices' },
  ])
  // The two ends of one channel.
  const [toDevices] = called('native').sent
  const [, toCore] = called('core').sent
  expect(toDevices?.message).toEqual({ t: 'core' })
  const channelOf = (port: unknown): string => (port as { name: string }).name.slice(1)
  expect(channelOf(toDevices?.ports[0])).toBe(channelOf(toCore?.ports[0]))
  called('core').emit('message', { t: 'ready' })
  expect(seen).toEqual(['ready'])
})

test('core that dies is started again, told the same, and connected to the devices again', async () => {
  const { seen } = start()
  called('practice').stdout.emit('data', Buffer.from(ADDRESS))
  await tick()
  const first = called('core')
  first.emit('exit', 1)
  expect(seen).toEqual(['gone'])
  vi.advanceTimersByTime(500)
  await tick()
  expect(called('core')).not.toBe(first)
  expect(messages(called('core'))).toMatchObject([{ t: 'start' }, { t: 'devices' }])
})

test('devices that die are started again and connected to the same core', async () => {
  start()
  called('practice').stdout.emit('data', Buffer.from(ADDRESS))
  await tick()
  const before = called('core').sent.length
  called('native').emit('exit', 139)
  vi.advanceTimersByTime(500)
  await tick()
  expect(messages(called('core')).slice(before)).toEqual([{ t: 'devices' }])
})

test('the province comes back on its port', async () => {
  start()
  called('practice').stdout.emit('data', Buffer.from(ADDRESS))
  called('practice').emit('exit', 1)
  vi.advanceTimersByTime(500)
  expect(called('practice').args.slice(-2)).toEqual(['--port', '5000'])
})

test('a core that cannot start says why', async () => {
  const { seen } = start()
  called('core').emit('message', { t: 'failed', code: 'database.wrong-key', message: 'x' })
  expect(seen).toEqual(['database.wrong-key'])
})

test('stopping tells core first, and then the others', async () => {
  const { processes } = start()
  const core = called('core')
  const closed = processes.close()
  expect(messages(core)).toContainEqual({ t: 'close' })
  expect(messages(called('native'))).toEqual([])
  core.emit('exit', 0)
  await tick()
  expect(messages(called('native'))).toContainEqual({ t: 'close' })
  expect(called('practice').killed).toBe(true)
  called('native').emit('exit', 0)
  await closed
  vi.advanceTimersByTime(60_000)
  expect(world.processes).toHaveLength(3)
})

test('a process that keeps dying is started later each time, and at once again after it lived', () => {
  const delays: number[] = []
  supervise({ name: 'x', file: '/x.js', stopBy: 'message', onStart: () => {}, log: (line) => delays.push(Number(/in (\d+) ms/.exec(line)?.[1])) })
  for (let i = 0; i < 8; i++) {
    called('x.js').emit('exit', 1)
    vi.advanceTimersByTime(delays.at(-1) ?? 0)
  }
  expect(delays).toEqual([400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000])
  vi.advanceTimersByTime(31_000)
  called('x.js').emit('exit', 1)
  expect(delays.at(-1)).toBe(200)
})

test('a process that does not stop is ended', async () => {
  const supervised = supervise({ name: 'x', file: '/x.js', stopBy: 'message', onStart: () => {}, log: () => {} })
  const closed = supervised.close()
  expect(called('x.js').killed).toBe(false)
  vi.advanceTimersByTime(5_000)
  expect(called('x.js').killed).toBe(true)
  await closed
  expect(supervised.send('x')).toBe(false)
})

test('only our own page gets a port, each time a new one, and a page that asks early waits for core', () => {
  const sent: unknown[] = []
  let hears: (event: unknown) => void = () => {}
  const link = linkPagesToCore({ on: (channel: string, listener: (event: unknown) => void) => { if (channel === ASK_FOR_PORT) hears = listener } } as never, { send: (message, ports) => sent.push([message, ports]) > 0 })
  const page = new FakeContents()
  hears({ sender: page, senderFrame: page.mainFrame })
  expect(page.given).toEqual([])
  link.ready()
  expect(page.given).toHaveLength(1)
  expect(page.given[0]?.channel).toBe(GIVE_PORT)
  hears({ sender: page, senderFrame: page.mainFrame })
  expect(page.given).toHaveLength(2)
  expect(page.given[0]?.ports[0]).not.toBe(page.given[1]?.ports[0])
  const stranger = new FakeContents()
  for (const senderFrame of [null, { origin: 'app://yaogui' }]) hears({ sender: stranger, senderFrame })
  stranger.mainFrame.origin = 'https://evil.example'
  hears({ sender: stranger, senderFrame: stranger.mainFrame })
  expect(stranger.given).toEqual([])
  link.gone()
  hears({ sender: page, senderFrame: page.mainFrame })
  expect(page.given).toHaveLength(2)
  page.destroyed = true
  link.ready()
  expect(page.given).toHaveLength(2)
  expect(sent).toHaveLength(2)
})

test('a frame of our page is not our page', () => {
  const page = new FakeContents()
  expect(isOurPage({ sender: page, senderFrame: page.mainFrame } as never)).toBe(true)
  expect(isOurPage({ sender: page, senderFrame: { ...page.mainFrame } } as never)).toBe(false)
})
