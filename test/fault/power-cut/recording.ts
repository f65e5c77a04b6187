import { readFileSync } from 'node:fs'
import type { Fact, SentMessage } from '../support/facts.ts'
import { digestOf } from '../support/facts.ts'

/** One thing that happened to a file, in the order in which the process did it. */
export type Operation =
  | { readonly kind: 'written'; readonly file: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'resized'; readonly file: string; readonly length: number }
  | { readonly kind: 'synced' | 'removed'; readonly file: string }
  | { readonly kind: 'moved'; readonly file: string; readonly to: string }
  | { readonly kind: 'told'; readonly fact: Fact }
  | { readonly kind: 'sent'; readonly message: SentMessage }

const NAMED = 1, WRITTEN = 2, RESIZED = 3, SYNCED = 4, REMOVED = 5, MOVED = 6, SENT = 7
const ROW_BYTES = 24
export const FACTS_FILE = 'facts'

/** What a till sends is one request a write: headers and body together, or the body behind its headers. */
const readSent = (bytes: Buffer): SentMessage | null => {
  const text = bytes.toString('utf8')
  const messageId = /"msgid"\s*:\s*"([^"]{30})"/.exec(text)?.[1]
  const infno = /"infno"\s*:\s*"([0-9A-Z]{4,6})"/.exec(text)?.[1]
  if (messageId === undefined || infno === undefined) return null
  const head = bytes.indexOf('\r\n\r\n')
  return { messageId, infno, digest: digestOf(text.startsWith('POST ') ? bytes.subarray(head + 4) : bytes) }
}

/** Reads what record.c wrote. Throws when the log is cut or says something this reader does not know. */
export const readRecording = (file: string): readonly Operation[] => {
  const log = readFileSync(file)
  const names = new Map<number, string>()
  const operations: Operation[] = []
  let half = ''
  for (let at = 0; at < log.length; ) {
    const kind = log.readUInt32LE(at)
    const number = log.readUInt32LE(at + 4)
    const offset = Number(log.readBigUInt64LE(at + 8))
    const length = Number(log.readBigUInt64LE(at + 16))
    at += ROW_BYTES
    const carries = kind === NAMED || kind === WRITTEN || kind === MOVED || kind === SENT
    if (carries && at + length > log.length) throw new Error(`${file}: cut at ${at}`)
    const bytes = carries ? log.subarray(at, at + length) : Buffer.alloc(0)
    at += bytes.length
    const name = names.get(number) ?? ''
    switch (kind) {
      case NAMED:
        names.set(number, bytes.toString())
        break
      case WRITTEN: {
        if (name !== FACTS_FILE) {
          operations.push({ kind: 'written', file: name, offset, bytes })
          break
        }
        half += bytes.toString()
        const lines = half.split('\n')
        half = lines.pop() ?? ''
        for (const line of lines) operations.push({ kind: 'told', fact: JSON.parse(line) as Fact })
        break
      }
      case RESIZED:
        operations.push({ kind: 'resized', file: name, length: offset })
        break
      case SYNCED:
        operations.push({ kind: 'synced', file: name })
        break
      case REMOVED:
        operations.push({ kind: 'removed', file: name })
        break
      case MOVED:
        operations.push({ kind: 'moved', file: name, to: bytes.toString() })
        names.set(number, bytes.toString())
        break
      case SENT: {
        const message = readSent(bytes)
        if (message !== null) operations.push({ kind: 'sent', message })
        break
      }
      default:
        throw new Error(`${file}: kind ${kind} at ${at}`)
    }
  }
  return operations
}
