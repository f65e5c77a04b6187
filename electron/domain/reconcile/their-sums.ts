import { fen } from '../../contract/index.ts'
import type { Fen } from '../../contract/index.ts'
import type { Amounts, Finding, GroupKey, OurSale, Sums, TheirRow } from './books.ts'
import { groupKeyText } from './books.ts'
import type { Comparison } from './compare-books.ts'
import type { Matched, Said } from './match-rows.ts'

/** What the sums may be if the list means this. */
export interface Reading {
  readonly sums: Sums
  /** What we booked and the list leaves out is missing there. */
  readonly silentMissing: boolean
  /** Settlements shown with their reversal are counted, in both directions. */
  readonly withPairs: boolean
}

const ZERO: Sums = { count: 0, totalFen: 0 as Fen, fundFen: 0 as Fen, accountFen: 0 as Fen }
const plus = (sums: Sums, more: Amounts): Sums => ({ count: sums.count + 1, totalFen: fen(sums.totalFen + more.totalFen), fundFen: fen(sums.fundFen + more.fundFen), accountFen: fen(sums.accountFen + more.accountFen) })
const absolute = (amount: Fen): Fen => fen(Math.abs(amount))
const amountsOf = (row: TheirRow, ours: Amounts | null): Amounts | null => {
  if (row.totalFen === null || row.fundFen === null || row.accountFen === null) return ours
  return { totalFen: absolute(row.totalFen), fundFen: absolute(row.fundFen), accountFen: absolute(row.accountFen) }
}

type Counted = { readonly kind: 'no' } | { readonly kind: 'yes'; readonly amounts: Amounts | null }
const NO: Counted = { kind: 'no' }

/** Undone there: not in our books, and shown with its refund. */
const isPair = ({ sale, settlement, refund }: Matched): boolean => (sale.settlement === 'none' || sale.settlement === 'open') && settlement.kind === 'row' && refund.kind === 'row'

/** Whether their books count this movement of the sale, as the list has it. */
const counted = ({ sale, settlement, refund }: Matched, isRefund: boolean, reading: Pick<Reading, 'silentMissing' | 'withPairs'>): Counted => {
  const standing = isRefund ? sale.refund : sale.settlement
  const said: Said = isRefund ? refund : settlement
  if (standing === 'elsewhere') return NO
  if (settlement.kind === 'row' && isPair({ sale, settlement, refund })) return reading.withPairs ? { kind: 'yes', amounts: amountsOf(settlement.row, sale.amounts) } : NO
  if (said.kind === 'row') return { kind: 'yes', amounts: amountsOf(said.row, sale.amounts) }
  if (said.kind === 'nothing' && standing === 'booked' && !reading.silentMissing) return { kind: 'yes', amounts: sale.amounts }
  return NO
}

const inGroup = (sale: OurSale, group: GroupKey): boolean => groupKeyText(sale.group) === groupKeyText(group)

/**
 * The province's sums of one group and direction, in every way its lists can be read: 3201 is asked whether one of them is true, and then the list is whole.
 * `foreign`: rows of no sale of ours that are counted to this group. Empty: the list does not say enough to add up.
 */
export const theirSums = (comparison: Comparison, group: GroupKey, refund: boolean, foreign: readonly TheirRow[]): readonly Reading[] => {
  const sales = comparison.matching.sales.filter(({ sale }) => inGroup(sale, group))
  const unclear = comparison.shown.some((finding: Finding) => (finding.kind === 'several-there' || finding.kind === 'unclear') && finding.refund === refund && finding.sale !== null && inGroup(finding.sale, group))
  if (unclear) return []
  const readings: Reading[] = []
  // With both kinds of doubt at once one could be mistaken for the other.
  const doubtful = sales.some((matched) => isPair(matched)) || foreign.some((row) => comparison.undone.has(row))
  for (const silentMissing of doubtful ? [false] : [false, true]) {
    for (const withPairs of [false, true]) {
      let sums: Sums | null = ZERO
      const add = (amounts: Amounts | null): void => { sums = sums === null || amounts === null ? null : plus(sums, amounts) }
      for (const matched of sales) {
        const here = counted(matched, refund, { silentMissing, withPairs })
        if (here.kind === 'yes') add(here.amounts)
      }
      for (const row of foreign) if (row.refund === refund && (withPairs || !comparison.undone.has(row))) add(amountsOf(row, null))
      const found: Sums | null = sums
      if (found !== null && !readings.some((reading) => sameSums(reading.sums, found))) readings.push({ sums: found, silentMissing, withPairs })
    }
  }
  return readings
}

export const sameSums = (one: Sums, other: Sums): boolean => one.count === other.count && one.totalFen === other.totalFen && one.fundFen === other.fundFen && one.accountFen === other.accountFen
