import type { Amounts, Finding, MatchRules, OurSale, TheirList, TheirRow } from './books.ts'
import type { Matched, Matching, Said } from './match-rows.ts'
import { matchRows } from './match-rows.ts'

export interface Comparison {
  readonly matching: Matching
  /** Rows of nobody here that undo each other: a settlement and its reversal. Some provinces list such pairs, and some count them. */
  readonly undone: ReadonlySet<TheirRow>
  /** What a row proves, whatever else is true. */
  readonly shown: readonly Finding[]
  /** Booked here and not mentioned there: agrees, or is missing, as the sums will say (or the rules). */
  readonly silent: readonly Finding[]
  /** Unanswered here and not mentioned there: proof only where the books are whole and add up. */
  readonly absent: readonly Finding[]
  /** Rows of nobody that might be what we have no answer of, for they do not say by which message they were booked: beside them absence proves nothing. */
  readonly nameless: { readonly settlement: boolean; readonly refund: boolean }
}

const same = (ours: Amounts | null, row: TheirRow): boolean =>
  ours === null || ([['totalFen', row.totalFen], ['fundFen', row.fundFen], ['accountFen', row.accountFen]] as const).every(([name, theirs]) => theirs === null || Math.abs(theirs) === ours[name])

const rowOf = (said: Said): TheirRow | null => (said.kind === 'nothing' ? null : said.row)

type Verdict = { readonly list: 'shown' | 'silent' | 'absent'; readonly finding: Finding } | null

/** A movement that both should have. */
const compareBooked = (sale: OurSale, refund: boolean, said: Said): Verdict => {
  const finding = (kind: Finding['kind']): Finding => ({ kind, sale, refund, theirs: rowOf(said) })
  const missing = refund ? 'refund-missing' : 'settle-missing'
  switch (said.kind) {
    case 'nothing':
      return { list: 'silent', finding: finding(missing) }
    case 'absent':
      return { list: 'shown', finding: finding(missing) }
    case 'several':
      return { list: 'shown', finding: finding('several-there') }
    case 'unclear':
      return { list: 'shown', finding: finding('unclear') }
    case 'row':
      if (!same(sale.amounts, said.row)) return { list: 'shown', finding: finding('amount-differs') }
      // It says that it differs and shows the same: something else does, that it does not say.
      return said.row.agrees ? null : { list: 'shown', finding: finding('unclear') }
  }
}

/** A movement whose answer we lost. Only their having it, or whole books without it, end it. */
const compareOpenSettlement = ({ sale, settlement, refund }: Matched): Verdict => {
  const finding = (kind: Finding['kind'], theirs: TheirRow | null): Finding => ({ kind, sale, refund: false, theirs })
  if (settlement.kind === 'several') return { list: 'shown', finding: finding('several-there', settlement.row) }
  if (settlement.kind === 'unclear') return { list: 'shown', finding: finding('unclear', settlement.row) }
  if (settlement.kind === 'row') {
    if (refund.kind === 'row') return { list: 'shown', finding: finding('settle-void', refund.row) }
    return { list: 'shown', finding: finding(refund.kind === 'nothing' || refund.kind === 'absent' ? 'settle-booked' : 'unclear', settlement.row) }
  }
  // A refund of what they do not have.
  if (refund.kind !== 'nothing' && refund.kind !== 'absent') return { list: 'shown', finding: finding('unclear', refund.row) }
  return { list: 'absent', finding: finding('settle-void', rowOf(settlement)) }
}

const compareOpenRefund = ({ sale, refund }: Matched): Verdict => {
  const finding = (kind: Finding['kind']): Finding => ({ kind, sale, refund: true, theirs: rowOf(refund) })
  switch (refund.kind) {
    case 'row':
      return { list: 'shown', finding: finding('cancel-booked') }
    case 'several':
      return { list: 'shown', finding: finding('several-there') }
    case 'unclear':
      return { list: 'shown', finding: finding('unclear') }
    case 'nothing':
    case 'absent':
      return { list: 'absent', finding: finding('cancel-void') }
  }
}

/** A movement that nobody should have. A settlement shown with its refund is one that was reversed: some lists have such pairs. */
const compareNone = (matched: Matched, refund: boolean): Verdict => {
  const { sale } = matched
  const said = refund ? matched.refund : matched.settlement
  if (said.kind === 'nothing' || said.kind === 'absent') return null
  const finding = (kind: Finding['kind']): Verdict => ({ list: 'shown', finding: { kind, sale, refund, theirs: said.row } })
  if (said.kind !== 'row') return finding(said.kind === 'several' ? 'several-there' : 'unclear')
  if (refund) {
    if (sale.settlement === 'none') return matched.settlement.kind === 'row' ? null : finding('unclear')
    return sale.settlement === 'open' ? null : finding('refunded-there')
  }
  return matched.refund.kind === 'row' ? null : finding('booked-after-all')
}

const compareSale = (matched: Matched): readonly Verdict[] => {
  const { sale } = matched
  const settlement = sale.settlement === 'booked' ? compareBooked(sale, false, matched.settlement)
    : sale.settlement === 'open' ? compareOpenSettlement(matched)
      : sale.settlement === 'none' ? compareNone(matched, false) : null
  const refund = sale.refund === 'booked' ? compareBooked(sale, true, matched.refund)
    : sale.refund === 'open' ? compareOpenRefund(matched)
      : sale.refund === 'none' ? compareNone(matched, true) : null
  return [settlement, refund]
}

const undonePairs = (rows: readonly TheirRow[]): ReadonlySet<TheirRow> => {
  const key = ({ setlId, totalFen, fundFen, accountFen }: TheirRow): string => [setlId, ...[totalFen, fundFen, accountFen].map((amount) => Math.abs(amount ?? 0))].join('|')
  const whole = rows.filter((row) => row.setlId !== '' && row.totalFen !== null && !row.agrees)
  const byKey = Map.groupBy(whole, key)
  return new Set(whole.filter((row) => {
    const same = byKey.get(key(row)) ?? []
    return same.length === 2 && same[0]?.refund !== same[1]?.refund
  }))
}

/** Our books of a period beside the province's lists of it. Every sale and every row is in at most one finding of its direction. */
export const compareBooks = (ours: readonly OurSale[], lists: readonly TheirList[], rules: MatchRules): Comparison => {
  const matching = matchRows(ours, lists, rules)
  const verdicts = matching.sales.flatMap(compareSale).filter((verdict) => verdict !== null)
  const of = (list: 'shown' | 'silent' | 'absent'): readonly Finding[] => verdicts.filter((verdict) => verdict.list === list).map(({ finding }) => finding)
  const undone = undonePairs(matching.foreign)
  const strange = matching.foreign.filter((row) => !undone.has(row))
  const foreign = strange.map((row): Finding => ({ kind: 'unknown-to-us', sale: null, refund: row.refund, theirs: row }))
  // A list that mentions what agrees mentions everything: what it leaves out is not there.
  const listsAll = (refund: boolean): boolean => rules.lists === 'all' || (rules.lists === 'unsaid' && lists.some((list) => list.refund === refund && list.rows.some((row) => row.agrees && row.refund === refund)))
  const nameless = (refund: boolean): boolean => strange.some((row) => row.refund === refund && (row.messageId === '' || rules.matchBy === 'setl_id'))
  const silent = of('silent')
  return {
    matching,
    undone,
    shown: [...of('shown'), ...foreign, ...silent.filter(({ refund }) => listsAll(refund))],
    silent: silent.filter(({ refund }) => !listsAll(refund)),
    absent: of('absent'),
    nameless: { settlement: nameless(false), refund: nameless(true) },
  }
}
