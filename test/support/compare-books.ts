import type { PracticeBooks } from '../../electron/practice/books.ts'
import { practicePeople } from '../../electron/practice/people.ts'
import type { SettlementFigures } from '../../electron/contract/index.ts'
import type { ReadableDb } from '../../electron/core/db/database.ts'
import { verifyChain } from '../../electron/core/audit/audit-log.ts'
import { lotsOutOfBalance } from '../../electron/core/stock/move-stock.ts'

interface SaleRow {
  readonly sale_id: string
  readonly receipt_number: string
  readonly status: string
  readonly sold_at: number | null
  readonly insured: number
  readonly state: string | null
  readonly settle_message_id: string | null
  readonly setl_id: string | null
  readonly figures: string | null
}
interface LineRow {
  readonly line_id: string
  readonly sale_id: string
  readonly position: number
  readonly lot_id: string
  readonly sell_unit: 'pack' | 'unit'
  readonly quantity: number
  readonly amount_fen: number
  readonly code_requirement: string
  readonly units_per_pack: number
}
interface PackRow {
  readonly code: string
  readonly state: string
  readonly units_left: number
  readonly drug_id: string
}

/** What of the province's books is compared. */
export type ComparedBooks = Pick<PracticeBooks, 'settlements' | 'settlement' | 'saleUploads' | 'returnUploads' | 'salesOfCode' | 'flags' | 'person'>

const FINAL = new Set(['closed', 'returned', 'reversed', 'voided'])
const SOLD = new Set(['closed', 'returned'])

/**
 * The till's books against the province's, by the tables of both and by nothing that either computes. Everything must have come to an end: no sale open, no upload waiting.
 * Returns what differs, in words; empty when the books agree. `opening`: smallest units (10⁻⁴) a lot began with.
 */
export const compareBooks = (db: ReadableDb, books: ComparedBooks, opening: ReadonlyMap<string, number>): readonly string[] => {
  const wrong: string[] = []
  const expect = (agree: boolean, text: string): void => {
    if (!agree) wrong.push(text)
  }
  const all = <T>(sql: string): T[] => db.prepare(sql).all() as T[]

  const sales = all<SaleRow>(
    'select sale.sale_id, receipt_number, status, sold_at, insured, state, settle_message_id, setl_id, figures from sale left join settlement using (sale_id)',
  )
  const lines = all<LineRow>(
    'select line_id, sale_id, position, lot_id, sell_unit, quantity, amount_fen, code_requirement, units_per_pack from sale_line join drug using (drug_id) where voided_reason is null',
  )
  const codes = all<{ line_id: string; code: string; quantity: number }>('select line_id, code, quantity from sale_line_pack join pack_shown using (pack_key) order by line_id, code')
  const tenders = all<{ sale_id: string; amount_fen: number; refund_of: string | null; tender_id: string }>(
    'select sale_id, amount_fen, refund_of, tender_id from tender',
  )
  const linesOf = (sale: SaleRow): LineRow[] => lines.filter((line) => line.sale_id === sale.sale_id)
  const codesOf = (line: LineRow): string[] => codes.filter((row) => row.line_id === line.line_id).map((row) => row.code)
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)

  // Money with the fund.
  const bySettlement = new Map(sales.filter((sale) => sale.setl_id !== null).map((sale) => [sale.setl_id, sale]))
  const TOTALS = ['totalFen', 'fundFen', 'accountFen', 'familyAccountFen', 'cashFen'] as const
  for (const theirs of books.settlements()) {
    const sale = sales.find((row) => row.settle_message_id === theirs.msgid)
    const name = `settlement ${theirs.setlId} of ${theirs.msgid} (${sale?.receipt_number ?? 'no sale'})`
    const wanted = theirs.state === 'booked' ? 'settled' : theirs.state
    // A settlement the till never heard of may exist only undone.
    if (sale === undefined) expect(theirs.state === 'reversed', `${name} is ${theirs.state} there, nothing here`)
    else expect(sale.state === wanted, `${name} is ${theirs.state} there, ${String(sale.state)} here`)
    if (sale === undefined || theirs.state === 'reversed') continue
    expect(sale.setl_id === theirs.setlId, `${name}: number is ${String(sale.setl_id)} here`)
    const figures = sale.figures === null ? null : (JSON.parse(sale.figures) as SettlementFigures)
    for (const total of TOTALS) expect(figures?.[total] === theirs[total], `${name}: ${total} ${String(figures?.[total])} here, ${theirs[total]} there`)
    const settledCodes = theirs.lines.flatMap((line) => line.codes.map((entry) => entry.code)).toSorted()
    expect(JSON.stringify(settledCodes) === JSON.stringify(linesOf(sale).flatMap(codesOf).toSorted()), `${name}: other codes were settled than sold`)
  }
  for (const sale of sales.filter((row) => row.setl_id !== null))
    expect(books.settlement(sale.setl_id ?? '') !== undefined, `sale ${sale.receipt_number} was settled here, unknown there`)
  for (const [kind, ours, theirs] of [
    ['settled', 'settled', 'booked'],
    ['cancelled', 'cancelled', 'cancelled'],
  ] as const) {
    for (const total of TOTALS) {
      const here = sum(
        [...bySettlement.values()].filter((sale) => sale.state === ours).map((sale) => (JSON.parse(sale.figures ?? '{}') as SettlementFigures)[total]),
      )
      const there = sum(
        books
          .settlements()
          .filter((row) => row.state === theirs)
          .map((row) => row[total]),
      )
      expect(here === there, `sum of ${total} ${kind}: ${here} here, ${there} there`)
    }
  }
  // The province with itself: what every account lost is what its settlements took.
  for (const person of practicePeople()) {
    const state = books.person(person.psnNo)
    const took = sum(
      books
        .settlements()
        .filter((row) => row.state === 'booked')
        .map((row) => (row.psnNo === person.psnNo ? row.accountFen : 0) + (row.payerPsnNo === person.psnNo ? row.familyAccountFen : 0)),
    )
    if (state !== undefined)
      expect(state.balanceFen === person.insurance.openingBalanceFen - took, `account of ${person.key}: ${state.balanceFen}, ${took} taken`)
  }

  // Money in the drawer.
  for (const sale of sales) {
    expect(FINAL.has(sale.status), `sale ${sale.receipt_number} is still ${sale.status}`)
    const own = tenders.filter((row) => row.sale_id === sale.sale_id)
    const taken = sum(own.filter((row) => row.refund_of === null).map((row) => row.amount_fen))
    const given = sum(own.filter((row) => row.refund_of !== null).map((row) => row.amount_fen))
    const figures = sale.figures === null ? null : (JSON.parse(sale.figures) as SettlementFigures)
    const toPay = figures?.cashFen ?? sum(linesOf(sale).map((line) => line.amount_fen))
    if (sale.status === 'closed') expect(taken === toPay && given === 0, `sale ${sale.receipt_number}: ${taken} taken and ${given} given back of ${toPay}`)
    // What could not be paid is cancelled after a part was taken.
    else if (sale.status === 'returned') expect(taken + given === 0 && taken <= toPay, `sale ${sale.receipt_number}: ${taken} taken, ${given} given back`)
    else expect(own.length === 0, `sale ${sale.receipt_number} is ${sale.status} and has tenders`)
    expect((sale.sold_at !== null) === SOLD.has(sale.status), `sale ${sale.receipt_number} is ${sale.status}, sold at ${String(sale.sold_at)}`)
  }

  // Uploads: each sold line once, each returned line once, with its codes.
  const uploads = new Map(books.saleUploads().map((row) => [row.rowKey, row]))
  const returns = new Map(books.returnUploads().map((row) => [row.saleKey, row]))
  let expectedUploads = 0
  let expectedReturns = 0
  for (const sale of sales.filter((row) => SOLD.has(row.status))) {
    for (const line of linesOf(sale)) {
      if (line.code_requirement === 'none') continue
      expectedUploads += 1
      const key = `S${sale.receipt_number.replaceAll('-', '')}${String(line.position).padStart(3, '0')}`
      const upload = uploads.get(key)
      expect(upload !== undefined, `line ${key} was not uploaded`)
      if (upload === undefined) continue
      expect(upload.countE4 === line.quantity && upload.split === (line.sell_unit === 'unit'), `line ${key}: ${upload.countE4} uploaded, ${line.quantity} sold`)
      expect(JSON.stringify(upload.codes.toSorted()) === JSON.stringify(codesOf(line).toSorted()), `line ${key}: other codes were uploaded than sold`)
      expect(upload.insured === (sale.setl_id !== null) && upload.setlId === (sale.setl_id ?? ''), `line ${key}: uploaded under settlement ${upload.setlId}`)
      expect((upload.returnedBy !== null) === (sale.status === 'returned'), `line ${key}: sale is ${sale.status}, return ${String(upload.returnedBy)}`)
      if (sale.status === 'returned') {
        expectedReturns += 1
        expect(returns.has(key), `return of line ${key} was not uploaded`)
      }
    }
  }
  expect(uploads.size === expectedUploads, `${uploads.size} uploads there, ${expectedUploads} lines sold here`)
  expect(returns.size === expectedReturns, `${returns.size} returns there, ${expectedReturns} lines returned here`)
  const waiting = all<{ kind: string; status: string; error: string | null }>(`select kind, status, error from outbox where status <> 'done'`)
  expect(waiting.length === 0, `not done: ${JSON.stringify(waiting)}`)

  // Packs: sold here ⇔ sold in the country, and no whole pack twice.
  const soldLines = new Set(sales.filter((sale) => sale.status === 'closed').flatMap((sale) => linesOf(sale).map((line) => line.line_id)))
  const heldBy = new Map<string, number>()
  for (const { line_id: lineId, code } of codes) if (soldLines.has(lineId)) heldBy.set(code, (heldBy.get(code) ?? 0) + 1)
  const taken = new Map<string, number>()
  for (const { line_id: lineId, code, quantity } of codes) if (soldLines.has(lineId)) taken.set(code, (taken.get(code) ?? 0) + quantity)
  const whole = new Map(
    all<{ drug_id: string; units: number }>('select drug_id, units_per_pack * 10000 as units from drug').map((row) => [row.drug_id, row.units]),
  )
  for (const pack of all<PackRow>('select code, state, units_left, drug_id from pack_shown')) {
    const there = books.salesOfCode(pack.code).length
    const here = heldBy.get(pack.code) ?? 0
    expect(there === here, `pack ${pack.code} (${pack.state}): in ${here} sales here, ${there} in the country`)
    const split = pack.state === 'split-open'
    expect(split || here <= 1, `whole pack ${pack.code} sold ${here} times`)
    if (!split) expect((pack.state === 'sold' || pack.state === 'settled') === (here === 1), `pack ${pack.code} is ${pack.state}, in ${here} sales`)
    expect(pack.state !== 'in-sale', `pack ${pack.code} is still held`)
    expect(
      pack.units_left + (taken.get(pack.code) ?? 0) === whole.get(pack.drug_id),
      `pack ${pack.code}: ${pack.units_left} left, ${taken.get(pack.code) ?? 0} sold`,
    )
  }
  expect(
    books.flags().every((flag) => flag.kind === 'split-repeat'),
    `flags: ${JSON.stringify(books.flags().filter((flag) => flag.kind !== 'split-repeat'))}`,
  )

  // The uncoded list: what is left, sold or came back damaged is what was entered.
  for (const entry of all<{ uncoded_id: string; lot_id: string; quantity: number; packs_left: number; sold: number; damaged: number }>(
    `select uncoded_id, lot_id, quantity, packs_left,
      (select coalesce(sum(packs), 0) from uncoded_use join sale_line using (line_id) join sale using (sale_id) where uncoded_use.uncoded_id = uncoded_stock.uncoded_id and status = 'closed') as sold,
      (select count(*) from pack_shown where pack_shown.lot_id = uncoded_stock.lot_id and virtual = 1 and state = 'locked') as damaged
    from uncoded_stock where closed_at is null`,
  ))
    expect(entry.packs_left + entry.sold + entry.damaged === entry.quantity, `uncoded ${entry.uncoded_id}: ${entry.packs_left} left, ${entry.sold} sold, ${entry.damaged} damaged of ${entry.quantity}`)

  // Stock.
  expect(lotsOutOfBalance(db).length === 0, 'a lot is not the sum of its movements')
  for (const lot of all<{ lot_id: string; lot_number: string; on_hand: number }>('select lot_id, lot_number, on_hand from lot')) {
    const gone = sum(
      lines
        .filter((line) => line.lot_id === lot.lot_id && soldLines.has(line.line_id))
        .map((line) => (line.sell_unit === 'unit' ? line.quantity : line.quantity * line.units_per_pack)),
    )
    expect(
      lot.on_hand === (opening.get(lot.lot_id) ?? 0) - gone,
      `lot ${lot.lot_number}: ${lot.on_hand} on hand, ${opening.get(lot.lot_id) ?? 0} at first, ${gone} sold`,
    )
  }
  expect(verifyChain(db).intact, 'the audit chain is broken')
  const quick = db.prepare('pragma quick_check').pluck().get()
  expect(quick === 'ok', `quick_check: ${String(quick)}`)
  return wrong
}

export const openingOf = (db: ReadableDb): ReadonlyMap<string, number> =>
  new Map(
    db.prepare(`select lot_id, coalesce(sum(quantity), 0) from stock_movement where kind in ('received', 'opening') group by lot_id`).raw().all() as [
      string,
      number,
    ][],
  )
