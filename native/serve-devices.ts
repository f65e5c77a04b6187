import type { DeviceAnswer } from '../electron/contract/devices.ts'
import { DeviceRequest } from '../electron/contract/devices.ts'
import type { Channel } from '../electron/contract/wire.ts'
import { MAX_MESSAGE_CHARS } from '../electron/contract/wire.ts'
import { PrintFailure, writeJob } from './printing/write-job.ts'
import { encodeReceipt, PRINTER_80, PRINTER_58 } from './protocols/escpos.ts'

const parse = (text: string): DeviceRequest | null => {
  if (text.length > MAX_MESSAGE_CHARS) return null
  try {
    const parsed = DeviceRequest.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

const answer = async (request: DeviceRequest): Promise<DeviceAnswer> => {
  const { id, document, jobName, target } = request
  try {
    const { bytes, missing } = encodeReceipt(document, document.width === '58' ? PRINTER_58 : PRINTER_80)
    return { t: 'printed', id, target: await writeJob(target, jobName, bytes), bytes: bytes.length, missing: [...missing] }
  } catch (cause) {
    return { t: 'failed', id, problem: cause instanceof PrintFailure ? cause.problem : 'unknown', message: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** Answers core's requests over one channel. The only place that touches devices. */
export const serveDevices = (channel: Channel): void => {
  channel.onMessage((text) => {
    const request = parse(text)
    if (request === null) channel.send(JSON.stringify({ t: 'failed', id: null, problem: 'invalid-request', message: 'not a device request' } satisfies DeviceAnswer))
    else void answer(request).then((done) => channel.send(JSON.stringify(done)))
  })
}
