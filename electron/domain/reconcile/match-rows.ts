import type { MatchRules, OurSale, TheirList, TheirRow } from './books.ts'

/** What one list says of one movement. */
export type Said =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'row'; readonly row: TheirRow }
  /** In words: they do not have it. */
  | { readonly kind: 'absent'; readonly row: TheirRow }
  | { readonly kind: 'several'; readonly row: TheirRow }
  | { readonly kind: 'unclear'; readonly row: TheirRow }

export interface Matched { readonly sale: OurSale; readonly settlement: Said; readonly refund: Said }
export interface Matching {
  readonly sales: readonly Matched[]
  /** Rows of no sale of ours. */
  readonly foreign: readonly TheirRow[]
}

const NOTHING: Said = { kind: 'nothing' }

/**
 * A row that differs and has no amount may be theirs or ours: it proves nothing. One without a number, in a list that gives numbers, means that they have several (3202 note 7).
 */
const readRow = (row: TheirRow, numbered: boolean, rules: MatchRules): Said => {
  if (row.agrees) return { kind: 'row', row }
  if (rules.several.test(row.memo)) return { kind: 'several', row }
  if (rules.absent.test(row.memo)) return { kind: 'absent', row }
  if (row.totalFen === null) return { kind: 'unclear', row }
  return numbered && row.setlId === '' ? { kind: 'several', row } : { kind: 'row', row }
}

/** Two rows of one list about one movement: the province has several, or contradicts itself. The settlement beside its refund in the other list is the same one. */
const merge = (one: Said, other: Said, sameList: boolean): Said => {
  if (one.kind === 'nothing') return other
  if (other.kind === 'nothing') return one
  if (sameList) return { kind: 'several', row: other.row }
  if (one.kind === other.kind) return one
  return [one, other].find((said) => said.kind === 'several') ?? { kind: 'unclear', row: other.row }
}

/** Puts every row of the lists to the sale it speaks of. Pure; the order of rows does not matter. */
export const matchRows = (ours: readonly OurSale[], lists: readonly TheirList[], rules: MatchRules): Matching => {
  // A row without a key is of nobody: an empty text is no number.
  const byMessage = new Map(ours.flatMap((sale) => sale.messageIds.map((messageId) => [messageId, sale] as const)))
  const byNumber = new Map(ours.flatMap((sale) => (sale.setlId === null ? [] : [[sale.setlId, sale] as const])))
  const saleOf = (row: TheirRow): { readonly sale: OurSale | undefined; readonly torn: boolean } => {
    const [message, number] = [byMessage.get(row.messageId), byNumber.get(row.setlId)]
    if (rules.matchBy === 'msgid') return { sale: message, torn: false }
    if (rules.matchBy === 'setl_id') return { sale: number, torn: false }
    return { sale: message ?? number, torn: message !== undefined && number !== undefined && message !== number }
  }
  const said = new Map<OurSale, { settlement: Said; refund: Said }>(ours.map((sale) => [sale, { settlement: NOTHING, refund: NOTHING }]))
  const foreign: TheirRow[] = []
  for (const list of lists) {
    const here = new Map<OurSale, { settlement: Said; refund: Said }>()
    const numbered = list.rows.some((row) => row.setlId !== '')
    for (const row of list.rows) {
      const { sale, torn } = saleOf(row)
      if (sale === undefined) {
        // A row that says they do not have it is about something we sent; without a sale it says nothing.
        if (!rules.absent.test(row.memo) || row.agrees) foreign.push(row)
        continue
      }
      const direction = row.refund ? 'refund' : 'settlement'
      const before = here.get(sale) ?? { settlement: NOTHING, refund: NOTHING }
      here.set(sale, { ...before, [direction]: merge(before[direction], torn ? { kind: 'unclear', row } : readRow(row, numbered, rules), true) })
    }
    for (const [sale, now] of here) {
      const before = said.get(sale) ?? { settlement: NOTHING, refund: NOTHING }
      said.set(sale, { settlement: merge(before.settlement, now.settlement, false), refund: merge(before.refund, now.refund, false) })
    }
  }
  return { sales: [...said].map(([sale, { settlement, refund }]) => ({ sale, settlement, refund })), foreign }
}
