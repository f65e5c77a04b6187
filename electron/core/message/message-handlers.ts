import type { Instant, PlatformMessage } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { House } from '../house.ts'
import { createWireMask } from '../platform/wire-mask.ts'
import { wireText } from '../platform/wire-text.ts'
import type { Handlers } from '../rpc/handlers.ts'

const MOST = 60_000

const statements = perDatabase((db) => ({
  get: db.prepare(`select message_id as messageId, infno, request, created_at as sentAt, answered_at as answeredAt, outcome, answer from platform_message where message_id = ?`),
}))

interface Row { readonly messageId: string; readonly infno: string; readonly request: Buffer; readonly sentAt: Instant; readonly answeredAt: Instant | null; readonly outcome: PlatformMessage['outcome']; readonly answer: Buffer | null }

const show = (db: ReadableDb, messageId: string, say: (bytes: Buffer) => string, masked: boolean): PlatformMessage => {
  const row = statements(db).get.get(messageId) as Row | undefined
  if (row === undefined) throw new AppError('message.not-found', 'no such message', { messageId })
  const [request, answer] = [say(row.request), row.answer === null ? null : say(row.answer)]
  return { ...row, request: request.slice(0, MOST), answer: answer?.slice(0, MOST) ?? null, masked, cut: request.length > MOST || (answer?.length ?? 0) > MOST }
}

const laidOut = (value: unknown): string => JSON.stringify(value, null, 1)
const asItCame = (bytes: Buffer): string => {
  const text = wireText(bytes)
  try {
    return laidOut(JSON.parse(text))
  } catch {
    return text
  }
}

export const messageHandlers = (house: Pick<House, 'db' | 'profile'>): Pick<Handlers, 'message.getMasked' | 'message.reveal'> => ({
  'message.getMasked': (_call, { messageId }) => {
    // The question first: what it says of a person is covered in the answer's words too.
    const mask = createWireMask(house.profile.wireNames)
    return show(house.db, messageId, (bytes) => laidOut(mask.wire(bytes)), true)
  },
  'message.reveal': (_call, { messageId }) => show(house.db, messageId, asItCame, false),
})
