import { createConnection } from 'node:net'
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { PrintTarget } from '../../electron/contract/devices.ts'

export class PrintFailure extends Error {
  readonly problem: 'unreachable' | 'timeout' | 'disk'
  constructor(problem: PrintFailure['problem'], message: string, cause?: unknown) {
    super(message, { cause })
    this.problem = problem
  }
}

/** Left alone the system waits minutes for a printer that is off (devices.md §2.4). */
const CONNECT_MS = 1_500
const WRITE_MS = 10_000

/** Whole or not at all: written beside, synced, then named. */
const writeFile = async (folder: string, name: string, bytes: Uint8Array): Promise<string> => {
  const file = join(folder, name)
  try {
    await mkdir(folder, { recursive: true })
    const handle = await open(`${file}.part`, 'w')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(`${file}.part`, file)
  } catch (cause) {
    throw new PrintFailure('disk', `cannot write ${name}`, cause)
  }
  return file
}

/** One connection a job; nothing is kept to be sent later. */
const writeTcp = (host: string, port: number, bytes: Uint8Array): Promise<string> => new Promise((resolve, reject) => {
  const socket = createConnection({ host, port })
  const fail = (problem: PrintFailure['problem'], message: string, cause?: unknown): void => {
    socket.destroy()
    reject(new PrintFailure(problem, message, cause))
  }
  const deadline = setTimeout(() => fail('timeout', 'the printer did not take the receipt in time'), CONNECT_MS + WRITE_MS)
  const connecting = setTimeout(() => fail('unreachable', 'no connection to the printer'), CONNECT_MS)
  socket.once('connect', () => {
    clearTimeout(connecting)
    socket.end(bytes)
  })
  socket.once('error', (cause) => fail('unreachable', 'the connection to the printer broke', cause))
  socket.resume()
  socket.once('close', () => {
    clearTimeout(deadline)
    clearTimeout(connecting)
    resolve(`${host}:${port}`)
  })
})

/** Hands a job's bytes over; returns where they went. */
export const writeJob = (target: PrintTarget, jobName: string, bytes: Uint8Array): Promise<string> =>
  target.kind === 'file' ? writeFile(target.folder, `${jobName}.bin`, bytes) : writeTcp(target.host, target.port, bytes)
