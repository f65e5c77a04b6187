import type { CodeRecord, Flag, PersonState, ReturnUpload, Reversal, SaleUpload, Settlement } from '../../../electron/practice/book-records.ts'
import { practicePeople } from '../../../electron/practice/people.ts'
import type { ReadableDb } from '../../../electron/core/db/database.ts'
import type { ComparedBooks } from '../../support/compare-books.ts'
import { compareBooks, openingOf } from '../../support/compare-books.ts'
import { brokenRules } from '../support/shop-invariants.ts'
import type { Drawer } from './drawer.ts'
import { METHODS } from './drawer.ts'

/** GET /local/books. */
export interface ProvinceBooks {
  readonly people: readonly PersonState[]
  readonly settlements: readonly Settlement[]
  readonly reversals: readonly Reversal[]
  readonly codes: readonly CodeRecord[]
  readonly sales: readonly SaleUpload[]
  readonly returns: readonly ReturnUpload[]
  readonly flags: readonly Flag[]
}

/** What the province holds of one institution, as the comparison of one till reads it. `undone`: settlements of ours that reconciliation had cancelled there. */
const booksOf = (all: ProvinceBooks, institution: string, undone: ReadonlySet<string>): ComparedBooks => {
  const settlements = all.settlements.filter((row) => row.institution === institution).map((row) => (row.state === 'cancelled' && undone.has(row.msgid) ? { ...row, state: 'reversed' as const } : row))
  const codes = new Map(all.codes.map((row) => [row.code, row.sales]))
  return {
    settlements: () => settlements,
    settlement: (setlId) => settlements.find((row) => row.setlId === setlId),
    saleUploads: () => all.sales.filter((row) => row.institution === institution),
    returnUploads: () => all.returns.filter((row) => row.institution === institution),
    salesOfCode: (code) => codes.get(code) ?? [],
    flags: () => all.flags.filter((flag) => flag.institution === institution),
    // Accounts are shared by every shop: compared once, below.
    person: () => undefined,
  }
}

export interface Line {
  readonly what: string
  readonly till: number
  readonly other: number
}
export interface TillComparison {
  readonly name: string
  readonly lines: readonly Line[]
  readonly differences: readonly string[]
}

const number = (db: ReadableDb, sql: string): number => Number(db.prepare(sql).pluck().get() ?? 0)

/** One till: its books, the province's of its institution, and the drawer. Everything must have come to an end. */
export const compareTill = (name: string, db: ReadableDb, all: ProvinceBooks, institution: string, drawer: Drawer): TillComparison => {
  const undone = new Set(db.prepare(`select settle_message_id from settlement where state = 'reversed' and settle_message_id is not null`).pluck().all() as string[])
  const books = booksOf(all, institution, undone)
  const differences = [...brokenRules(db), ...compareBooks(db, books, openingOf(db))]
  const settled = (state: 'booked' | 'cancelled', total: 'totalFen' | 'fundFen' | 'accountFen' | 'cashFen'): number =>
    books.settlements().reduce((sum, row) => sum + (row.state === state ? row[total] : 0), 0)
  const ours = (state: 'settled' | 'cancelled', total: string): number => number(db, `select sum(figures ->> '${total}') from settlement where state = '${state}'`)
  const packs = new Set(db.prepare('select code from pack_shown').pluck().all() as string[])
  const lines: Line[] = [
    ...(['totalFen', 'fundFen', 'accountFen', 'cashFen'] as const).flatMap((total): Line[] => [
      { what: `settled ${total}`, till: ours('settled', total), other: settled('booked', total) },
      { what: `cancelled ${total}`, till: ours('cancelled', total), other: settled('cancelled', total) },
    ]),
    { what: 'settlements', till: number(db, `select count(*) from settlement where state = 'settled'`), other: books.settlements().filter((row) => row.state === 'booked').length },
    { what: 'lines uploaded', till: number(db, `select count(*) from outbox where kind = 'upload-sale'`), other: books.saleUploads().length },
    { what: 'returns uploaded', till: number(db, `select count(*) from outbox where kind = 'upload-return'`), other: books.returnUploads().length },
    { what: 'codes sold', till: number(db, `select count(*) from sale_line_pack join sale_line using (line_id) join sale using (sale_id) where status = 'closed' and voided_reason is null`), other: all.codes.reduce((sum, row) => sum + (packs.has(row.code) ? row.sales.length : 0), 0) },
    ...METHODS.flatMap((method): Line[] => [
      { what: `${method} taken`, till: number(db, `select sum(amount_fen) from tender where method = '${method}' and refund_of is null`), other: drawer.taken(method) },
      { what: `${method} given back`, till: number(db, `select sum(amount_fen) from tender where method = '${method}' and refund_of is not null`), other: drawer.refunded(method) },
    ]),
  ]
  for (const { what, till, other } of lines) if (till !== other) differences.push(`${what}: ${till} in the till, ${other} in the other book`)
  return { name, lines, differences }
}

/** The province with itself: every account lost what its settlements took, and no code is held twice. */
export const compareProvince = (all: ProvinceBooks): readonly string[] => {
  const wrong: string[] = []
  for (const person of practicePeople()) {
    const state = all.people.find((row) => row.psnNo === person.psnNo)
    if (state === undefined) continue
    const took = all.settlements.reduce((sum, row) => sum + (row.state !== 'booked' ? 0 : (row.psnNo === person.psnNo ? row.accountFen : 0) + (row.payerPsnNo === person.psnNo ? row.familyAccountFen : 0)), 0)
    if (state.balanceFen !== person.insurance.openingBalanceFen - took) wrong.push(`account of ${person.key}: ${state.balanceFen} left, ${took} taken of ${person.insurance.openingBalanceFen}`)
  }
  for (const { code, sales } of all.codes) if (sales.filter((sale) => !sale.split).length > 1) wrong.push(`code …${code.slice(-6)} was sold ${sales.length} times`)
  return wrong
}

/** Every line of the three books, till by till. */
export const printTable = (tills: readonly TillComparison[]): readonly string[] => {
  const head = ['', ...tills.map((till) => till.name), 'difference']
  const rows = (tills[0]?.lines ?? []).map(({ what }, n) => {
    const pairs = tills.map((till) => till.lines[n] ?? { what, till: 0, other: 0 })
    return [what, ...pairs.map((pair) => (pair.till === pair.other ? String(pair.till) : `${pair.till} ≠ ${pair.other}`)), String(pairs.reduce((sum, pair) => sum + Math.abs(pair.till - pair.other), 0))]
  })
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)))
  return [head, ...rows].map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '))
}
