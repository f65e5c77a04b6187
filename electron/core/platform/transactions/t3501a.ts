import { z } from 'zod'
import type { WordsOf } from '../wire-row.ts'
import { count, day, optional, price, sentRow, words } from '../wire-row.ts'
import { stockFields } from './stock-row.ts'

/** 3501A stock-takes, several at once. The table is printed one column to the left: what is required stands under "dictionary", and the widths are those of 3501. */
const row = sentRow({
  ...stockFields,
  countedOn: ['invdate', day()],
  /** In the smallest pack that is priced. */
  quantity: ['inv_cnt', count(16, 2)],
  lotNumber: ['manu_lotnum', optional(words(30))],
  manufacturedOn: ['manu_date', day()],
  expiresOn: ['expy_end', day()],
  unitPrice: ['pric', price()],
})
export type StockTakeRow = WordsOf<typeof row>

export const input = z.strictObject({ invinfoDetail: z.array(row.schema).min(1) })

export const build = (told: readonly StockTakeRow[]): z.infer<typeof input> => input.parse({ invinfoDetail: told.map(row.write) })
