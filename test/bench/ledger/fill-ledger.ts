import type { WritableDb } from '../../../electron/core/db/database.ts'

export const DRUGS = 6_000
/** One sale for fifty packs, so that the file is mostly ledger: a shop has more. */
const PACKS_A_SALE = 50
/** Every hundredth pack has its history. */
const PACKS_WITH_HISTORY = 100
const DRUGS_A_COMMIT = 100

/** Prefix of the n-th drug: seven digits of the range for made-up codes, in no order of popularity. */
const PREFIX = `(8900000 + ((n * 7919) % 100000))`
const uuid = (front: string, number: string): string => `printf('${front}-0000-7000-8000-%012d', ${number})`

/** The n-th most sold drug has a share of 1/n of the packs. */
const SHARES = `create temp table share as
  with recursive i(n) as (select 1 union all select n + 1 from i where n < ${DRUGS}),
    counted as (select n, max(1, cast(@codes * (1.0 / n) / (select sum(1.0 / n) from i) as integer)) as packs from i)
  select n, packs, max(1, packs / 100) as lots, coalesce(sum(max(1, packs / 100)) over (order by n rows between unbounded preceding and 1 preceding), 0) + 1 as first_lot,
    (${PREFIX} - 8000000) * 10000000000000 - 5000000000000000000 as first_key from counted`

const GOODS = [
  `insert into drug (drug_id, generic_name, trade_name, spec, pack_spec, maker, approval_number, barcode, national_code, insurance_class, restriction, prescription_only, kind, pack_unit, smallest_unit, units_per_pack, pack_price, code_requirement, shelf)
    select printf('D%06d', n), '阿莫西林胶囊' || n, '', '0.25g', '24粒/盒', '某制药厂' || (n % 700), '国药准字H' || (10000000 + n), '6999' || (100000000 + n), 'X' || n, 'A', '', 0, 'western', '盒', '粒', 24, 12000000, 'scan', 'A' || (n % 50) from temp.share`,
  `insert into code_link (link_id, kind, value, drug_id, level, source, trust, first_seen_at, last_verified_at)
    select ${uuid('019bb3f1', 'n')}, 'trace-identifier', ${PREFIX}, printf('D%06d', n), 1, 'national', 'confirmed', 0, 0 from temp.share`,
  // The last lots of a drug are those in stock; they are good for years.
  `with recursive l(n, nth, lots, first_lot) as (select n, 0, lots, first_lot from temp.share union all select n, nth + 1, lots, first_lot from l where nth + 1 < lots)
    insert into lot (lot_id, drug_id, lot_number, manufactured_on, expires_on, recalled, on_hand, lot_ref)
    select ${uuid('019bb3f2', 'first_lot + nth')}, printf('D%06d', n), printf('L%07d', first_lot + nth), '2026-01-01', iif(nth >= lots - 2, '2029-06-30', '2027-03-31'), 0, iif(nth >= lots - 2, 240000, 0), first_lot + nth from l order by first_lot + nth`,
]
const SALES = `with recursive s(n) as (select 1 union all select n + 1 from s where n < @sales)
  insert into sale (sale_id, receipt_number, status, staff_id, opened_at, business_date, sold_at, closed_at, sale_ref)
  select ${uuid('019bb3f3', 'n')}, printf('R%010d', n), 'closed', '9001', 1735689600000 + n * 60000, '2026-06-01', 1735689600000 + n * 60000, 1735689600000 + n * 60000, n from s`

/** In the order of their keys, a drug at a time. 95 % sold or settled, 4 % in stock, 0.5 % returned, 0.5 % locked. Multipliers only scatter; every run makes the same ledger. */
const PACKS = `with recursive i(n) as (select 0 union all select n + 1 from i where n + 1 < @packs),
    made(n, place, sale, lot, age) as (select n, cast((n + (((n + 1) * 2654435761) & 16777215) / 16777216.0) * (10000000000000.0 / @packs) as integer), 1 + (((n + @drug * 131) * 2654435761) >> 7) % @sales, (n * 7919) % @lots, (n * 104729 + @drug) % 1000 from i)
  insert into pack (pack_key, facts) select @firstKey + place,
    case when age < 950 then (sale << 24) | ((@firstLot + lot) << 4) | (age & 1)
      else ((@firstLot + max(0, @lots - 1 - (lot & 1))) << 4) | case when age < 990 then 2 when age < 995 then 4 else 5 end end from made`

const EVENTS = `insert into pack_event (pack_key, seq, at, kind, sale_ref, staff_ref)
  select pack_key, seq, 1735689600000 + (pack_key & 1073741823) * 64 + seq * 86400000, kind, iif(seq = 1, null, sale_ref), 1
  from pack cross join (select 1 as seq, 1 as kind union all select 2, 3 union all select 3, 6 union all select 4, 7)
  where pack_key between @firstKey and @firstKey + 9999999999999 and (pack_key / 7) % ${PACKS_WITH_HISTORY} = 0 and (seq = 1 or sale_ref is not null) order by pack_key, seq`

const OTHERS = [
  `with recursive i(n) as (select 1 union all select n + 1 from i where n < @others)
    insert into other_code (pack_key, code, identifier, serial)
    select 6000000000000000000 + n, printf('0106999%07d', n % 900) || '21' || printf('%014d', n * 7919), printf('06999%07d', n % 900) || '00', printf('%014d', n * 7919) from i`,
  `insert into pack (pack_key, facts) select pack_key, (1 << 4) | 2 from other_code`,
  `insert into foreign_sale (pack_key, source, told_at) select pack_key + 1, 'alarm-list', 0 from pack where (pack_key / 7) % 4001 = 0 and pack_key < 6000000000000000000`,
]

export const othersFor = (codes: number): number => Math.max(1_000, Math.round(codes / 1_000))

/** A shop of many years, by set-based statements. The database is empty and migrated. */
export const fillLedger = (db: WritableDb, codes: number): void => {
  const cache: unknown = db.pragma('cache_size', { simple: true })
  db.pragma('cache_size = -1000000')
  const sales = Math.max(1, Math.floor(codes / PACKS_A_SALE))
  db.prepare(SHARES).run({ codes })
  db.transaction(() => {
    db.exec(`insert into staff (staff_id, name, role, pin_salt, pin_hash, staff_ref) values ('9001', '试验', 'manager', x'00', x'00', 1)`)
    for (const sql of GOODS) db.prepare(sql).run()
    db.prepare(SALES).run({ sales })
  })()
  interface Share { readonly drug: number; readonly packs: number; readonly lots: number; readonly firstLot: number; readonly firstKey: bigint }
  const shares = (db.prepare('select n as drug, packs, lots, first_lot as firstLot, first_key as firstKey from temp.share order by first_key').safeIntegers().all() as unknown as Share[])
  const [packs, events] = [db.prepare(PACKS), db.prepare(EVENTS)]
  for (let from = 0; from < shares.length; from += DRUGS_A_COMMIT) {
    db.transaction(() => {
      for (const share of shares.slice(from, from + DRUGS_A_COMMIT)) {
        packs.run({ ...share, sales: BigInt(sales) })
        events.run({ firstKey: share.firstKey })
      }
    })()
  }
  db.transaction(() => {
    db.prepare(OTHERS[0] ?? '').run({ others: othersFor(codes) })
    for (const sql of OTHERS.slice(1)) db.prepare(sql).run()
  })()
  db.exec('drop table temp.share')
  db.exec('analyze')
  db.pragma('wal_checkpoint(truncate)')
  db.pragma(`cache_size = ${String(cache)}`)
}
