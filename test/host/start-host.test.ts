import { readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Host } from '../../electron/host/start-host.ts'
import { startHost } from '../../electron/host/start-host.ts'
import { memoryChannelPair } from '../../electron/core/rpc/memory-channel.ts'
import { createCoreClient } from '../../renderer/core-client/core-client.ts'
import type { CoreClient } from '../../renderer/core-client/core-client.ts'
import { emptyPage } from '../support/host-process.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const start = async (dataFolder: string, more: { platformUrl?: string } = {}): Promise<Host> => {
  const host = await startHost({ dataFolder, port: 0, profileFile: null, platformUrl: more.platformUrl ?? null, practiceFaultsFile: null, rendererFolder: emptyPage(path.join(path.dirname(dataFolder), 'page')), environment: {} })
  onTestFinished(host.close)
  return host
}
const till = (host: Host): CoreClient => {
  const [ours, theirs] = memoryChannelPair()
  host.core.serve(theirs)
  return createCoreClient({ connect: () => ours })
}

test('a first start opens a practice shop whose data only its owner reads; a second keeps it', async () => {
  const folder = path.join(temporaryFolder(), 'shop')
  const first = await start(folder)
  const client = till(first)
  await client.command('session.signIn', { staffId: '1001', pin: '1001' })
  const shift = await client.command('shift.openShift', { floatFen: 50_000 as never })
  const status = await client.query('system.getStatus', {})
  expect(status).toMatchObject({ practice: true, shiftOpen: true })
  const samples = await client.query('practice.listSamples', {})
  expect(samples.people.length).toBeGreaterThan(5)
  expect(samples.packs.length).toBeGreaterThan(20)
  // A sample that was put into a sale makes room for the next pack.
  const [sample] = samples.packs
  const sale = await client.command('sale.startSale', {})
  await client.command('sale.scanCode', { saleId: sale.saleId, raw: sample!.code, step: 'drug', via: 'panel' })
  const [next] = (await client.query('practice.listSamples', {})).packs
  expect(next).toMatchObject({ group: sample!.group, label: sample!.label })
  expect(next?.code).not.toBe(sample!.code)
  await first.close()

  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(path.join(folder, 'yaogui.key')).mode & 0o777).toBe(0o600)
  expect(readFileSync(path.join(folder, 'yaogui.db')).includes('SQLite format 3')).toBe(false)
  expect(readdirSync(path.join(folder, 'practice')).length).toBeGreaterThan(0)

  const second = await start(folder)
  const again = till(second)
  await again.command('session.signIn', { staffId: '1001', pin: '1001' })
  expect((await again.query('shift.getCurrent', {})).shift?.shiftId).toBe(shift.shiftId)
}, 60_000)

test('a second host on the same folder is refused, and leaves nothing running', async () => {
  const folder = path.join(temporaryFolder(), 'shop')
  await start(folder)
  await expect(start(folder)).rejects.toMatchObject({ code: 'database.locked' })
}, 60_000)

test('the practice province comes back on its port when it dies', async () => {
  const host = await start(path.join(temporaryFolder(), 'shop'))
  const url = host.practice?.url ?? ''
  const answers = (): Promise<boolean> => fetch(url).then(() => true, () => false)
  expect(await answers()).toBe(true)
  host.practice?.order({ type: 'close' })
  const states: boolean[] = []
  for (let i = 0; i < 600 && !(states.includes(false) && states.at(-1) === true); i++) {
    states.push(await answers())
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect(states).toContain(false)
  expect(states.at(-1)).toBe(true)
}, 60_000)

test('with an address given, no province is started and the till is simply offline when nobody answers there', async () => {
  const host = await start(path.join(temporaryFolder(), 'shop'), { platformUrl: 'http://127.0.0.1:9/csb' })
  expect(host.practice).toBe(null)
  const client = till(host)
  expect(await client.query('session.listStaff', {})).toHaveLength(3)
}, 60_000)
