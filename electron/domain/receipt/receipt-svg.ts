import type { ReceiptBlock, ReceiptDocument } from '../../contract/receipt.ts'
import { charWidth, displayWidth, pad, printable } from './layout.ts'

/** Dark modules of a QR symbol, row by row; drawn by the caller's library. */
export type QrMatrix = (data: string) => readonly (readonly boolean[])[]

const COLUMN = 8
const LINE = 20
const MARGIN = 16
const QR_MODULE = 3
const FONT = "'Noto Sans SC Variable','Noto Sans SC','Noto Sans Mono CJK SC','WenQuanYi Zen Hei','Microsoft YaHei',monospace"

const escape = (text: string): string =>
  text
    .replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')

interface Drawn {
  readonly svg: string
  readonly height: number
}

/** One line on the grid: every character is placed by itself, so that no font can move a column. */
const drawLine = (text: string, left: number, y: number, bold: boolean, scale: 1 | 2): string => {
  const runs: { readonly xs: number[]; shown: string }[] = [{ xs: [], shown: '' }]
  let column = 0
  for (const character of text) {
    // Renderers count a character beyond the first plane as one or as two positions: it gets an element of its own.
    const alone = character.length > 1
    if (alone) runs.push({ xs: [], shown: '' })
    const run = runs.at(-1)
    if (character !== ' ' && run !== undefined) {
      run.xs.push(left + column * COLUMN * scale)
      run.shown += character
    }
    if (alone) runs.push({ xs: [], shown: '' })
    column += charWidth(character)
  }
  const style = `${bold ? ' font-weight="700"' : ''}${scale === 2 ? ' font-size="30"' : ''}`
  return runs
    .filter((run) => run.shown !== '')
    .map((run) => `<text y="${y + 15 * scale}" x="${run.xs.join(' ')}"${style}>${escape(run.shown)}</text>`)
    .join('')
}

const drawQr = (data: string, y: number, width: number, matrix: QrMatrix): Drawn => {
  const rows = matrix(data)
  const left = Math.round((width - rows.length * QR_MODULE) / 2)
  const path = rows
    .flatMap((row, r) => row.flatMap((dark, c) => (dark ? [`M${left + c * QR_MODULE} ${y + 6 + r * QR_MODULE}h${QR_MODULE}v${QR_MODULE}h-${QR_MODULE}z`] : [])))
    .join('')
  return { svg: `<path d="${path}"/>`, height: rows.length * QR_MODULE + 12 }
}

const drawBlock = (block: ReceiptBlock, y: number, columns: number, matrix: QrMatrix | null): Drawn => {
  const width = columns * COLUMN + 2 * MARGIN
  switch (block.type) {
    case 'text': {
      const scale = block.size === 'double' ? 2 : 1
      const text = printable(block.text)
      const free = columns - displayWidth(text) * scale
      const before = block.align === 'left' ? 0 : block.align === 'right' ? free : Math.floor(free / 2)
      return { svg: drawLine(text, MARGIN + before * COLUMN, y, block.bold, scale), height: LINE * scale }
    }
    case 'row':
      return {
        svg: drawLine(block.columns.map((column) => pad(printable(column.text), column.columns, column.align)).join(''), MARGIN, y, block.bold, 1),
        height: LINE,
      }
    case 'rule':
      return {
        svg: `<line x1="${MARGIN}" x2="${width - MARGIN}" y1="${y + LINE / 2}" y2="${y + LINE / 2}" stroke="#000"${block.style === 'dashed' ? ' stroke-dasharray="4 4"' : ''}/>`,
        height: LINE,
      }
    case 'feed':
      return { svg: '', height: LINE * block.lines }
    case 'qr':
      return matrix === null ? { svg: '', height: 0 } : drawQr(block.data, y, width, matrix)
    case 'cut':
      return { svg: `<line x1="0" x2="${width}" y1="${y + 2}" y2="${y + 2}" stroke="#999" stroke-dasharray="2 6"/>`, height: 4 }
  }
}

/** The receipt as a picture: the same blocks on the same columns as on paper. Without `qrMatrix` the QR is left out. */
export const receiptToSvg = (document: ReceiptDocument, qrMatrix: QrMatrix | null = null): string => {
  let y = MARGIN
  const parts: string[] = []
  for (const block of document.blocks) {
    const drawn = drawBlock(block, y, document.columns, qrMatrix)
    parts.push(drawn.svg)
    y += drawn.height
  }
  const width = document.columns * COLUMN + 2 * MARGIN
  const height = y + MARGIN
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}" font-size="15" role="img" aria-label="${escape(document.title)}"><rect width="100%" height="100%" fill="#fff"/>${parts.filter((part) => part !== '').join('\n')}</svg>\n`
}
