import type { ReadableDb } from '../db/database.ts'
import { knownGoods } from './known-goods.ts'

/** Look-ups that together touch the inner pages of a ledger of twenty million packs: four hundred pages. */
const INNER = 1_000n
/** Then it is the counter's turn again: on a spinning disk each of these is a hundredth of a second. */
const PORTION = 4

/** Reads what the first scans of a day will want, one look-up a step: the ledger's inner pages, the lots on the shelf, what the fronts of their codes mean. */
export function* readAhead(db: ReadableDb): Generator<void, void, void> {
  const [from, to] = ['min', 'max'].map((end) => db.prepare(`select ${end}(pack_key) from pack where pack_key < 6000000000000000000`).pluck().safeIntegers().get() as bigint | null)
  if (from === null || from === undefined || to === null || to === undefined) return
  const near = db.prepare(`select facts from pack where pack_key >= ? limit 1`).pluck()
  for (let step = 0n; step < INNER; step += 1n) {
    near.get(from + ((to - from) * step) / INNER)
    yield
  }
  for (const lotRef of db.prepare(`select lot_ref from lot where on_hand > 0`).pluck().all() as number[]) {
    knownGoods(db).lot(lotRef)
    yield
  }
  const fronts = db.prepare(`select distinct value from code_link where kind = 'trace-identifier' and trust <> 'revoked' and drug_id in (select drug_id from lot where on_hand > 0)`).pluck()
  for (const front of fronts.all() as string[]) {
    knownGoods(db).front(front)
    yield
  }
}

/** `readAhead` beside the counter's work. Returns what stops it: before the database is closed. */
export const warmUp = (db: ReadableDb, failed: (cause: unknown) => void): (() => void) => {
  const steps = readAhead(db)
  let next: NodeJS.Immediate | undefined
  const portion = (): void => {
    try {
      for (let step = 0; step < PORTION; step += 1) if (steps.next().done === true) return
      next = setImmediate(portion)
    } catch (cause) {
      failed(cause)
    }
  }
  next = setImmediate(portion)
  return () => { clearImmediate(next) }
}
