import type { Instant } from '../../contract/index.ts'
import { instantToCompact } from '../../domain/calendar.ts'
import type { WritableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'

export interface MessageIds { readonly next: () => string }

/** So many numbers at most are taken from a second in one commit. */
const MOST_AT_ONCE = 16

/**
 * Message ids: institution code (12) + yyyyMMddHHmmss + sequence (4). Each is the identity of a call for ever (platform.md §2), so the sequence of every second is kept:
 * a clock set back or a restart counts on where that second stopped. A full second borrows from the next one.
 * Who needs many in one second gets them in growing blocks: a number that was taken and not used is never used.
 */
export const createMessageIds = (db: WritableDb, clock: () => number, institutionCode: string, range: { readonly from: number; readonly to: number }): MessageIds => {
  const lastOf = db.prepare(`select last from message_sequence where second = ?`).pluck()
  const keep = db.prepare(`insert into message_sequence (second, last) values (@second, @last) on conflict (second) do update set last = excluded.last`)
  let block: { readonly second: string; next: number; readonly end: number; readonly size: number } | null = null
  const written = (second: string, number: number): string => institutionCode + second + String(number).padStart(4, '0')
  const take = (second: string, size: number): { readonly first: number; readonly end: number } | null => {
    const first = Math.max(((lastOf.get(second) as number | undefined) ?? range.from - 1) + 1, range.from)
    if (first > range.to) return null
    const end = Math.min(range.to, first + size - 1)
    keep.run({ second, last: end })
    return { first, end }
  }
  return {
    next: () => {
      const now = instantToCompact(clock() as Instant)
      if (block?.second === now && block.next <= block.end) {
        block.next += 1
        return written(now, block.next - 1)
      }
      // Inside somebody's transaction, which may be undone, none is kept beyond what is asked for.
      const size = db.inTransaction || block?.second !== now ? 1 : Math.min(MOST_AT_ONCE, block.size * 2)
      const taken = inTransaction(db, () => {
        for (let at = clock(); ; at += 1000) {
          const second = instantToCompact(at as Instant)
          const numbers = take(second, second === now ? size : 1)
          if (numbers !== null) return { ...numbers, second }
        }
      })
      // Not kept before it is committed.
      block = db.inTransaction ? null : { second: taken.second, next: taken.first + 1, end: taken.end, size }
      return written(taken.second, taken.first)
    },
  }
}
