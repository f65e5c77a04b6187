import type { ReceiptBlock, ReceiptDocument } from '../../electron/contract/receipt.ts'
import { columnsOf, gbkBytes } from './gbk.ts'
import type { LineStyle, Raster } from './line-raster.ts'
import { blacken, blankRaster, DOTS_PER_COLUMN, drawLine, hasGlyph } from './line-raster.ts'

/** What a printer can; a setting, because some 80 mm units print 512 dots and some clones lack the QR command (devices.md §2). */
export interface PrinterProfile {
  readonly dots: number
  readonly cut: 'partial' | 'full' | 'none'
  readonly qr: 'command' | 'picture'
}
export const PRINTER_58: PrinterProfile = { dots: 384, cut: 'partial', qr: 'command' }
export const PRINTER_80: PrinterProfile = { dots: 576, cut: 'partial', qr: 'command' }

export interface EncodedReceipt {
  /** No drawer pulse is ever among them: a late print must not open the drawer. */
  readonly bytes: Uint8Array
  /** Characters printed as 〓, for the log. */
  readonly missing: readonly string[]
}

/** Dark modules of a QR symbol; needed for printers without the QR command. */
export type QrMatrix = (data: string) => readonly (readonly boolean[])[]

const ESC = 0x1b
const FS = 0x1c
const GS = 0x1d
const LF = 0x0a
const GETA = '〓'

/** A document may come from anywhere: no control byte of its own gets through. */
const withoutControls = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '')

/**
 * GS v 0. Firmware may take 10 04 and 10 14 inside a picture for a real-time command (devices.md §2.3): one dot more hides them.
 */
const rasterBytes = ({ bytesPerRow, rows, bits }: Raster): number[] => {
  const safe = Array.from(bits, (byte, index) => (byte === 0x10 && [0x04, 0x05, 0x14].includes(bits[index + 1] ?? 0) ? 0x11 : byte))
  return [GS, 0x76, 0x30, 0x00, bytesPerRow & 0xff, bytesPerRow >> 8, rows & 0xff, rows >> 8, ...safe]
}

const pad = (text: string, columns: number, align: 'left' | 'right'): string => {
  const blanks = ' '.repeat(Math.max(0, columns - columnsOf(text)))
  return align === 'left' ? text + blanks : blanks + text
}

const ALIGN = { left: 0, center: 1, right: 2 } as const

const styled = (bytes: readonly number[], { bold, scale, align }: LineStyle): number[] => [
  ...(align === 'left' ? [] : [ESC, 0x61, ALIGN[align]]),
  ...(bold ? [ESC, 0x45, 1] : []),
  ...(scale === 2 ? [GS, 0x21, 0x11] : []),
  ...bytes,
  LF,
  ...(scale === 2 ? [GS, 0x21, 0x00] : []),
  ...(bold ? [ESC, 0x45, 0] : []),
  ...(align === 'left' ? [] : [ESC, 0x61, 0]),
]

/** Text where GBK has it all; a picture of the whole line where it does not; 〓 for what cannot be drawn either. Never `?`. */
const lineBytes = (raw: string, style: LineStyle, dots: number, missing: Set<string>): number[] => {
  const characters = Array.from(withoutControls(raw).trimEnd())
  const encoded = characters.map(gbkBytes)
  const rare = characters.filter((_, index) => encoded[index] === null)
  if (!rare.some(hasGlyph)) {
    for (const character of rare) missing.add(character)
    const geta = gbkBytes(GETA) ?? new Uint8Array()
    return styled(
      encoded.flatMap((bytes) => [...(bytes ?? geta)]),
      style,
    )
  }
  const drawn = characters.map((character) => {
    if (hasGlyph(character)) return character
    missing.add(character)
    return GETA
  })
  return rasterBytes(drawLine(drawn.join(''), dots, style))
}

const qrBytes = (data: string, { dots, qr }: PrinterProfile, matrix: QrMatrix | null): number[] => {
  const payload = [...new TextEncoder().encode(data)]
  const module = payload.length <= 80 ? 6 : 4
  if (qr === 'picture') {
    if (matrix === null) return []
    const cells = matrix(data)
    const raster = blankRaster(dots, (cells.length + 2) * module)
    const left = Math.floor((dots - cells.length * module) / 2)
    for (const [r, row] of cells.entries())
      for (const [c, dark] of row.entries())
        if (dark) for (let i = 0; i < module * module; i += 1) blacken(raster, left + c * module + (i % module), (r + 1) * module + Math.floor(i / module))
    return rasterBytes(raster)
  }
  const command = (...parameters: readonly number[]): number[] => [GS, 0x28, 0x6b, parameters.length & 0xff, parameters.length >> 8, ...parameters]
  return [
    ESC,
    0x61,
    1,
    ...command(0x31, 0x41, 0x32, 0),
    ...command(0x31, 0x43, module),
    ...command(0x31, 0x45, 0x31),
    ...command(0x31, 0x50, 0x30, ...payload),
    ...command(0x31, 0x51, 0x30),
    LF,
    ESC,
    0x61,
    0,
  ]
}

const CUTS = { partial: [GS, 0x56, 66, 0], full: [GS, 0x56, 65, 0], none: [] } as const
const PLAIN: LineStyle = { bold: false, scale: 1, align: 'left' }

const blockBytes = (block: ReceiptBlock, document: ReceiptDocument, profile: PrinterProfile, matrix: QrMatrix | null, missing: Set<string>): number[] => {
  const line = (text: string, style: LineStyle): number[] => lineBytes(text, style, document.columns * DOTS_PER_COLUMN, missing)
  switch (block.type) {
    case 'text':
      return line(block.text, { bold: block.bold, scale: block.size === 'double' ? 2 : 1, align: block.align })
    case 'row':
      return line(block.columns.map((column) => pad(column.text, column.columns, column.align)).join(''), { ...PLAIN, bold: block.bold })
    case 'rule':
      return line(block.style === 'solid' ? '─'.repeat(Math.floor(document.columns / 2)) : '-'.repeat(document.columns), PLAIN)
    case 'feed':
      return [ESC, 0x64, block.lines]
    case 'qr':
      return qrBytes(block.data, profile, matrix)
    case 'cut':
      return [...CUTS[profile.cut]]
  }
}

/**
 * The document as ESC/POS for a GBK printer. Every job begins with ESC @ and FS &: another program may have left the printer in any state.
 * Throws RangeError when the paper is narrower than the document.
 */
export const encodeReceipt = (document: ReceiptDocument, profile: PrinterProfile, qrMatrix: QrMatrix | null = null): EncodedReceipt => {
  if (document.columns * DOTS_PER_COLUMN > profile.dots) throw new RangeError(`${document.columns} columns do not fit ${profile.dots} dots`)
  const missing = new Set<string>()
  const bytes = document.blocks.flatMap((block) => blockBytes(block, document, profile, qrMatrix, missing))
  return { bytes: Uint8Array.from([ESC, 0x40, FS, 0x26, ...bytes]), missing: [...missing] }
}
