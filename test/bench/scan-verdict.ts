import type { CounterStep } from '../../electron/contract/index.ts'
import { judgeCode } from '../../electron/core/trace/judge-code.ts'
import { digitsKey } from '../../electron/core/trace/pack-key.ts'
import { print, timedSync } from './measure.ts'
import type { BenchShop } from './open-bench-shop.ts'

const MILLION = 1_000_000

/** A ledger of years: sold packs that nobody asks about, around those that are scanned. */
const growLedger = ({ core }: BenchShop): void => {
  const { db } = core.house
  const lotRef = db.prepare(`select lot_ref from pack limit 1`).pluck().get() as number
  db.exec('begin')
  const insert = db.prepare(`insert into pack (pack_key, facts) values (?, (? << 4) | 1)`)
  for (let n = 0; n < MILLION; n += 1) insert.run(digitsKey(`8900500${String(n * 7919).padStart(13, '0')}`), lotRef)
  db.exec('commit')
}

const compare = ({ core }: BenchShop, name: string): void => {
  const { house } = core
  const codes = house.db.prepare(`select code from pack_shown where state = 'in-stock' and code like '8%' limit 400`).pluck().all() as string[]
  const bare = house.db.prepare('select * from pack where pack_key = ?')
  const step: CounterStep = 'drug'
  const verdict = (raw: string): unknown => {
    return judgeCode(house, { raw, step, saleId: null }).decision
  }
  const ours: number[] = []
  const baseline: number[] = []
  for (let round = 0; round < 60; round += 1) {
    let at = 0
    const nextCode = (): string => codes[at++ % codes.length] ?? ''
    const [a, b] = [(): void => { ours.push(timedSync(() => verdict(nextCode()), 400)) }, (): void => { baseline.push(timedSync(() => bare.get(digitsKey(nextCode())), 400)) }]
    if (round % 2 === 0) { a(); b() } else { b(); a() }
  }
  print({ name, ours: ours.slice(10), baseline: baseline.slice(10), against: 'bare indexed SELECT', aim: '' })
}

/** Recognition + map + ledger + verdict, in process. */
export const benchScanVerdict = (shop: BenchShop): void => {
  compare(shop, 'scan → verdict, practice ledger')
  growLedger(shop)
  compare(shop, 'scan → verdict, ledger of a million packs')
}
