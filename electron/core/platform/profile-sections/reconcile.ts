import { z } from 'zod'
import { Pattern } from './fields.ts'

/** Columns of the file that goes with 3202, by the paper. */
export const OUR_COLUMNS = ['setl_id', 'mdtrt_id', 'psn_no', 'medfee_sumamt', 'fund_pay_sumamt', 'acct_pay', 'refd_setl_flag'] as const
export type OurColumn = (typeof OUR_COLUMNS)[number]
/** Columns of its result. */
export const THEIR_COLUMNS = ['psn_no', 'mdtrt_id', 'setl_id', 'msgid', 'stmt_rslt', 'refd_setl_flag', 'memo', 'medfee_sumamt', 'fund_pay_sumamt', 'acct_pay'] as const
export type TheirColumn = (typeof THEIR_COLUMNS)[number]

const distinct = (columns: readonly string[]): boolean => new Set(columns).size === columns.length
/**
 * Nightly comparison of books (3201, 3202). What no public paper says is a setting with a safe default (platform.md §8): safe is what never lets an absence count
 * as proof when it may be an omission.
 */
export const ReconcileSection = z.strictObject({
  /** HH:mm Asia/Shanghai from which on the days before are compared; a shop that was closed then does it when it opens. null: only by hand. */
  dailyAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:mm').nullable().default('00:40'),
  /** A day that differs is compared again at night, for so many days. */
  lookBackDays: z.int().min(1).max(60).default(7),
  /** A night's attempts at a day for which the platform has no answer. */
  triesANight: z.int().min(1).max(50).default(6),
  /** How long after its first byte a 2102 may still be booked: across midnight, both days are its days. */
  lateBookingMinutes: z.int().min(0).max(720).default(30),
  /** Sign of the sums and rows of refunds, in 3201, in 3202 and in our file [U]. Read both ways. */
  refundSign: z.enum(['negative', 'positive']).default('negative'),
  /** A settlement found in their list is asked for as a whole (5203): its figures, and when it was booked. Without: what its row says. */
  askFoundSettlement: z.boolean().default(true),
  detail: z.strictObject({
    /** What our file for refunds holds: each refund with the settlement it undoes (3202 note 2), or alone [U]. */
    refundRows: z.enum(['pair', 'refund-only']).default('pair'),
    /** Whether the result lists rows without a difference too [U]. `unsaid`: a settlement of ours that it leaves out proves nothing; `all`: it is missing there; `differing`: it agrees. */
    lists: z.enum(['unsaid', 'all', 'differing']).default('unsaid'),
    /** Whether the result lists what only the province has [U]. false: that a settlement is not in it is then no proof, by itself or with the sums. */
    listsTheirsOnly: z.boolean().default(true),
    /** What must agree before "not in their books" counts: their list alone, or also their sums (3201 asked again with what the list says). */
    absenceProof: z.enum(['detail-and-totals', 'detail']).default('detail-and-totals'),
    /** What finds our settlement for a row: the message (`msgid`, our `medins_setl_id`), the settlement's number, or the message and else the number [U]. */
    matchBy: z.enum(['msgid', 'setl_id', 'msgid-then-setl_id']).default('msgid-then-setl_id'),
    /** What the remark of a row says when the province does not have it, and when it has several [U]. */
    absentPattern: Pattern.default('中心.{0,8}(无|不存在|未找到|没有)'),
    severalPattern: Pattern.default('多条'),
    /** Order and number of columns, by the official names [U]. What a province leaves out of its result is not known then; `msgid` or `setl_id`, and `stmt_rslt`, must be there. */
    ourColumns: z.array(z.enum(OUR_COLUMNS)).min(1).refine(distinct, 'a column twice').default([...OUR_COLUMNS]),
    theirColumns: z.array(z.enum(THEIR_COLUMNS)).min(1).refine(distinct, 'a column twice')
      .refine((columns) => columns.includes('stmt_rslt') && (columns.includes('msgid') || columns.includes('setl_id')), 'stmt_rslt and msgid or setl_id are needed')
      .default([...THEIR_COLUMNS]),
    /** Rows a result may have at most. */
    maxRows: z.int().min(1).max(1_000_000).default(100_000),
  }).prefault({}),
}).prefault({})
export type ReconcileSection = z.infer<typeof ReconcileSection>
