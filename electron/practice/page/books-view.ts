import type { Province } from '../call.ts'
import { maskedValue } from './mask.ts'

/** How a cell is shown. `person` is a key of people.json with its label beside it. */
export type CellKind = 'text' | 'id' | 'fen' | 'count' | 'time' | 'state' | 'person'
export interface Column {
  readonly id: string
  readonly kind: CellKind
}
export interface BooksTable {
  readonly id: string
  readonly columns: readonly Column[]
  /** Newest first. */
  readonly rows: readonly (readonly (string | number | null)[])[]
  readonly total: number
}

const MOST_ROWS = 300

const columns = (...pairs: readonly (readonly [string, CellKind])[]): readonly Column[] => pairs.map(([id, kind]) => ({ id, kind }))
const tail = (code: string): string => (code.length > 10 ? `…${code.slice(-8)}` : code)

const table = <T>(id: string, cols: readonly Column[], records: Iterable<T>, cells: (record: T) => readonly (string | number | null)[]): BooksTable => {
  const all = [...records]
  const newest = all.slice(-MOST_ROWS)
  // People stand in their own order.
  return { id, columns: cols, rows: (id === 'people' ? newest : newest.toReversed()).map(cells), total: all.length }
}

/** The province's truth as tables; people by key, their numbers masked unless asked for. */
export const booksView = ({ store, people, profile }: Province, personal: boolean): readonly BooksTable[] => {
  const { shelves } = store
  const who = (psnNo: string): string => people.get(psnNo)?.key ?? ''
  const show = (code: string, value: string): string => (personal ? value : String(maskedValue(code, value)))
  const shop = (code: string): string => profile.institutions.find((institution) => institution.code === code)?.name ?? code
  const year = [...shelves.people.values()].flatMap((state) => Object.keys(state.used).map((key) => key.slice(0, 4))).sort().at(-1)
  return [
    table('people', columns(['person', 'person'], ['name', 'text'], ['number', 'id'], ['balance', 'fen'], ['deductible', 'fen'], ['fund', 'fen'], ['subsidy', 'fen'], ['account', 'fen']), shelves.people.values(), (state) => {
        const person = people.get(state.psnNo)
        const used = Object.entries(state.used).filter(([key]) => key.slice(0, 4) === year).map(([, amounts]) => amounts)
        const sum = (pick: (amounts: (typeof used)[number]) => number): number => used.reduce((total, amounts) => total + pick(amounts), 0)
        return [
          who(state.psnNo), show('psn_name', person?.name ?? ''), show('psn_no', state.psnNo), state.balanceFen,
          sum((use) => use.deductibleFen), sum((use) => use.fundFen), sum((use) => use.subsidyFen), sum((use) => use.accountFen),
        ]
      }),
    table(
      'settlements',
      columns(['at', 'time'], ['state', 'state'], ['person', 'person'], ['kind', 'text'], ['total', 'fen'], ['fund', 'fen'], ['account', 'fen'], ['cash', 'fen'], ['setlId', 'id'], ['msgid', 'id']),
      shelves.settlements.values(),
      (row) => [row.at, row.state, who(row.psnNo), row.medType, row.totalFen, row.fundFen, row.accountFen + row.familyAccountFen, row.cashFen, row.setlId, row.msgid],
    ),
    table(
      'sales',
      columns(['at', 'time'], ['state', 'state'], ['item', 'text'], ['count', 'count'], ['codes', 'id'], ['insured', 'state'], ['rowKey', 'id']),
      shelves.sales.values(),
      (row) => [row.at, row.returnedBy === null ? 'sold' : 'returned', row.itemName, row.countE4 / 10_000, row.codes.map(tail).join(' '), row.insured ? 'insured' : 'self-paid', row.rowKey],
    ),
    table('codes', columns(['code', 'id'], ['sales', 'count'], ['at', 'time'], ['shop', 'text'], ['holder', 'id']), [...shelves.codes.values()].filter((row) => row.sales.length > 0), (row) => {
      const last = row.sales.at(-1)!
      return [row.code, row.sales.length, last.at, shop(last.institution), last.holder]
    }),
    table('reversals', columns(['at', 'time'], ['state', 'state'], ['omsgid', 'id'], ['byMsgid', 'id'], ['setlId', 'id']), shelves.reversals.values(), (row) => [
      row.at, row.setlId === null ? 'never-booked' : 'reversed', row.omsgid, row.byMsgid, row.setlId,
    ]),
    table('flags', columns(['at', 'time'], ['kind', 'state'], ['code', 'id'], ['nationalCode', 'id'], ['msgid', 'id']), shelves.flags.values(), (row) => [row.at, row.kind, row.code, row.nationalCode, row.msgid]),
    table('stock', columns(['at', 'time'], ['kind', 'state'], ['item', 'text'], ['count', 'count'], ['rowKey', 'id'], ['number', 'id']), shelves.stockRows.values(), (row) => [
      row.at, row.kind, row.itemName, row.countE4 / 10_000, row.rowKey, row.number,
    ]),
    table('prescriptions', columns(['at', 'time'], ['state', 'state'], ['person', 'person'], ['until', 'time'], ['rxno', 'id'], ['qr', 'id']), shelves.prescriptions.values(), (row) => [
      row.prescribedAt, row.used ? 'used' : `rx-${row.state}`, who(row.psnNo), row.validUntil, row.hiRxno, row.qr,
    ]),
    table('files', columns(['at', 'time'], ['name', 'text'], ['bytes', 'count'], ['number', 'id']), shelves.files.values(), (row) => [row.at, row.fileName, Math.floor((row.base64.length * 3) / 4), row.fileQueryNumber]),
    table('signIns', columns(['at', 'time'], ['state', 'state'], ['operator', 'id'], ['shop', 'text'], ['signNo', 'id']), shelves.signIns.values(), (row) => [
      row.at, row.outAt === null ? 'in' : 'out', row.operator, shop(row.institution), row.signNo,
    ]),
  ]
}
