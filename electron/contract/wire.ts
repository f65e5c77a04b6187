import { z } from 'zod'
import { CommandId } from './codes.ts'
import { ErrorBody } from './errors.ts'

/** One JSON string per message. Limits are the transport's: see MAX_MESSAGE_CHARS. */
export const MAX_MESSAGE_CHARS = 1_000_000

export const ClientMessage = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('hello'), contractHash: z.string().max(100) }),
  z.strictObject({ t: z.literal('call'), id: z.int().nonnegative(), name: z.string().max(80), input: z.unknown(), commandId: CommandId.optional() }),
  z.strictObject({ t: z.literal('subscribe'), id: z.int().nonnegative(), name: z.string().max(80), input: z.unknown() }),
  z.strictObject({ t: z.literal('unsubscribe'), id: z.int().nonnegative() }),
])
export type ClientMessage = z.infer<typeof ClientMessage>

export const ServerMessage = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('welcome'), contractHash: z.string(), appVersion: z.string() }),
  z.strictObject({ t: z.literal('result'), id: z.int(), output: z.unknown() }),
  z.strictObject({ t: z.literal('error'), id: z.int().nullable(), error: ErrorBody }),
  z.strictObject({ t: z.literal('event'), id: z.int(), data: z.unknown() }),
  z.strictObject({ t: z.literal('end'), id: z.int() }),
])
export type ServerMessage = z.infer<typeof ServerMessage>

/** The smallest transport: a channel of strings. Implemented in memory, over a MessagePort and over a WebSocket. */
export interface Channel {
  send(text: string): void
  onMessage(listener: (text: string) => void): void
  onClose(listener: () => void): void
  close(): void
}
