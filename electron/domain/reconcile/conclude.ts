import type { Finding, GroupKey } from './books.ts'
import type { Comparison } from './compare-books.ts'
import type { Reading } from './their-sums.ts'

export interface AbsenceRules {
  readonly absenceProof: 'detail-and-totals' | 'detail'
  readonly listsTheirsOnly: boolean
  /** The day is over in the province's time. */
  readonly closed: boolean
}

export interface Conclusion {
  /** Differences as they stand. */
  readonly found: readonly Finding[]
  /** What is unanswered and not in their books; `whole`: and these books are proof. */
  readonly absent: readonly { readonly finding: Finding; readonly whole: boolean }[]
}

/** What follows from the lists, once the province's own sums have confirmed a reading of them (or none: null). */
export const conclude = (comparison: Comparison, confirmed: (group: GroupKey, refund: boolean) => Reading | null, rules: AbsenceRules): Conclusion => {
  const readingOf = ({ sale, refund }: Finding): Reading | null => (sale === null ? null : confirmed(sale.group, refund))
  return {
    found: [...comparison.shown, ...comparison.silent.filter((finding) => readingOf(finding)?.silentMissing === true)],
    absent: comparison.absent.map((finding) => ({
      finding,
      // A row that says so is a list's word; silence is one only where the list would have spoken.
      whole: rules.closed && !comparison.nameless[finding.refund ? 'refund' : 'settlement'] && (rules.listsTheirsOnly || finding.theirs !== null) && (rules.absenceProof === 'detail' || readingOf(finding) !== null),
    })),
  }
}
