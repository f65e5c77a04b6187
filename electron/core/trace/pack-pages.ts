import type { PackState } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { stateNumber, stateOf } from './ledger-codes.ts'

/** A pack met on a walk through the ledger, and where the walk goes on behind it. */
export interface Met {
  readonly key: bigint
  readonly state: PackState
  readonly cursor: string
}
/** Some of a walk: the packs met (none: a sale or line without codes), and where it goes on. */
export interface Stretch {
  readonly packs: readonly Met[]
  readonly cursor: string
}
/** Walks in stretches by an index, from behind `after`. Between two nothing is held open. */
export type Walk = Generator<Stretch, void, void>

const BATCH = 500

const statements = perDatabase((db) => ({
  byKey: db.prepare(`select pack_key, state from pack where pack_key > @after and pack_key <= @to order by pack_key limit ${BATCH}`).raw().safeIntegers(),
  byText: db.prepare(`select pack_key, state, code from other_code join pack using (pack_key) where code >= @front and code > @after and code < @to order by code limit ${BATCH}`).raw().safeIntegers(),
  byIdentifier: db
    .prepare(`select pack_key, state, serial from other_code join pack using (pack_key) where identifier = @identifier and serial is not null and serial > @after order by serial limit ${BATCH}`)
    .raw()
    .safeIntegers(),
  heldOfLot: db.prepare(`select pack_key, state from pack where lot_ref = @lot and state > 1 and pack_key > @after order by pack_key limit ${BATCH}`).raw().safeIntegers(),
  linesOfLot: db.prepare(`select rowid, line_id from sale_line where lot_id = @id and rowid < @before order by rowid desc limit 100`).raw().safeIntegers(),
  soldOnLine: db
    .prepare(`select pack_key, state from sale_line_pack join pack using (pack_key) where line_id = ? and state in (0, 1) and sale_ref = (select sale_ref from sale join sale_line using (sale_id) where line_id = sale_line_pack.line_id) order by nth`)
    .raw()
    .safeIntegers(),
  salesByReceipt: db.prepare(`select receipt_number, sale_id from sale where receipt_number >= @from and receipt_number < @before order by receipt_number desc limit 50`).raw(),
  salesOfPerson: db.prepare(`select receipt_number, sale_id from sale where person_id = @person and receipt_number < @before order by receipt_number desc limit 50`).raw(),
  ofSale: db
    .prepare(`select pack_key, state from sale_line join sale_line_pack using (line_id) join pack using (pack_key) where sale_line.sale_id = ? and voided_reason is null order by position, nth`)
    .raw()
    .safeIntegers(),
  // The conditions of the partial indexes stand as they do there: only so are they used.
  lotless: db.prepare(`select pack_key, state from pack where lot_ref is null and state > 1 and state = ${stateNumber('in-stock')} and pack_key > @after order by pack_key limit ${BATCH}`).raw().safeIntegers(),
  inStock: db.prepare(`select pack_key, state, lot_ref from pack where state > 1 and state = ${stateNumber('in-stock')} and (lot_ref, pack_key) > (@lot, @key) order by lot_ref, pack_key limit ${BATCH}`).raw().safeIntegers(),
  inSales: db.prepare(`select pack_key, state, sale_ref from pack where state = 3 and (sale_ref, pack_key) > (@sale, @key) order by sale_ref, pack_key limit ${BATCH}`).raw().safeIntegers(),
  rare: db.prepare(`select pack_key, state from pack where state >= 4 and state = @state and pack_key > @after order by pack_key limit ${BATCH}`).raw().safeIntegers(),
}))

type Row = [key: bigint, state: bigint, more: bigint | string]
const met = (cursor: (row: Row) => string) => (row: Row): Met => ({ key: row[0], state: stateOf(Number(row[1])), cursor: cursor(row) })
/** A whole line or sale: all of its packs go on one page. */
const together = (rows: readonly Row[], cursor: string): Stretch => ({ packs: rows.map(met(() => cursor)), cursor })
const LOWEST = -9_223_372_036_854_775_808n

/** Batches of one statement until one is short. */
function* batches(ask: (last: Row | null) => readonly Row[], cursor: (row: Row) => string): Walk {
  let last: Row | null = null
  for (;;) {
    const rows = ask(last)
    last = rows.at(-1) ?? null
    if (last === null) return
    yield { packs: rows.map(met(cursor)), cursor: cursor(last) }
    if (rows.length < BATCH) return
  }
}

const CURSOR = /^(?:[kns]:-?\d{1,19}|[hlpt]:\d{1,15}:-?\d{1,19}|[oi]:.{0,100}|r:.{0,30})$/u
/** Comes from outside: only what a page gave out goes back in. */
export const isCursor = (text: string): boolean => CURSOR.test(text)
const key64 = (text: string): bigint => BigInt.asIntN(64, BigInt(text))

/** What a cursor of this walk says; null: from its beginning. */
const behind = (after: string | null, letter: string): string | null => (after?.startsWith(`${letter}:`) === true ? after.slice(letter.length + 1) : null)

/** A walk that is behind already is not begun again. */
export function* inOrder(after: string | null, parts: readonly { readonly letters: string; readonly walk: () => Walk }[]): Walk {
  const from = after === null ? 0 : Math.max(0, parts.findIndex(({ letters }) => letters.includes(after.charAt(0))))
  for (const { walk } of parts.slice(from)) yield* walk()
}

/** 20-digit codes from `from` to `to` by key (pack-key.ts). Letter k. */
export const walkKeys = (db: ReadableDb, from: bigint, to: bigint, after: string | null): Walk => {
  const start = behind(after, 'k')
  return batches((last) => statements(db).byKey.all({ after: last?.[0] ?? (start === null ? from - 1n : key64(start)), to }) as Row[], (row) => `k:${row[0]}`)
}
/** Other codes that begin with `front`. Letter o. */
export const walkTexts = (db: ReadableDb, front: string, after: string | null): Walk => {
  const start = behind(after, 'o')
  return batches((last) => statements(db).byText.all({ front, after: last === null ? (start ?? '') : last[2], to: `${front}\u{10ffff}` }) as Row[], (row) => `o:${String(row[2])}`)
}
/** Packs of one GTIN or MA identifier. Letter i. */
export const walkIdentifier = (db: ReadableDb, identifier: string, after: string | null): Walk => {
  const start = behind(after, 'i')
  return batches((last) => statements(db).byIdentifier.all({ identifier, after: last === null ? (start ?? '') : last[2] }) as Row[], (row) => `i:${String(row[2])}`)
}

/** What of these lots still lies here, or was put aside. Letter h. */
export function* walkHeldOfLots(db: ReadableDb, lotRefs: readonly number[], after: string | null): Walk {
  const [lot, key] = behind(after, 'h')?.split(':') ?? []
  for (const ref of lotRefs.toSorted((a, b) => a - b)) {
    if (lot !== undefined && ref < Number(lot)) continue
    const start = String(ref) === lot && key !== undefined ? key64(key) : LOWEST
    yield* batches((last) => statements(db).heldOfLot.all({ lot: ref, after: last?.[0] ?? start }) as Row[], (row) => `h:${ref}:${row[0]}`)
  }
}
/** What of these lots was sold, the last line first. Letter s. */
export function* walkSoldOfLots(db: ReadableDb, lotIds: readonly string[], after: string | null): Walk {
  let before = key64(behind(after, 's') ?? '9223372036854775807')
  const { linesOfLot, soldOnLine } = statements(db)
  for (;;) {
    const lines = lotIds.flatMap((id) => linesOfLot.all({ id, before }) as [bigint, string][]).toSorted(([a], [b]) => (a < b ? 1 : -1)).slice(0, 100)
    for (const [rowid, lineId] of lines) yield together(soldOnLine.all(lineId) as Row[], `s:${rowid}`)
    const last = lines.at(-1)
    if (last === undefined) return
    before = last[0]
  }
}

/** Packs of sales, the last receipt first, as they stand now. Letter r. */
export function* walkSales(db: ReadableDb, of: { readonly receipt: string } | { readonly personId: string }, after: string | null): Walk {
  const { salesByReceipt, salesOfPerson, ofSale } = statements(db)
  let before = behind(after, 'r') ?? ('receipt' in of ? `${of.receipt}~` : '~')
  for (;;) {
    const sales = ('receipt' in of ? salesByReceipt.all({ from: of.receipt, before }) : salesOfPerson.all({ person: of.personId, before })) as [string, string][]
    for (const [receipt, saleId] of sales) yield together(ofSale.all(saleId) as Row[], `r:${receipt}`)
    const last = sales.at(-1)
    if (last === undefined) return
    before = last[0]
  }
}

/** Returned, locked, opened, destroyed, transferred: each by its own index. Letter t. */
export function* walkRare(db: ReadableDb, states: readonly PackState[], after: string | null): Walk {
  const [from, key] = behind(after, 't')?.split(':') ?? []
  for (const state of states.map(stateNumber).toSorted((a, b) => a - b)) {
    if (from !== undefined && state < Number(from)) continue
    const start = String(state) === from && key !== undefined ? key64(key) : LOWEST
    yield* batches((last) => statements(db).rare.all({ state, after: last?.[0] ?? start }) as Row[], (row) => `t:${state}:${row[0]}`)
  }
}
/** In open sales: by their sale. Letter p. */
export const walkInSales = (db: ReadableDb, after: string | null): Walk => {
  const [sale, key] = behind(after, 'p')?.split(':') ?? []
  return batches((last) => statements(db).inSales.all({ sale: last?.[2] ?? BigInt(sale ?? -1), key: last?.[0] ?? (key === undefined ? LOWEST : key64(key)) }) as Row[], (row) => `p:${String(row[2])}:${row[0]}`)
}
/** In stock: first what has no lot, then lot by lot. Letters n, l. */
export function* walkInStock(db: ReadableDb, after: string | null): Walk {
  if (behind(after, 'l') === null) {
    const start = behind(after, 'n')
    yield* batches((last) => statements(db).lotless.all({ after: last?.[0] ?? (start === null ? LOWEST : key64(start)) }) as Row[], (row) => `n:${row[0]}`)
  }
  const [lot, key] = behind(after, 'l')?.split(':') ?? []
  yield* batches((last) => statements(db).inStock.all({ lot: last?.[2] ?? BigInt(lot ?? -1), key: last?.[0] ?? (key === undefined ? LOWEST : key64(key)) }) as Row[], (row) => `l:${String(row[2])}:${row[0]}`)
}

/** How far one page may look for what it wants: the next page goes on behind it. */
const MOST_LOOKED_AT = 20_000

/** One page of a walk: the packs in these states (none named: any), each once. */
export const takePage = (walk: Walk, states: readonly PackState[], limit: number): { readonly keys: readonly bigint[]; readonly next: string | null } => {
  const wanted = new Set(states)
  const keys = new Set<bigint>()
  let looked = 0
  let last: string | null = null
  const full = (): boolean => last !== null && (keys.size >= limit || looked >= MOST_LOOKED_AT)
  for (const { packs, cursor } of walk) {
    for (const one of packs) {
      // Behind a whole line or sale only: all of its packs have one cursor.
      if (one.cursor !== last && full()) return { keys: [...keys], next: last }
      looked += 1
      last = one.cursor
      if (wanted.size === 0 || wanted.has(one.state)) keys.add(one.key)
    }
    // A sale without codes costs more than a pack that is not wanted.
    if (packs.length === 0) {
      if (full()) return { keys: [...keys], next: last }
      looked += 10
      last = cursor
    }
  }
  return { keys: [...keys], next: null }
}

export const isSold = (state: PackState): boolean => state === 'sold' || state === 'settled'
export const isRare = (state: PackState): boolean => stateNumber(state) >= 4
