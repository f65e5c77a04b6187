import { z } from 'zod'
import type { WordsOf } from '../wire-row.ts'
import { sentRow } from '../wire-row.ts'
import { returnedFields } from './stock-row.ts'

/** 3504 goods sent back to the supplier. */
const row = sentRow(returnedFields)
export type PurchaseReturn = WordsOf<typeof row>

export const input = z.strictObject({ purcinfo: row.schema })

export const build = (told: PurchaseReturn): z.infer<typeof input> => input.parse({ purcinfo: row.write(told) })

/** Whether the row was taken is `readRowResult` of goods-row.ts: the paper prints no output. */
export { readRowResult as read } from './goods-row.ts'
