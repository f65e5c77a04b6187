import { z } from 'zod'
import type { WordsOf } from '../wire-row.ts'
import { flag, optional, sentRow } from '../wire-row.ts'
import { boughtFields } from './stock-row.ts'

/** 3503 goods bought. */
const row = sentRow({
  ...boughtFields,
  gift: ['prod_geay_flag', optional(flag(3, 'prod_geay_flag'))],
})
export type Purchase = WordsOf<typeof row>

export const input = z.strictObject({ purcinfo: row.schema })

export const build = (told: Purchase): z.infer<typeof input> => input.parse({ purcinfo: row.write(told) })

/** Whether the row was taken is `readRowResult` of goods-row.ts: the paper prints no output. */
export { readRowResult as read } from './goods-row.ts'
