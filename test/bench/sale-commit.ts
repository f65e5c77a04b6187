import type { Sale } from '../../electron/contract/index.ts'
import { print, timed } from './measure.ts'
import type { BenchShop } from './open-bench-shop.ts'
import { prepareRawSale } from './raw-sale.ts'

const codesOf = ({ core }: BenchShop): string[][] => {
  const rows = core.house.db.prepare(`select drug_id, code from pack_shown join lot using (lot_id, drug_id) join drug using (drug_id)
    where state = 'in-stock' and code like '8%' and expires_on > '2028-01-01' and recalled = 0 and code_requirement = 'scan' and pack_price > 0 order by drug_id, code`).all() as { drug_id: string; code: string }[]
  const byDrug = Map.groupBy(rows, (row) => row.drug_id)
  return [...byDrug.values()].map((packs) => packs.map((pack) => pack.code))
}

/** A sale of `lines` lines, two packs each, ready to be paid. */
const ready = async ({ client }: BenchShop, stock: string[][], lines: number, offset: number): Promise<Sale> => {
  let sale = await client.command('sale.startSale', {})
  let taken = 0
  for (let at = 0; taken < lines && at < stock.length; at += 1) {
    const packs = stock[(at + offset) % stock.length]
    if (packs === undefined || packs.length < 2) continue
    for (const raw of packs.splice(0, 2)) ({ sale } = await client.command('sale.scanCode', { saleId: sale.saleId, raw, step: 'drug', via: 'hid' }))
    taken = sale.lines.length
  }
  if (sale.lines.length < lines) throw new Error(`only ${sale.lines.length} lines`)
  return sale
}

/** The commit of a self-paid sale (money, stock, packs, uploads, answer, audit) through the contract over a port, against the same rows by hand; and the whole sale, scan by scan. */
export const benchSaleCommit = async (shop: BenchShop): Promise<void> => {
  const raw = prepareRawSale(shop.core.house.db)
  const { shift } = await shop.client.query('shift.getCurrent', {})
  const stock = codesOf(shop)
  for (const [lines, rounds, aim] of [[5, 60, '≤ 1.30'], [30, 14, '≤ 1.15']] as const) {
    const ours: number[] = []
    const baseline: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const [mine, theirs] = [await ready(shop, stock, lines, round * lines * 2), await ready(shop, stock, lines, (round * 2 + 1) * lines)]
      const answerText = JSON.stringify(theirs)
      const pay = async (): Promise<void> => { ours.push(await timed(() => shop.client.command('sale.takeTender', { saleId: mine.saleId, method: 'cash', givenFen: mine.dueFen }))) }
      const byHand = async (): Promise<void> => { baseline.push(await timed(() => raw(theirs.saleId, shift?.shiftId ?? '', answerText))) }
      // Each waits out what the other left behind.
      const order = round % 2 === 0 ? [pay, byHand] : [byHand, pay]
      for (const run of order) {
        await new Promise((resolve) => { setTimeout(resolve, 5) })
        await run()
      }
    }
    print({ name: `sale of ${lines} lines, ${lines * 2} codes: commit`, ours: ours.slice(3), baseline: baseline.slice(3), against: 'same rows, raw better-sqlite3', aim })
  }
}
