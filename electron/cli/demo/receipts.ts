import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ReceiptDocument } from '../../contract/index.ts'
import { receiptToSvg } from '../../domain/receipt/receipt-svg.ts'
import { qrMatrix } from './qr-matrix.ts'
import type { Stage } from './stage.ts'

/** All that stands on it, without the breaks that wrapping made. */
const textOf = (document: ReceiptDocument): string =>
  document.blocks
    .map((block) => (block.type === 'text' ? block.text : block.type === 'row' ? block.columns.map((column) => column.text).join('') : ''))
    .join('')
    .replace(/\s/g, '')

/** ESC @: every job begins with a printer in a known state. */
const INITIALISE = Buffer.from([0x1b, 0x40])

/** Draws a sale's receipt as SVG and has it printed into the same folder as ESC/POS bytes, on both papers. Since 2026 every trace code stands on it. */
export const keepReceiptsIn =
  (folder: string, kept: string[]) =>
  (stage: Pick<Stage, 'client' | 'expect'>): Stage['keepReceipt'] =>
  async (saleId, kind) => {
    const { client, expect } = stage
    mkdirSync(folder, { recursive: true })
    const sale = await client.query('sale.getSale', { saleId })
    const codes = sale.lines.flatMap((line) => line.packs.map((pack) => pack.code))
    for (const width of ['58', '80'] as const) {
      const document = await client.query('receipt.getReceipt', { saleId, width, kind })
      const text = textOf(document)
      expect(
        `receipt ${width}: number and every trace code`,
        [sale.receiptNumber, ...codes].filter((wanted) => !text.includes(wanted)),
        [],
      )
      const drawn = path.join(folder, `${sale.receiptNumber}-${kind}-${width}.svg`)
      writeFileSync(drawn, receiptToSvg(document, qrMatrix))
      const printed = await client.command('receipt.printReceipt', { saleId, width, kind, copy: false })
      const bytes = readFileSync(printed.target)
      expect(`receipt ${width}: printed bytes`, [bytes.length === printed.bytes, bytes.subarray(0, 2).equals(INITIALISE)], [true, true])
      kept.push(drawn, printed.target)
    }
  }
