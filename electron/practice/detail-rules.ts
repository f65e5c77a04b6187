import { z } from 'zod'

/** Columns of both files of 3202, by the paper. */
export const SHOP_COLUMNS = ['setl_id', 'mdtrt_id', 'psn_no', 'medfee_sumamt', 'fund_pay_sumamt', 'acct_pay', 'refd_setl_flag'] as const
export const RESULT_COLUMNS = ['psn_no', 'mdtrt_id', 'setl_id', 'msgid', 'stmt_rslt', 'refd_setl_flag', 'memo', 'medfee_sumamt', 'fund_pay_sumamt', 'acct_pay'] as const

/** How this province compares detail files (3202). Every key is [U]: the paper prints the columns and seven notes. */
export const DetailRules = z
  .strictObject({
    /** The result lists every row, or only those that differ. */
    lists: z.enum(['all', 'differing']).default('all'),
    /** What only the centre has is in the result. */
    listsCentreOnly: z.boolean().default(true),
    /** What only the shop has is in the result, with a remark; or its row is simply not there. */
    listsShopOnly: z.boolean().default(true),
    /** A settlement that was reversed: nowhere, or shown with its reversal. */
    reversed: z.enum(['nowhere', 'pair']).default('nowhere'),
    /** 3201 counts such pairs too. */
    totalsCountReversed: z.boolean().default(false),
    /** Sign of the amounts of refunds that are wanted, and that are answered. */
    refundSign: z.enum(['either', 'negative', 'positive']).default('either'),
    answeredSign: z.enum(['negative', 'positive']).default('negative'),
    /** Refunds are wanted with the settlements they undo (note 2), alone, or either way. */
    refundRows: z.enum(['pair', 'refund-only', 'either']).default('either'),
    /** The message named in a refund's row: the cancellation's own, or that of the settlement. */
    refundMessage: z.enum(['own', 'original']).default('own'),
    /** `msgid` of the result is filled. */
    namesMessage: z.boolean().default(true),
    /** `setl_id` and `mdtrt_id` of the result are filled. */
    namesSettlement: z.boolean().default(true),
    /** A file without rows is taken. */
    emptyFile: z.enum(['accept', 'refuse']).default('accept'),
    shopColumns: z.array(z.enum(SHOP_COLUMNS)).min(1).default([...SHOP_COLUMNS]),
    resultColumns: z.array(z.enum(RESULT_COLUMNS)).min(1).default([...RESULT_COLUMNS]),
  })
  .prefault({})
export type DetailRules = z.output<typeof DetailRules>
