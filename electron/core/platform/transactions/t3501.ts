import { z } from 'zod'
import type { WordsOf } from '../wire-row.ts'
import { count, day, optional, sentRow, words } from '../wire-row.ts'
import { codes, stockFields } from './stock-row.ts'

/** 3501 stock-take of one batch. The first one ever is also told as a change of stock (3502). */
const row = sentRow({
  ...stockFields,
  countedOn: ['invdate', day()],
  /** In the smallest pack that is priced. */
  quantity: ['inv_cnt', count(16, 2)],
  lotNumber: ['manu_lotnum', optional(words(30))],
  manufacturedOn: ['manu_date', day()],
  expiresOn: ['expy_end', day()],
  traceCodes: ['drugtracinfo', optional(codes(100))],
})
export type StockTake = WordsOf<typeof row>

export const input = z.strictObject({ invinfo: row.schema })

export const build = (told: StockTake): z.infer<typeof input> => input.parse({ invinfo: row.write(told) })

/** Whether the row was taken is `readRowResult` of goods-row.ts: the paper prints no output. */
export { readRowResult as read } from './goods-row.ts'
