import { z } from 'zod'
import type { WordsOf } from '../wire-row.ts'
import { count, flag, optional, price, sentRow, time, words } from '../wire-row.ts'
import { stockFields } from './stock-row.ts'

/** 3502 change of stock of one batch. */
const row = sentRow({
  ...stockFields,
  changeType: ['inv_chg_type', words(6, 'inv_chg_type')],
  unitPrice: ['pric', price()],
  quantity: ['cnt', count()],
  changedAt: ['inv_chg_time', time()],
  operatorName: ['inv_chg_opter_name', optional(words(50))],
  split: ['trdn_flag', optional(flag(2))],
})
export type StockChange = WordsOf<typeof row>

export const input = z.strictObject({ invinfo: row.schema })

export const build = (told: StockChange): z.infer<typeof input> => input.parse({ invinfo: row.write(told) })

/** Whether the row was taken is `readRowResult` of goods-row.ts: the paper prints no output. */
export { readRowResult as read } from './goods-row.ts'
