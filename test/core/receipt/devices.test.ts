import { expect, test } from 'vitest'
import type { ReceiptDocument } from '../../../electron/contract/index.ts'
import { connectDevices } from '../../../electron/core/receipt/devices.ts'
import { memoryChannelPair } from '../../../electron/core/rpc/memory-channel.ts'

const paper: ReceiptDocument = { width: '58', columns: 32, title: 't', blocks: [] }
const open = () => {
  const [core, device] = memoryChannelPair()
  const heard: { id: number; jobName: string }[] = []
  device.onMessage((text) => heard.push(JSON.parse(text) as { id: number; jobName: string }))
  return { devices: connectDevices(core, { kind: 'file', folder: '-' }), device, heard }
}

test('a print is answered under its own id, whatever nonsense comes in between', async () => {
  const { devices, device, heard } = open()
  const printing = devices.printReceipt('one', paper)
  await expect.poll(() => heard.length).toBe(1)
  device.send('{ not JSON')
  device.send('"text"')
  device.send(JSON.stringify({ t: 'printed', id: 'one' }))
  device.send(JSON.stringify({ t: 'printed', id: 99, target: 'other', bytes: 1, missing: [] }))
  device.send(JSON.stringify({ t: 'printed', id: heard[0]!.id, target: 'paper', bytes: 12, missing: ['䗪'] }))
  expect(await printing).toEqual({ target: 'paper', bytes: 12, missing: ['䗪'] })
})

test('a device process that ends, refuses or is not there fails the print at once and in words', async () => {
  const { devices, device, heard } = open()
  const printing = devices.printReceipt('one', paper)
  await expect.poll(() => heard.length).toBe(1)
  device.send(JSON.stringify({ t: 'failed', id: heard[0]!.id, problem: 'unreachable', message: 'no printer' }))
  await expect(printing).rejects.toMatchObject({ code: 'print.failed', detail: { problem: 'unreachable' } })
  const lost = devices.printReceipt('two', paper)
  device.close()
  await expect(lost).rejects.toMatchObject({ code: 'print.failed', detail: { problem: 'gone' } })
  await expect(devices.printReceipt('three', paper)).rejects.toMatchObject({ code: 'print.failed', detail: { problem: 'gone' } })
  await expect(connectDevices(null, { kind: 'file', folder: '-' }).printReceipt('four', paper)).rejects.toMatchObject({ detail: { problem: 'gone' } })
})
