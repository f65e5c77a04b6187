import type { ReadableDb, WritableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

/**
 * A pack's key in the ledger (test/bench/LEDGER.md: why a number). A 20-digit code from 8 is its own: the last 19 digits − 5·10^18.
 * Any other code gets one above 6·10^18, its text stands in `other_code`.
 */
const CENTRE = 5_000_000_000_000_000_000n
const OTHER = 6_000_000_000_000_000_000n
const DIGITS = /^8\d{19}$/

/** What names a pack: identifier and serial when the code has them, else its text. `PackTrace` fits. */
export interface NamedPack {
  readonly code: string
  readonly identifier: string | null
  readonly serial: string | null
  /** The symbol's own data with its separators, where `code` is not that already. */
  readonly symbol?: string | null
}

const statements = perDatabase((db) => ({
  byCode: db.prepare(`select pack_key from other_code where code = ?`).pluck().safeIntegers(),
  byIdentity: db.prepare(`select pack_key from other_code where identifier = ? and serial = ?`).pluck().safeIntegers(),
  codeOf: db.prepare(`select code from other_code where pack_key = ?`).pluck(),
  give: db
    .prepare(`insert into other_code (pack_key, code, identifier, serial, symbol) values ((select coalesce(max(pack_key), ${OTHER}) + 1 from other_code), @code, @identifier, @serial, @symbol) returning pack_key`)
    .pluck()
    .safeIntegers(),
}))

/** A 20-digit code's key, without asking anybody; null for every other code. */
export const digitsKey = (code: string): bigint | null => (DIGITS.test(code) ? BigInt(code.slice(1)) - CENTRE : null)

/** Is the key the code itself? */
export const isDigitsKey = (key: bigint): boolean => key < OTHER

/** Null: this shop never saw the code. */
export const keyOf = (db: ReadableDb, code: string): bigint | null => digitsKey(code) ?? (statements(db).byCode.get(code) as bigint | undefined) ?? null

/** As `keyOf`; a GS1 or MA pack is also known by identifier and serial, however its symbol orders its elements. */
export const keyOfPack = (db: ReadableDb, { code, identifier, serial }: NamedPack): bigint | null => {
  const known = keyOf(db, code)
  if (known !== null || identifier === null || serial === null) return known
  return (statements(db).byIdentity.get(identifier, serial) as bigint | undefined) ?? null
}

/** The key, given now if the code had none. Call in the transaction that uses it. */
export const giveKey = (db: WritableDb, pack: NamedPack): bigint =>
  keyOfPack(db, pack) ?? (statements(db).give.get({ code: pack.code, identifier: pack.identifier, serial: pack.serial, symbol: pack.symbol ?? null }) as bigint)

/** The code as it is stored, compared and sent. */
export const codeOf = (db: ReadableDb, key: bigint): string => {
  if (key < OTHER) return `8${String(key + CENTRE).padStart(19, '0')}`
  const code = statements(db).codeOf.get(key) as string | undefined
  if (code === undefined) throw new Error('a key without a code')
  return code
}

/** `codeOf` as SQL over the column `key`, for lists. */
export const codeSql = (key: string): string => `case when ${key} > ${OTHER} then (select code from other_code where other_code.pack_key = ${key})
  when ${key} < 0 then printf('8%019d', ${key} + ${CENTRE})
  else printf('8%d%018d', 5 + ${key} / 1000000000000000000, ${key} % 1000000000000000000) end`
