import type { Instant } from '../../contract/index.ts'
import { instantToCompact } from '../../domain/calendar.ts'
import type { WritableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'

export interface MessageIds { readonly next: () => string }

/**
 * Message ids: institution code (12) + yyyyMMddHHmmss + sequence (4). Each is the identity of a call for ever (platform.md §2), so the sequence of every second is kept:
 * a clock set back or a restart counts on where that second stopped. A full second borrows from the next one.
 */
export const createMessageIds = (db: WritableDb, clock: () => number, institutionCode: string, range: { readonly from: number; readonly to: number }): MessageIds => {
  const take = db.prepare(`insert into message_sequence (second, last) values (@second, @from)
    on conflict (second) do update set last = max(last + 1, @from) where max(last + 1, @from) <= @to returning last`).pluck()
  return {
    next: () => inTransaction(db, () => {
      for (let at = clock(); ; at += 1000) {
        const second = instantToCompact(at as Instant)
        const last = take.get({ second, from: range.from, to: range.to }) as number | undefined
        if (last !== undefined) return institutionCode + second + String(last).padStart(4, '0')
      }
    }),
  }
}
