import { z } from 'zod'
import type { WordsOf } from '../wire-row.ts'
import { sentRow, words } from '../wire-row.ts'

/** 3507 deletes what was uploaded under a key. */
const row = sentRow({
  rowKey: ['fixmedins_bchno', words(30)],
  /** 1 stock-take · 2 change · 3 purchase or its return · 4 sale or its return. */
  dataType: ['inv_data_type', words(30, 'inv_data_type')],
})
export type Deletion = WordsOf<typeof row>

export const input = z.strictObject({ data: row.schema })

export const build = (told: Deletion): z.infer<typeof input> => input.parse({ data: row.write(told) })

/** Whether the row was taken is `readRowResult` of goods-row.ts: the paper prints no output. */
export { readRowResult as read } from './goods-row.ts'
