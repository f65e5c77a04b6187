import type { Instant, SaleId } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { Outcome, PreparedMessage } from '../platform/client.ts'

const statements = perDatabase((db) => ({
  insert: db.prepare(`insert into platform_message (message_id, infno, sale_id, request, created_at) values (@messageId, @infno, @saleId, @request, @at)`),
  createdAt: db.prepare(`select created_at from platform_message where message_id = ?`).pluck(),
  answer: db.prepare(`update platform_message set answered_at = @at, outcome = @outcome, answer = @answer where message_id = @messageId`),
}))

/** The exact bytes, before the first of them leaves (platform.md §8.1). `saleId` null: they are about several sales. */
export const storeMessage = (db: WritableDb, message: PreparedMessage, saleId: SaleId | null, at: Instant): void => {
  statements(db).insert.run({ messageId: message.messageId, infno: message.infno, saleId, request: Buffer.from(message.body), at })
}

export const messageCreatedAt = (db: ReadableDb, messageId: string): Instant | null => (statements(db).createdAt.get(messageId) as Instant | undefined) ?? null

export const storeAnswer = (db: WritableDb, messageId: string, outcome: Outcome<unknown>, at: Instant): void => {
  const raw = outcome.kind === 'not-sent' ? null : outcome.raw
  one(statements(db).answer.run({ messageId, at, outcome: outcome.kind, answer: raw === null ? null : Buffer.from(raw) }), 'store answer')
}
