import type { Reply } from './call.ts'
import { createConclude } from './call.ts'
import type { CallParts } from './call.ts'
import type { PreparedMessage } from './client.ts'
import type { FileExchange } from './gateway-files.ts'

/** Calls whose question or answer is a file. Their log lines say how large it was, never what was in it. */
export interface FileCall {
  /** Reply `ok` with `output` = its size in bytes: the file stands at `toPath`. Throws AppError disk.full. */
  readonly download: (message: PreparedMessage, toPath: string) => Promise<Reply>
  readonly sendForm: (message: PreparedMessage, file: { readonly fileName: string; readonly path: string }) => Promise<Reply>
  /** The file stands inside the message. */
  readonly sendInside: (message: PreparedMessage) => Promise<Reply>
}

const NOTHING = new Uint8Array()

export const createFileCall = (parts: CallParts): FileCall => {
  const { gateway, line, wire, mask } = parts
  const conclude = createConclude(parts)

  const note = ({ infno, messageId }: PreparedMessage, exchange: FileExchange): void => {
    const ending = exchange.kind === 'answer' ? { status: exchange.status, latencyMs: exchange.latencyMs, answer: mask.wire(exchange.bytes) }
      : exchange.kind === 'file' ? { bytes: exchange.bytes, latencyMs: exchange.latencyMs } : { reason: exchange.reason }
    wire.info({ infno, messageId, ended: exchange.kind, ...ending }, 'platform answer')
  }
  const end = (message: PreparedMessage, exchange: FileExchange): Reply => {
    note(message, exchange)
    if (exchange.kind !== 'file') return conclude(message, exchange)
    line.answered(exchange.latencyMs, null)
    return { kind: 'ok', output: exchange.bytes, raw: NOTHING }
  }

  return {
    download: async (message, toPath) => {
      wire.info({ infno: message.infno, messageId: message.messageId, request: mask.wire(message.body) }, 'platform request')
      return end(message, await gateway.download(message.infno, message.body, toPath))
    },
    sendForm: async (message, file) => {
      wire.info({ infno: message.infno, messageId: message.messageId, form: true }, 'platform request')
      return end(message, await gateway.sendForm(message.infno, message.body, file))
    },
    sendInside: async (message) => {
      wire.info({ infno: message.infno, messageId: message.messageId, bytes: message.body.length }, 'platform request')
      return end(message, await gateway.send(message.infno, message.body))
    },
  }
}
