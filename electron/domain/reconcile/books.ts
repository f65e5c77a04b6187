import type { Fen } from '../../contract/index.ts'

/** Sums and rows without sign: a refund's are positive too. */
export interface Amounts { readonly totalFen: Fen; readonly fundFen: Fen; readonly accountFen: Fen }
export interface Sums extends Amounts { readonly count: number }

/**
 * Where one movement of a sale stands in our books of the period: booked · asked for and unanswered · not there, so there must be none ·
 * of another day, so that nothing follows from its absence here.
 */
export type Standing = 'booked' | 'open' | 'none' | 'elsewhere'

/** What the province counts together: one 3201 for settlements and one for refunds. */
export interface GroupKey { readonly insuranceType: string; readonly clearingType: string; readonly clearingOffice: string }
export const groupKeyText = ({ insuranceType, clearingType, clearingOffice }: GroupKey): string => `${insuranceType}|${clearingType}|${clearingOffice}`

export interface OurSale {
  readonly saleId: string
  readonly group: GroupKey
  /** The 2102 that counts, and every 2102 and 2103 that was ever sent for it. */
  readonly messageId: string
  readonly messageIds: readonly string[]
  readonly setlId: string | null
  readonly settlement: Standing
  readonly refund: Standing
  readonly amounts: Amounts | null
}

/** One row of the province's list (3202). What it left empty is null. */
export interface TheirRow {
  /** From 1. */
  readonly line: number
  readonly messageId: string
  readonly setlId: string
  readonly visitId: string
  readonly personNumber: string
  readonly refund: boolean
  /** 对账结果 0: it has what we have. */
  readonly agrees: boolean
  readonly memo: string
  readonly totalFen: Fen | null
  readonly fundFen: Fen | null
  readonly accountFen: Fen | null
}
/** One result file: of settlements, or of refunds (which may bring the settlements they undo). */
export interface TheirList { readonly refund: boolean; readonly rows: readonly TheirRow[] }

export interface MatchRules {
  readonly matchBy: 'msgid' | 'setl_id' | 'msgid-then-setl_id'
  readonly lists: 'unsaid' | 'all' | 'differing'
  readonly absent: RegExp
  readonly several: RegExp
}

export type DifferenceKind =
  /** Unanswered here; their books have it. */
  | 'settle-booked'
  /** Unanswered here; their books do not have it, or have its refund too. */
  | 'settle-void'
  /** Cancellation unanswered here; their books have the refund. */
  | 'cancel-booked'
  /** Cancellation unanswered here; their books have no refund. */
  | 'cancel-void'
  /** Settled here, not there: the fund will not pay. */
  | 'settle-missing'
  /** Cancelled here, still settled there. */
  | 'refund-missing'
  /** Undone or refused here, booked there. */
  | 'booked-after-all'
  /** Settled here, refunded there. */
  | 'refunded-there'
  | 'amount-differs'
  | 'unknown-to-us'
  | 'several-there'
  /** A row that can be read in two ways. */
  | 'unclear'
  /** The sums differ and the list does not say why. */
  | 'unexplained'

export interface Finding {
  readonly kind: DifferenceKind
  readonly sale: OurSale | null
  /** Of which of the sale's two movements. */
  readonly refund: boolean
  readonly theirs: TheirRow | null
}
