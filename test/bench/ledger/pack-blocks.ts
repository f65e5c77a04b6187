import type Database from 'better-sqlite3'
import type { Prepared } from './layouts.ts'
import type { MadeUpCodes } from './made-up-codes.ts'
import { codeText } from './made-up-codes.ts'

const LIMIT = 900
interface Entry { serial: number; state: number; lot: number; sale: number }

const write = (bytes: number[], value: number): void => {
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
}
const encode = (entries: readonly Entry[]): Buffer => {
  const bytes: number[] = []
  let last = entries[0]?.serial ?? 0
  for (const { serial, state, lot, sale } of entries) {
    write(bytes, serial - last)
    write(bytes, lot * 16 + state)
    write(bytes, sale)
    last = serial
  }
  return Buffer.from(bytes)
}
const decode = (first: number, bytes: Buffer): Entry[] => {
  const entries: Entry[] = []
  let [at, serial] = [0, first]
  const read = (): number => {
    let [value, scale] = [0, 1]
    for (;;) {
      const byte = bytes[at++] ?? 0
      value += (byte & 127) * scale
      if (byte < 128) return value
      scale *= 128
    }
  }
  while (at < bytes.length) {
    serial += read()
    const lotState = read()
    entries.push({ serial, state: lotState % 16, lot: Math.floor(lotState / 16), sale: read() })
  }
  return entries
}

const SERIALS = 10_000_000_000_000n

/** Neighbouring codes of one prefix in one blob: differences instead of keys. The smallest on disk, the most work a row. */
export const prepareBlocks = (db: Database.Database, codes: MadeUpCodes): Prepared => {
  const references = new Map(Array.from(codes.prefixes, (prefix, n) => [String(prefix), BigInt(n) * SERIALS]))
  const find = db.prepare('select first_key, packs from block where first_key between ? and ? order by first_key desc limit 1').raw().safeIntegers()
  const following = db.prepare('select first_key, packs from block where first_key between ? and ? order by first_key limit 1').raw().safeIntegers()
  const put = db.prepare('insert or replace into block values (?, ?)')
  const drop = db.prepare('delete from block where first_key = ?')
  const place = (n: number): [base: bigint, serial: number] => { const text = codeText(codes, n); return [references.get(text.slice(0, 7)) ?? -1n, Number(text.slice(7))] }
  const blockOf = (base: bigint, serial: number): [first: bigint, entries: Entry[]] | null => {
    const row = find.get(base, base + BigInt(serial)) as [bigint, Buffer] | undefined
    return row === undefined ? null : [row[0], decode(Number(row[0] - base), row[1])]
  }
  const store = (base: bigint, entries: Entry[]): void => {
    const bytes = encode(entries)
    const first = entries[0]
    if (first === undefined) return
    if (bytes.length > LIMIT) {
      const half = entries.length >> 1
      store(base, entries.slice(0, half))
      store(base, entries.slice(half))
    } else put.run(base + BigInt(first.serial), bytes)
  }
  return {
    add: (n) => {
      const [base, serial] = place(n)
      const entry = { serial, state: 2, lot: codes.lotRef[n] ?? 0, sale: 0 }
      const found = blockOf(base, serial)
      if (found !== null) {
        const at = found[1].findIndex((other) => other.serial > serial)
        found[1].splice(at < 0 ? found[1].length : at, 0, entry)
        store(base, found[1])
        return
      }
      const next = following.get(base + BigInt(serial), base + SERIALS - 1n) as [bigint, Buffer] | undefined
      if (next !== undefined) drop.run(next[0])
      store(base, [entry, ...(next === undefined ? [] : decode(Number(next[0] - base), next[1]))])
    },
    sell: (n, sale) => {
      const [base, serial] = place(n)
      const found = blockOf(base, serial)
      const entry = found?.[1].find((other) => other.serial === serial)
      if (found === null || entry === undefined) throw new Error('not there')
      entry.state = 1
      entry.sale = sale
      store(base, found[1])
    },
    stateOf: (n) => {
      const [base, serial] = place(n)
      return blockOf(base, serial)?.[1].find((other) => other.serial === serial)?.state ?? -1
    },
  }
}
