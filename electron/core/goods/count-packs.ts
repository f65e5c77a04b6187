import type { Instant, PackState } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { keyOf } from '../trace/pack-key.ts'
import { noteEvent } from '../trace/pack-ledger.ts'
import { findPack } from '../trace/pack-store.ts'
import { wasCountedSince } from './goods-store.ts'

export interface Counted {
  /** Counted by this scan. */
  readonly found: number
  /** Counted before, since the count began. */
  readonly foundAlready: number
  /** At hand, but never received. */
  readonly notExpected: readonly string[]
  /** At hand, but in the books they are not here. */
  readonly wrong: readonly { readonly code: string; readonly state: PackState }[]
}

/** By the books in the shop: on the shelf, opened, set aside, or in a sale that is not paid. */
const HERE: ReadonlySet<PackState> = new Set(['in-stock', 'returned', 'split-open', 'locked', 'in-sale'])

/** Stock-take by scan: each pack's history says that it was seen. Changes no state and no stock; what differs is for a person. */
export const countPacks = (house: House, caller: Caller, codes: readonly string[], since: Instant | null, document: string): Counted => {
  const { db } = house
  const at = now(house)
  const notExpected: string[] = []
  const wrong: { code: string; state: PackState }[] = []
  let found = 0
  let foundAlready = 0
  inTransaction(db, () => {
    for (const code of codes) {
      const pack = findPack(db, code)
      const key = keyOf(db, code)
      if (pack === null || key === null) notExpected.push(code)
      else if (since !== null && wasCountedSince(db, key, since)) foundAlready += 1
      else {
        const here = HERE.has(pack.state)
        noteEvent(db, { code, at, staffId: caller.staffId, ...(document === '' ? {} : { document }), ...(here ? {} : { note: `in the books: ${pack.state}` }) }, 'counted')
        if (here) found += 1
        else wrong.push({ code, state: pack.state })
      }
    }
  })
  return { found, foundAlready, notExpected, wrong }
}
