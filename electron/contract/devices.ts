import { z } from 'zod'
import { ReceiptDocument } from './receipt.ts'

/** Where bytes for paper go. `file`: a folder that collects them (practice, training, tests). */
export const PrintTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), folder: z.string().min(1) }),
  z.strictObject({ kind: z.literal('tcp'), host: z.string().min(1), port: z.int().min(1).max(65_535) }),
])
export type PrintTarget = z.infer<typeof PrintTarget>

/** What core says to the device process; one JSON string a message. Every request is answered under its id. */
export const DeviceRequest = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('print-receipt'), id: z.int(), jobName: z.string().regex(/^[0-9A-Za-z-]{1,60}$/), document: ReceiptDocument, target: PrintTarget }),
])
export type DeviceRequest = z.infer<typeof DeviceRequest>

export const DeviceAnswer = z.discriminatedUnion('t', [
  /** The bytes were taken; written is not printed (devices.md §2.4). `missing`: characters that could not be drawn. */
  z.strictObject({ t: z.literal('printed'), id: z.int(), target: z.string(), bytes: z.int(), missing: z.array(z.string()) }),
  z.strictObject({ t: z.literal('failed'), id: z.int().nullable(), problem: z.enum(['invalid-request', 'unreachable', 'timeout', 'disk', 'unknown']), message: z.string() }),
])
export type DeviceAnswer = z.infer<typeof DeviceAnswer>
