import type { ReceiptBlock } from '../../contract/receipt.ts'
import { displayWidth, printable, wrap } from './layout.ts'

type TextStyle = Partial<Pick<Extract<ReceiptBlock, { type: 'text' }>, 'align' | 'bold' | 'size'>>

/** Wrapped text; a double-size character takes twice its columns. */
export const textBlocks = (text: string, columns: number, { align = 'left', bold = false, size = 'normal' }: TextStyle = {}): ReceiptBlock[] =>
  wrap(text, size === 'double' ? Math.floor(columns / 2) : columns).map((line) => ({ type: 'text', text: line, align, bold, size }))

/** Wrapped text behind an indent of one-column blanks. */
export const indentedBlocks = (text: string, columns: number, indent: number): ReceiptBlock[] =>
  wrap(text, columns - indent).map((line) => ({ type: 'text', text: ' '.repeat(indent) + line, align: 'left', bold: false, size: 'normal' }))

/** The amount stands on the label's last line, at the right edge. A value too long for that stands below. */
export const amountBlocks = (label: string, amount: string, columns: number, bold = false): ReceiptBlock[] => {
  const value = printable(amount)
  const right = displayWidth(value)
  const left = columns - right - 1
  if (left < 8) return [...textBlocks(label, columns, { bold }), ...textBlocks(value, columns, { bold, align: 'right' })]
  const lines = wrap(label, left)
  return lines.map((line, index) => ({
    type: 'row',
    bold,
    columns:
      index < lines.length - 1
        ? [{ text: line, columns, align: 'left' }]
        : [
            { text: line, columns: left + 1, align: 'left' },
            { text: value, columns: right, align: 'right' },
          ],
  }))
}

export const dashes: ReceiptBlock = { type: 'rule', style: 'dashed' }
