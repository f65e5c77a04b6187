import { z } from 'zod'
import { SaleId } from './codes.ts'
import { command, query } from './procedure.ts'

/** 58 mm = 384 dots = 32 columns; 80 mm = 576 dots = 48 columns at 203 dpi (devices.md §2.1). */
export const PaperWidth = z.enum(['58', '80'])
export type PaperWidth = z.infer<typeof PaperWidth>

/** A column of a row: `share` of the paper's columns, in columns; text is wrapped, never cut. */
const Column = z.strictObject({ text: z.string(), columns: z.int().positive(), align: z.enum(['left', 'right']) })

/** One document model for paper and screen. Widths are already decided: every text fits its columns, full-width characters count two. */
export const ReceiptBlock = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string(), align: z.enum(['left', 'center', 'right']), bold: z.boolean(), size: z.enum(['normal', 'double']) }),
  z.strictObject({ type: z.literal('row'), columns: z.array(Column).min(1), bold: z.boolean() }),
  z.strictObject({ type: z.literal('rule'), style: z.enum(['solid', 'dashed']) }),
  z.strictObject({ type: z.literal('feed'), lines: z.int().min(1).max(10) }),
  z.strictObject({ type: z.literal('qr'), data: z.string().max(300) }),
  z.strictObject({ type: z.literal('cut') }),
])
export type ReceiptBlock = z.infer<typeof ReceiptBlock>
export const ReceiptDocument = z.strictObject({ width: PaperWidth, columns: z.int().positive(), title: z.string(), blocks: z.array(ReceiptBlock) })
export type ReceiptDocument = z.infer<typeof ReceiptDocument>

export const receiptProcedures = {
  /** kind `sale` or, for a returned sale, `return`. */
  'receipt.getReceipt': query({ input: z.strictObject({ saleId: SaleId, width: PaperWidth, kind: z.enum(['sale', 'return']).default('sale') }), output: ReceiptDocument }),
  /** Sends to the configured printer (file or TCP 9100). `copy` prints 重打. Written is not printed: the answer says only that the bytes were taken. Error print.failed. */
  'receipt.printReceipt': command({ input: z.strictObject({ saleId: SaleId, width: PaperWidth, kind: z.enum(['sale', 'return']).default('sale'), copy: z.boolean() }), output: z.strictObject({ target: z.string(), bytes: z.int() }) }),
}
