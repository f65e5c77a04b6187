import type Database from 'better-sqlite3'
import type { MadeUpCodes } from './made-up-codes.ts'
import { codeText } from './made-up-codes.ts'
import { prepareBlocks } from './pack-blocks.ts'

/** What a ledger does with the n-th code. A pack comes in stock (state 2) and is later sold (state 1) in a sale. */
export interface Prepared {
  readonly add: (n: number) => void
  readonly sell: (n: number, sale: number) => void
  /** Its state; -1 when it is not there. */
  readonly stateOf: (n: number) => number
}
export interface Layout {
  readonly name: string
  readonly order: 'code' | 'reference'
  readonly schema: string
  readonly prepare: (db: Database.Database, codes: MadeUpCodes) => Prepared
}

const ZERO = 48
/** The last 19 digits − 5·10¹⁸, from the text, as the program has it: two halves that are exact as numbers. */
export const keyOfText = (code: string): bigint => BigInt(code.slice(1)) - 5_000_000_000_000_000_000n
const bcd = (code: string): Buffer => Buffer.from(code, 'hex')
const nineBytes = (code: string): Buffer => {
  const bytes = Buffer.alloc(9)
  bytes[0] = code.charCodeAt(0) - ZERO
  bytes.writeBigUInt64BE(BigInt(code.slice(1)), 1)
  return bytes
}

/** One integer: 4 bits of state, 20 of lot, the rest sale; sold and settled without bits of their own cost nothing. */
export const packed = (state: number, lot: number, sale: number): number => (sale * 2 ** 20 + lot) * 16 + state

/** A key in `where`, then columns state, lot_ref, sale_ref. */
const columns = (key: string, binds: (codes: MadeUpCodes, n: number) => unknown[]): Layout['prepare'] => (db, codes) => {
  const names = key.split(',')
  const where = names.map((name) => `${name} = ?`).join(' and ')
  const add = db.prepare(`insert into pack (${key}, state, lot_ref) values (${names.map(() => '?').join(', ')}, 2, ?)`)
  const sell = db.prepare(`update pack set state = 1, sale_ref = ? where ${where}`)
  const get = db.prepare(`select state, lot_ref, sale_ref from pack where ${where}`).raw()
  return {
    add: (n) => { add.run(...binds(codes, n), codes.lotRef[n]) },
    sell: (n, sale) => { sell.run(sale, ...binds(codes, n)) },
    stateOf: (n) => (get.get(...binds(codes, n)) as number[] | undefined)?.[0] ?? -1,
  }
}
const onePayload = (binds: (codes: MadeUpCodes, n: number) => unknown): Layout['prepare'] => (db, codes) => {
  const add = db.prepare('insert into pack (pack_key, facts) values (?, ?)')
  const sell = db.prepare('update pack set facts = ? where pack_key = ?')
  const get = db.prepare('select facts from pack where pack_key = ?').pluck()
  return {
    add: (n) => { add.run(binds(codes, n), packed(2, codes.lotRef[n] ?? 0, 0)) },
    sell: (n, sale) => { sell.run(packed(1, codes.lotRef[n] ?? 0, sale), binds(codes, n)) },
    stateOf: (n) => { const facts = get.get(binds(codes, n)) as number | undefined; return facts === undefined ? -1 : facts % 16 },
  }
}

/** In core the reference comes from a map of prefixes in memory; so it does here. */
const referenceOf = (codes: MadeUpCodes): ((code: string) => bigint) => {
  const references = new Map(Array.from(codes.prefixes, (prefix, n) => [String(prefix), BigInt(n) * 10_000_000_000_000n]))
  return (code) => (references.get(code.slice(0, 7)) ?? -1n) + BigInt(code.slice(7))
}
const byReference = (codes: MadeUpCodes): ((n: number) => bigint) => {
  const key = referenceOf(codes)
  return (n) => key(codeText(codes, n))
}
const keyed = new WeakMap<MadeUpCodes, (n: number) => bigint>()
const referenceKey = (codes: MadeUpCodes, n: number): bigint => {
  let key = keyed.get(codes)
  if (key === undefined) keyed.set(codes, key = byReference(codes))
  return key(n)
}

const THREE = 'state integer not null, lot_ref integer, sale_ref integer'
export const LAYOUTS: readonly Layout[] = [
  {
    name: 'text key, text state and ids (as before)', order: 'code',
    schema: `create table pack (code text primary key, drug_id text, lot_id text, state text not null, sale_id text, virtual integer not null, units_left integer not null, first_seen_at integer not null, changed_at integer not null) strict, without rowid;
      create index pack_sale on pack (sale_id) where sale_id is not null`,
    prepare: (db, codes) => {
      const uuid = (n: number): string => `019bb3f0-0000-7000-8000-${String(n).padStart(12, '0')}`
      const add = db.prepare(`insert into pack values (?, ?, ?, 'in-stock', null, 0, 240000, 1768435200000, 1768435200000)`)
      const sell = db.prepare(`update pack set state = 'settled', sale_id = ?, units_left = 0, changed_at = 1768521600000 where code = ?`)
      const get = db.prepare('select state, lot_id, sale_id from pack where code = ?').raw()
      return {
        add: (n) => { add.run(codeText(codes, n), uuid(codes.prefixRef[n] ?? 0), uuid(codes.lotRef[n] ?? 0)) },
        sell: (n, sale) => { sell.run(uuid(sale), codeText(codes, n)) },
        stateOf: (n) => { const row = get.get(codeText(codes, n)) as string[] | undefined; return row === undefined ? -1 : row[0] === 'settled' ? 1 : 2 },
      }
    },
  },
  { name: 'text(20) key', order: 'code', schema: `create table pack (code text primary key, ${THREE}) strict, without rowid`, prepare: columns('code', (codes, n) => [codeText(codes, n)]) },
  { name: 'blob key, 10 bytes of BCD', order: 'code', schema: `create table pack (code blob primary key, ${THREE}) strict, without rowid`, prepare: columns('code', (codes, n) => [bcd(codeText(codes, n))]) },
  { name: 'blob key, 9 bytes', order: 'code', schema: `create table pack (code blob primary key, ${THREE}) strict, without rowid`, prepare: columns('code', (codes, n) => [nineBytes(codeText(codes, n))]) },
  {
    name: 'pair (prefix, serial)', order: 'code', schema: `create table pack (prefix integer, serial integer, ${THREE}, primary key (prefix, serial)) strict, without rowid`,
    prepare: columns('prefix, serial', (codes, n) => { const text = codeText(codes, n); return [Number(text.slice(0, 7)), Number(text.slice(7))] }),
  },
  {
    name: 'pair (prefix_ref, serial)', order: 'reference', schema: `create table pack (prefix_ref integer, serial integer, ${THREE}, primary key (prefix_ref, serial)) strict, without rowid`,
    prepare: (db, codes) => {
      const references = new Map(Array.from(codes.prefixes, (prefix, n) => [String(prefix), n]))
      return columns('prefix_ref, serial', (made, n) => { const text = codeText(made, n); return [references.get(text.slice(0, 7)) ?? -1, Number(text.slice(7))] })(db, codes)
    },
  },
  { name: 'rowid = 19 digits − 5·10¹⁸', order: 'code', schema: `create table pack (pack_key integer primary key, ${THREE}) strict`, prepare: columns('pack_key', (codes, n) => [keyOfText(codeText(codes, n))]) },
  { name: 'same key, without rowid', order: 'code', schema: `create table pack (pack_key integer primary key, ${THREE}) strict, without rowid`, prepare: columns('pack_key', (codes, n) => [keyOfText(codeText(codes, n))]) },
  { name: 'rowid = 19 digits …, one packed integer', order: 'code', schema: `create table pack (pack_key integer primary key, facts integer not null) strict`, prepare: onePayload((codes, n) => keyOfText(codeText(codes, n))) },
  { name: 'without rowid, one packed integer', order: 'code', schema: `create table pack (pack_key integer primary key, facts integer not null) strict, without rowid`, prepare: onePayload((codes, n) => keyOfText(codeText(codes, n))) },
  { name: 'rowid = prefix_ref·10¹³ + serial', order: 'reference', schema: `create table pack (pack_key integer primary key, ${THREE}) strict`, prepare: columns('pack_key', (codes, n) => [referenceKey(codes, n)]) },
  { name: 'same, one packed integer', order: 'reference', schema: `create table pack (pack_key integer primary key, facts integer not null) strict`, prepare: onePayload(referenceKey) },
  { name: 'blocks: delta-coded blobs of ≤ 900 bytes', order: 'reference', schema: `create table block (first_key integer primary key, packs blob not null) strict`, prepare: prepareBlocks },
]
