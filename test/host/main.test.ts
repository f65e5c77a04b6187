import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startHostProcess } from '../support/host-process.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const start = async (folder: string, environment: Record<string, string> = {}) => {
  const host = await startHostProcess(folder, { environment })
  onTestFinished(async () => { await host.stop() })
  return host
}
const run = (...args: string[]) => spawnSync(process.execPath, ['electron/host/main.ts', '--no-open', ...args], { encoding: 'utf8' })

test('a window signs in over HTTP and WebSocket, and Ctrl+C ends everything cleanly', async () => {
  const host = await start(path.join(temporaryFolder(), 'shop'))
  const window = await host.window()
  await window.command('session.signIn', { staffId: '9001', pin: '9001' })
  expect((await window.query('audit.listRows', {})).rows[0]).toMatchObject({ action: 'session.signIn', staffId: '9001', outcome: 'ok' })
  const second = await host.window()
  expect((await second.query('session.getCurrent', {})).staff).toBe(null)
  expect(await host.stop()).toBe(0)
  await expect(fetch(host.practiceUrl)).rejects.toThrow()
}, 60_000)

test('a host that is killed leaves the folder free, and the next one finds its data', async () => {
  const folder = path.join(temporaryFolder(), 'shop')
  const host = await start(folder)
  const window = await host.window()
  await window.command('session.signIn', { staffId: '1001', pin: '1001' })
  const shift = await window.command('shift.openShift', { floatFen: 100 as never })
  const ended = once(host.child, 'exit')
  host.child.kill('SIGKILL')
  await ended
  const again = await (await start(folder)).window()
  await again.command('session.signIn', { staffId: '1001', pin: '1001' })
  expect((await again.query('shift.getCurrent', {})).shift?.shiftId).toBe(shift.shiftId)
}, 60_000)

test('the plug is pulled only where a test says so', async () => {
  const shop = async (environment: Record<string, string>) => {
    const host = await start(path.join(temporaryFolder(), 'shop'), environment)
    const window = await host.window()
    await window.command('session.signIn', { staffId: '1001', pin: '1001' })
    await window.command('shift.openShift', { floatFen: 100 as never })
    const sale = await window.command('sale.startSale', {})
    const [pack] = (await window.query('practice.listSamples', {})).packs
    const scan = window.command('sale.scanCode', { saleId: sale.saleId, raw: pack?.code ?? '', step: 'drug', via: 'hid' })
    return { host, scan }
  }
  const calm = await shop({ YAOGUI_CRASH_AT: 'scan:before-commit' })
  expect((await calm.scan).verdict.outcome).toMatch(/accept|notice/)
  const pulled = await shop({ YAOGUI_CRASH_AT: 'scan:before-commit', YAOGUI_TEST: '1' })
  const ended = once(pulled.host.child, 'exit')
  await expect(pulled.scan).rejects.toMatchObject({ code: 'rpc.not-connected' })
  expect(await ended).toEqual([null, 'SIGKILL'])
}, 60_000)

test('a second host on the same folder says so and ends', async () => {
  const folder = path.join(temporaryFolder(), 'shop')
  await start(folder)
  await expect(startHostProcess(folder)).rejects.toThrow(/ended with 1.*database\.locked/s)
}, 60_000)

test('wrong options are named, help is complete, and neither starts anything', () => {
  const folder = path.join(temporaryFolder(), 'shop')
  const wrong = run('--data', folder, '--prot', '1')
  expect([wrong.status, wrong.stderr.includes('--prot')]).toEqual([2, true])
  const help = run('--help')
  expect([help.status, help.stdout.includes('--practice-faults')]).toEqual([0, true])
  expect(() => statSync(folder)).toThrow()
})
