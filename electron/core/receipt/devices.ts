import type { DeviceRequest, PrintTarget, ReceiptDocument } from '../../contract/index.ts'
import { AppError, DeviceAnswer } from '../../contract/index.ts'
import type { Channel } from '../../contract/index.ts'

/** The device process as core sees it. */
export interface Devices {
  /** Error print.failed (detail.problem). Resolves when the bytes were taken: written is not printed. */
  printReceipt(jobName: string, document: ReceiptDocument): Promise<{ readonly target: string; readonly bytes: number; readonly missing: readonly string[] }>
}

const DEADLINE_MS = 15_000

/** null: nothing we understand. A device process out of its mind must not take core with it. */
const readAnswer = (text: string): DeviceAnswer | null => {
  try {
    return DeviceAnswer.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Nothing is queued here: while the process is gone a request fails at once, so that no paper comes out minutes later. */
export const connectDevices = (channel: Channel | null, target: PrintTarget): Devices => {
  const waiting = new Map<number, { readonly done: (answer: Extract<DeviceAnswer, { t: 'printed' }>) => void; readonly fail: (problem: string, message: string) => void }>()
  let last = 0
  let open = channel !== null
  channel?.onMessage((text) => {
    const answer = readAnswer(text)
    if (answer === null || answer.id === null) return
    const call = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.t === 'printed') call?.done(answer)
    else call?.fail(answer.problem, answer.message)
  })
  channel?.onClose(() => {
    open = false
    for (const call of waiting.values()) call.fail('gone', 'the device process ended')
    waiting.clear()
  })
  return {
    printReceipt: (jobName, document) => new Promise((resolve, reject) => {
      const fail = (problem: string, message: string): void => reject(new AppError('print.failed', message, { problem }))
      if (channel === null || !open) return fail('gone', 'no device process')
      const id = ++last
      const timer = setTimeout(() => {
        waiting.delete(id)
        fail('timeout', 'the device process did not answer')
      }, DEADLINE_MS)
      waiting.set(id, {
        done: ({ target: where, bytes, missing }) => { clearTimeout(timer); resolve({ target: where, bytes, missing }) },
        fail: (problem, message) => { clearTimeout(timer); fail(problem, message) },
      })
      channel.send(JSON.stringify({ t: 'print-receipt', id, jobName, document, target } satisfies DeviceRequest))
    }),
  }
}
