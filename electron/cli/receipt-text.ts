import type { ReceiptDocument } from '../contract/index.ts'
import { pad } from '../domain/receipt/layout.ts'

/** The receipt as lines of text on its own columns, for a terminal or a log. */
export const receiptToText = ({ blocks, columns }: ReceiptDocument): string =>
  blocks
    .flatMap((block): readonly string[] => {
      switch (block.type) {
        case 'text':
          return [pad(block.text, columns, block.align).trimEnd()]
        case 'row':
          return [
            block.columns
              .map((column) => pad(column.text, column.columns, column.align))
              .join('')
              .trimEnd(),
          ]
        case 'rule':
          return [(block.style === 'solid' ? '=' : '-').repeat(columns)]
        case 'feed':
          return Array.from({ length: block.lines }, () => '')
        case 'qr':
          return [pad(`[QR ${block.data}]`, columns, 'center').trimEnd()]
        case 'cut':
          return []
      }
    })
    .join('\n')
