import { z } from 'zod'

const text = z.string()

/** One uploaded row of stock: a count (3501), a change (3502), a purchase (3503), its return (3504). `number`: the province's own, answered and asked for later. */
export const StockRow = z.strictObject({
  kind: z.enum(['take', 'change', 'purchase', 'purchase-return']),
  number: text,
  rowKey: text,
  institution: text,
  msgid: text,
  operator: text,
  operatorName: text,
  nationalCode: text,
  itemId: text,
  itemName: text,
  countE4: z.int(),
  priceMicro: z.int().nullable(),
  /** Day of the count, time of everything else. */
  happenedAt: text,
  codes: z.array(text),
  /** The `number` of the purchase a purchase return belongs to; '' otherwise. */
  purchase: text,
  /** The row as sent, its texts only. */
  row: z.record(text, text),
  at: z.number(),
  digest: text,
})
export type StockRow = z.infer<typeof StockRow>

/** What the province remembers. Stock, purchases, batch forms and their queries. */
export const stockRecords = { stockRows: StockRow } as const
