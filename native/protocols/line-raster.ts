import { inflateSync } from 'node:zlib'
import { columnsOf } from './gbk.ts'
import { GLYPH_BITMAPS, GLYPH_CHARACTERS } from './glyph-bitmaps.ts'

/** A column is 12 dots wide, a glyph 24 high, a line 30 as the printer's own (devices.md §2.1). */
export const DOTS_PER_COLUMN = 12
const GLYPH_ROWS = 24
const LINE_ROWS = 30
const BYTES_PER_GLYPH = 72

interface Font {
  readonly at: ReadonlyMap<string, number>
  readonly bitmaps: Uint8Array
}
let loaded: Font | null = null
/** Unpacked when the first rare character is met; most shops never do. */
const font = (): Font =>
  (loaded ??= {
    at: new Map(Array.from(GLYPH_CHARACTERS, (character, index) => [character, index * BYTES_PER_GLYPH])),
    bitmaps: inflateSync(Buffer.from(GLYPH_BITMAPS, 'base64')),
  })

export const hasGlyph = (character: string): boolean => character === ' ' || character === '\u3000' || font().at.has(character)

/** A picture, 1 = black, rows of whole bytes. */
export interface Raster {
  readonly bytesPerRow: number
  readonly rows: number
  readonly bits: Uint8Array
}

export const blankRaster = (dots: number, rows: number): Raster => ({
  bytesPerRow: Math.ceil(dots / 8),
  rows,
  bits: new Uint8Array(Math.ceil(dots / 8) * rows),
})

export const blacken = ({ bytesPerRow, rows, bits }: Raster, x: number, y: number): void => {
  const at = y * bytesPerRow + (x >> 3)
  if (x >= 0 && x < bytesPerRow * 8 && y >= 0 && y < rows) bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
}

export interface LineStyle {
  readonly bold: boolean
  readonly scale: 1 | 2
  readonly align: 'left' | 'center' | 'right'
}

const drawGlyph = (raster: Raster, character: string, left: number, { bold, scale }: LineStyle): void => {
  const { at, bitmaps } = font()
  const from = at.get(character)
  if (from === undefined) return
  const top = (LINE_ROWS - GLYPH_ROWS) * scale
  for (let row = 0; row < GLYPH_ROWS; row += 1) {
    for (let column = 0; column < GLYPH_ROWS; column += 1) {
      if (((bitmaps[from + row * 3 + (column >> 3)] ?? 0) & (0x80 >> (column & 7))) === 0) continue
      for (let dy = 0; dy < scale; dy += 1) {
        // Bold as printers do it: once more, a dot to the right.
        for (let dx = 0; dx < scale + (bold ? 1 : 0); dx += 1) blacken(raster, left + column * scale + dx, top + row * scale + dy)
      }
    }
  }
}

/** A whole line as a picture, on the same columns as the printer's own text. */
export const drawLine = (text: string, dots: number, style: LineStyle): Raster => {
  const raster = blankRaster(dots, LINE_ROWS * style.scale)
  const free = dots - columnsOf(text) * DOTS_PER_COLUMN * style.scale
  let x = style.align === 'left' ? 0 : style.align === 'right' ? free : Math.floor(free / 2)
  for (const character of text) {
    drawGlyph(raster, character, x, style)
    x += columnsOf(character) * DOTS_PER_COLUMN * style.scale
  }
  return raster
}
